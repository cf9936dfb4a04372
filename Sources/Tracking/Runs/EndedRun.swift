import KoreAI
package import Model

extension EndedRun {
    /// How far the platform's clock may lie from ours, in milliseconds, for its times to be shown beside ours.
    private static let mostSkew: Int64 = 600_000

    /// A run or job that ended between two polls.
    ///
    /// The platform's duration is exact and the first choice, unless what the polls saw contradicts it: then the
    /// platform's times are not those of this run, and the polls' own estimate is all that is known. The two clocks are
    /// not compared for it, so that one that is wrong or jumps does no harm.
    ///
    /// - Parameters:
    ///   - open: What was seen of it while it was under way; `nil` for one that no poll saw.
    ///   - span: The time since the last poll, in which it ended.
    init(_ outcome: RunOutcome, open: OpenRun?, ended span: Span, platform: PlatformTimes) {
        let seen = open.flatMap { SeenDuration(of: $0, ended: span) }
        if let exact = platform.duration, let end = platform.end, Self.isBelievable(exact, seen) {
            self.init(outcome: outcome, start: platform.start, end: end, duration: exact, bound: 0)
            return
        }
        let end = platform.end.flatMap { span.mayHold($0, skew: Self.mostSkew) ? $0 : nil }
        self.init(
            outcome: outcome,
            start: open?.start?.middle,
            end: end ?? span.middle,
            duration: seen?.estimate?.duration,
            bound: seen?.estimate?.bound ?? 0
        )
    }

    private static func isBelievable(_ exact: Int64, _ seen: SeenDuration?) -> Bool {
        seen?.allows(exact) ?? (0...SeenDuration.longest).contains(exact)
    }
}

extension EndedRun: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, outcome.rawValue)
        if let start { writer.write(2, start) }
        writer.write(3, end)
        if let duration { writer.write(4, duration) }
        writer.write(5, bound)
        if let id { writer.write(6, id) }
        if let reason { writer.write(7, reason) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init(outcome: .unknown, start: nil, end: Timestamp(milliseconds: 0), duration: nil, bound: 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: outcome = try field.word(orElse: .unknown)
            case 2: start = try field.timestamp()
            case 3: end = try field.timestamp()
            case 4: duration = try field.int64()
            case 5: bound = max(0, try field.int64())
            case 6: id = try field.string()
            case 7: reason = try field.string()
            default: break
            }
        }
    }
}
