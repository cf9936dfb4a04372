/// How much is asked for.
package enum ActionIntent: Sendable, Hashable {
    /// Start it, if none runs.
    case start
    /// Start it, after any that runs, and wait for its end.
    case startAndWait
    /// Start nothing: wait for the one that runs; where none does, tell how the last one ended.
    case resume
}
