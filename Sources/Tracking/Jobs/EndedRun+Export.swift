import KoreAI

extension EndedRun {
    /// An export job that ended.
    ///
    /// - Parameters:
    ///   - start: When it began to run, as the polls saw it; `nil` where they did not.
    ///   - span: Since the last poll, in which it ended.
    init(_ reply: MLExportReply, _ outcome: RunOutcome, start: Span?, ended span: Span) {
        let exact = ExportDuration.milliseconds(of: reply)
        let seen = start.map { span.middle.milliseconds(since: $0.middle) }
        self.init(
            outcome: outcome,
            start: ExportDuration.start(of: reply) ?? start?.middle.wall,
            end: (exact == nil ? nil : reply.lastModified) ?? span.middle.wall,
            duration: exact ?? seen,
            bound: exact == nil ? (start?.bound ?? 0) + (seen == nil ? 0 : span.bound) : 0
        )
    }
}
