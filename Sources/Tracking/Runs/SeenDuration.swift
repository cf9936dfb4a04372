/// How long a run or job can have taken, by the polls that saw it.
///
/// ```
///   poll          poll          poll          poll
///   idle          running       running       idle
///    │ … it began … │             │ … it ended … │
///                   ├─── least ───┤
///    ├──────────────────── most ─────────────────┤
/// ```
struct SeenDuration: Sendable, Hashable {
    /// Of a duration of which the polls do not know how long it was at most, in milliseconds: a longer one says more
    /// about the platform's times than about the run.
    static let longest: Int64 = 86_400_000
    /// How far a duration by the platform's times may lie outside what the polls allow, in milliseconds: the platform
    /// cuts some of its times to whole seconds.
    static let tolerance: Int64 = 2000

    /// Milliseconds.
    var least: Int64
    /// Milliseconds; `nil` where nobody saw it begin.
    var most: Int64?

    /// - Returns: `nil` where no poll saw it running, and where the clocks contradict each other.
    init?(of open: OpenRun, ended: Span) {
        guard let firstSeen = open.firstSeenRunning, let least = ended.after.milliseconds(since: firstSeen) else {
            return nil
        }
        self.least = least
        if let before = open.lastSeenBefore {
            guard let most = ended.until.milliseconds(since: before), most >= least else { return nil }
            self.most = most
        }
    }

    /// The middle of what it can have been, and by how much it may be longer or shorter; `nil` where nobody saw it
    /// begin.
    var estimate: (duration: Int64, bound: Int64)? {
        guard let most else { return nil }
        let duration = least + (most - least) / 2
        return (duration, most - duration)
    }

    func allows(_ exact: Int64) -> Bool {
        exact >= least.subtractingClamped(Self.tolerance)
            && exact <= (most ?? Self.longest).addingClamped(Self.tolerance)
    }
}
