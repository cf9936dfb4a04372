/// How many runs succeeded, by the `trainVersion` of the replies that tell it.
///
/// It rises with each success. Some replies leave it out, and a platform may not raise it at all; whether it does is
/// learned from the first rise.
struct VersionCount: Sendable, Hashable {
    var known: Int64?
    /// Successes that were counted without the version having risen for them.
    var ahead: Int64 = 0
    /// Whether the version has been seen to rise.
    var rises = false

    func isLower(_ told: Int64?) -> Bool {
        if let known, let told { told < known } else { false }
    }

    /// Whether the version is too low for the successes that were counted and those that must have been.
    ///
    /// - Parameter beyond: Whether a success of now would be one that was not counted yet.
    func lacksSuccess(_ told: Int64?, beyond: Bool) -> Bool {
        guard rises, let risen = risen(told) else { return false }
        return risen < ahead || (risen == ahead && beyond)
    }

    /// Successes that the version tells of and that were not counted; 0 where it leaps by more than `most`.
    func newSuccesses(_ told: Int64?, most: Int64) -> Int {
        guard let risen = risen(told), risen <= most else { return 0 }
        return Int(max(0, risen - ahead))
    }

    /// - Parameter counted: Successes that this reply showed.
    mutating func keep(_ told: Int64?, counted: Int, most: Int64) {
        let risen = risen(told) ?? 0
        if risen > 0, risen <= most { rises = true }
        ahead = known == nil || risen > 0 ? 0 : ahead.addingClamped(Int64(counted))
        known = told ?? known
    }

    /// The version is not to be compared with what was known.
    mutating func forget() {
        self = VersionCount()
    }

    /// By how much the version rose, `.max` where that is too much for an `Int64`; `nil` where nobody knows.
    private func risen(_ told: Int64?) -> Int64? {
        guard let known, let told else { return nil }
        return max(0, told.subtractingClamped(known))
    }
}
