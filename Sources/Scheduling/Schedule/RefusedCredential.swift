/// Who finds out, among the targets of a budget, whether a credential that was refused is good again.
///
/// Each target is refused once by itself, so that each shows that its polls fail, and a refusal that is one bot's or one
/// call's affair stops nobody else. From then on one of them tries at a time, with growing intervals, and after each
/// refusal it is the next one's turn. When one is let in, all come back.
struct RefusedCredential: Sendable {
    /// The target whose turn it is; `nil` while none is refused.
    private(set) var probe: Int32?
    private(set) var failures: UInt8 = 0
    private var parked: [Int32] = []
    private var next = 0

    /// What is to be done after a refusal.
    enum Turn: Hashable {
        /// The target waits until all come back or its turn comes.
        case park
        /// This target tries next.
        case probe(Int32)
    }

    mutating func refuse(_ target: Int32) -> Turn {
        guard let probe else {
            self.probe = target
            failures = 1
            return .probe(target)
        }
        guard probe == target else {
            parked.append(target)
            return .park
        }
        failures = failures < 32 ? failures + 1 : failures
        guard !parked.isEmpty else { return .probe(target) }
        // The one that was refused takes the place of the one whose turn comes.
        if next >= parked.count { next = 0 }
        let following = parked[next]
        parked[next] = target
        next += 1
        self.probe = following
        return .probe(following)
    }

    /// The same for targets that have other numbers now, or none. Where the one whose turn it was is gone, it is
    /// another's turn.
    func renumbered(_ number: (Int32) -> Int32?) -> RefusedCredential {
        var renumbered = self
        renumbered.parked = parked.compactMap(number)
        renumbered.next = 0
        renumbered.probe = probe.flatMap(number) ?? renumbered.parked.popLast()
        return renumbered.probe == nil ? RefusedCredential() : renumbered
    }

    /// The target whose turn it is did not come to be refused, for another reason.
    ///
    /// - Returns: All others, which may come back if the target was let in.
    mutating func release(_ target: Int32) -> [Int32] {
        guard probe == target else { return [] }
        let released = parked
        self = RefusedCredential()
        return released
    }
}
