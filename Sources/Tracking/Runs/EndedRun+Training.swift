import KoreAI

extension EndedRun {
    /// How far the platform's times may lie from what the polls saw, in milliseconds: its clock is not ours.
    private static let mostSkew: Int64 = 600_000
    /// How far a duration by the platform's times may lie outside what the polls allow, in milliseconds.
    private static let tolerance: Int64 = 2000

    /// A training run that ended.
    ///
    /// - Parameters:
    ///   - open: What was seen of it while it was under way; `nil` for a run that nobody saw.
    ///   - span: Since the last poll, in which it ended.
    ///   - platformEnd: When it ended by the platform's clock.
    init(_ outcome: RunOutcome, open: OpenRun?, ended span: Span, platformEnd: Timestamp?) {
        let latest = span.middle.wall.milliseconds
        let end = platformEnd.flatMap { abs($0.milliseconds &- latest) <= Self.mostSkew + span.bound ? $0 : nil }
        self.init(
            outcome: outcome,
            start: open?.platformStart ?? open?.start?.middle.wall,
            end: end ?? span.middle.wall,
            duration: nil,
            bound: 0
        )
        if let start = open?.start {
            duration = span.middle.milliseconds(since: start.middle)
            bound = start.bound + span.bound
        }
        guard let platformStart = open?.platformStart, let end else { return }
        let (exact, overflow) = end.milliseconds.subtractingReportingOverflow(platformStart.milliseconds)
        guard !overflow, exact >= 0 else { return }
        if let duration, abs(exact - duration) > bound + Self.tolerance { return }
        duration = exact
        bound = 0
    }
}
