/// What a target's replies amount to now, in one word.
package enum Standing: String, Sendable, Hashable, CaseIterable {
    /// Nothing is known, or what is known is too old to be shown.
    case unknown
    /// The last run or job ended well.
    case fine
    /// Something is queued or running.
    case active
    /// The last run or job ended badly.
    case failed
}
