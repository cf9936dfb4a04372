package import Exposition
import KoreAI
package import Model

/// The counts and durations of one target's runs or jobs.
package struct RunTotals: Sendable, Hashable {
    /// When counting began; `nil` before the first reply, and where an older version began it.
    package internal(set) var created: Timestamp?
    package internal(set) var ended: UInt64 = 0
    package internal(set) var failed: UInt64 = 0
    /// The known durations, in seconds.
    package internal(set) var durations: Histogram
    /// The last run or job whose duration is known.
    package internal(set) var last: EndedRun?

    package init(bounds: [Double]) {
        durations = Histogram(bounds: bounds)
    }

    /// The histogram of durations; beside the bucket of the last one, when that one began.
    func durationSample(_ labels: [String]) -> Sample {
        Sample(labels, .histogram(durations), created: created?.seconds, exemplar: exemplar)
    }

    private var exemplar: Exemplar? {
        guard let last, let start = last.start, let duration = last.duration else { return nil }
        return Exemplar(
            [Label(name: "run_start", value: start.iso8601)],
            value: Double(duration) / 1000,
            timestamp: last.end.seconds
        )
    }

    package mutating func add(_ run: EndedRun) {
        ended &+= 1
        if run.outcome == .failed {
            failed &+= 1
        }
        if let duration = run.duration {
            durations.observe(Double(duration) / 1000)
            last = run
        }
    }
}

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
    /// The longest duration by the platform's times that is believed where the polls give no upper bound, in milliseconds.
    /// A longer one says more about the platform's times than about the run.
    static let longest: Int64 = 86_400_000
    /// How far a duration by the platform's times may lie outside what the polls allow, in milliseconds: the platform
    /// cuts some of its times to whole seconds.
    static let tolerance: Int64 = 2000

    /// Milliseconds.
    var least: Int64
    /// Milliseconds; `nil` where no poll saw it begin.
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

    /// The middle of what it can have been, and by how much it may be longer or shorter; `nil` where no poll
    /// saw it begin.
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

extension RunTotals: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, ended)
        writer.write(2, failed)
        if durations.count > 0 {
            writer.write(3, packed: durations.bounds)
            writer.write(4, packed: durations.counts)
            writer.write(5, durations.sum)
            writer.write(8, durations.native)
        }
        if let last { writer.write(6, last) }
        if let created { writer.write(7, created) }
    }

    /// Reads the totals with the buckets that they were written with.
    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init(bounds: [])
        var bounds: [Double] = []
        var counts: [UInt64] = []
        var sum = 0.0
        var native: NativeHistogram?
        while let field = try reader.next() {
            switch field.number {
            case 1: ended = try field.uint64()
            case 2: failed = try field.uint64()
            case 3: bounds = try field.message().packedDoubles()
            case 4: counts = try field.message().packedIntegers()
            case 5: sum = try field.double()
            case 6: last = try field.stored()
            case 7: created = try field.timestamp()
            case 8: native = try field.stored()
            default: break
            }
        }
        guard !counts.isEmpty else { return }
        guard let durations = Histogram(bounds: bounds, counts: counts, sum: sum, native: native) else {
            throw StoredFormError("the buckets of its durations do not fit each other")
        }
        self.durations = durations
    }

    /// Reads the totals and counts their durations in other buckets.
    init(from reader: FieldReader, bounds: [Double]) throws(StoredFormError) {
        try self.init(from: reader)
        durations = durations.rebucketed(bounds)
    }
}

/// The stored form is for durations: it keeps no negative buckets.
extension NativeHistogram: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, Int64(schema))
        writer.write(2, zeroCount)
        writer.write(3, packed: positive.map { UInt64(UInt32(bitPattern: $0.index)) })
        writer.write(4, packed: positive.map(\.count))
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        var schema: Int32 = 0
        var zeroCount: UInt64 = 0
        var indexes: [UInt64] = []
        var counts: [UInt64] = []
        while let field = try reader.next() {
            switch field.number {
            case 1: schema = Int32(clamping: try field.int64())
            case 2: zeroCount = try field.uint64()
            case 3: indexes = try field.message().packedIntegers()
            case 4: counts = try field.message().packedIntegers()
            default: break
            }
        }
        let buckets = zip(indexes, counts).map { index, count in
            Bucket(index: Int32(truncatingIfNeeded: index), count: count)
        }
        guard indexes.count == counts.count,
            let histogram = NativeHistogram(schema: schema, zeroCount: zeroCount, positive: buckets, negative: [])
        else { throw StoredFormError("the native buckets of its durations do not fit each other") }
        self = histogram
    }
}
