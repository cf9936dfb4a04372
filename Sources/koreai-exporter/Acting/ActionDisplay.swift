import Actions

/// Shows how actions go, and how they ended.
protocol ActionDisplay: Sendable {
    /// - Parameter index: Of the action.
    func tell(_ sight: ActionSight, of index: Int)

    /// Writes a line about one that ended, to standard output.
    func print(_ line: String)

    /// Shows time pass, until the task is cancelled.
    func run() async

    /// Takes away what was there only for the moment.
    func clear()
}
