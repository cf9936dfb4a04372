package import Exposition
package import KoreAI
import Model

/// What is known of one bot's publishes.
struct PublishTracker: Sendable, Hashable {
    static let bounds = PublishFamilies.durationBounds

    /// The last reply.
    var reply: PublishReply?
    var jobs = JobTracker()
    var totals = RunTotals(bounds: bounds)
    /// Of the last publish that ended; `nil` before one was shown.
    var last: LastPublish?
    /// When the last publish ended that went well.
    var lastSuccess: Timestamp?

    /// The last publish that ended.
    struct LastPublish: Sendable, Hashable {
        /// By the platform's clock; where it does not tell, between the polls around it.
        var completion: Timestamp?
        /// Milliseconds; `nil` where it is not known.
        var duration: Int64?
        var parts: [PublishReply.Part]

        /// Names of the parts that failed, in order.
        var failedParts: [String] { parts.filter { $0.status == .failed }.map(\.name) }
    }

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The publishes that ended since the last reply, in their order.
    mutating func observe(_ reply: PublishReply, at now: ClockReading) -> [EndedRun] {
        if self.reply == nil { totals.created = now.wall }
        let reading = JobReading(reply)
        let known = jobs.job?.identity
        guard let ended = jobs.observe(reading, at: now) else { return [] }
        self.reply = reply
        for run in ended {
            totals.add(run)
            last = LastPublish(completion: run.end, duration: run.duration, parts: [])
            if run.outcome == .success { lastSuccess = run.end }
        }
        if let outcome = reading.outcome {
            // It just ended, or it is the one that the first reply showed, which is no event, or the same one again, of
            // which the reply may tell more.
            let isKnown = known.map { !JobIdentity(reading).isOther(than: $0) } ?? false
            let completion = reply.lastModified ?? last?.completion
            last = LastPublish(
                completion: completion,
                duration: !ended.isEmpty || isKnown && last != nil ? last?.duration : reading.duration,
                parts: reply.parts
            )
            if outcome == .success { lastSuccess = completion }
        }
        return ended
    }

    /// All series of the target, as the last reply and everything before it gave them.
    func families(bot: String) -> [FamilySamples] {
        let labels = [bot]
        let group = SeriesGroup(labels)
        func number(_ family: MetricFamily, _ value: Double?) -> FamilySamples {
            FamilySamples(family, group: group, value.map { [Sample(labels, number: $0)] } ?? [])
        }
        func count(_ family: MetricFamily, _ count: UInt64) -> FamilySamples {
            FamilySamples(family, group: group, [Sample(labels, count: count, created: totals.created?.seconds)])
        }
        let statuses = JobStatus.allCases.map { Sample(labels + [$0.rawValue], isTrue: $0 == reply?.status) }.sorted()
        let parts = (last?.parts ?? []).compactMap { part in
            switch part.status {
            case .success, .failed: Sample(labels + [part.name], isTrue: part.status == .failed)
            case .pending, .inProgress, .unknown: nil
            }
        }
        return [
            FamilySamples(PublishFamilies.status, group: group, statuses),
            number(PublishFamilies.progress, reply?.progress),
            number(PublishFamilies.start, reply.flatMap { JobReading($0).start?.seconds }),
            number(PublishFamilies.lastCompletion, last?.completion?.seconds),
            number(PublishFamilies.lastSuccess, lastSuccess?.seconds),
            number(PublishFamilies.lastDuration, last?.duration.map { Double($0) / 1000 }),
            FamilySamples(PublishFamilies.duration, group: group, [totals.durationSample(labels)]),
            count(PublishFamilies.jobs, totals.ended),
            count(PublishFamilies.failures, totals.failed),
            FamilySamples(PublishFamilies.partFailed, group: group, parts.sorted()),
        ]
    }
}

extension PublishReply {
    /// From 0 to 1; `nil` where the platform does not tell.
    package var progress: Double? { percentComplete.flatMap { $0.isNaN ? nil : min(max($0 / 100, 0), 1) } }
}

extension MLExportReply {
    /// From 0 to 1; `nil` where the platform does not tell.
    package var progress: Double? { percentComplete.flatMap { $0.isNaN ? nil : min(max($0 / 100, 0), 1) } }
}

/// The families of the publish collector.
package enum PublishFamilies {
    private static let labels = ["bot"]
    /// Of publishes, in seconds: from a small bot's few seconds to a large one whose training takes an hour.
    package static let durationBounds: [Double] = [
        5, 10, 15, 30, 60, 120, 180, 300, 450, 600, 900, 1200, 1800, 3600, 7200,
    ]

    package static let status = MetricFamily(
        "koreai_publish_status",
        .gauge,
        labels: labels + ["status"],
        help: "Whether the latest publish was in this status at the last poll (1) or not (0); one status is 1."
    )
    package static let progress = MetricFamily(
        "koreai_publish_progress_ratio",
        .gauge,
        labels: labels,
        help: "How much of the latest publish was done at the last poll, from 0 to 1."
    )
    package static let start = MetricFamily(
        "koreai_publish_start_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the latest publish began, by the platform's clock, as of the last poll."
    )
    package static let lastCompletion = MetricFamily(
        "koreai_publish_last_completion_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the last publish ended, well or badly, by the platform's clock, as of the last poll."
    )
    package static let lastSuccess = MetricFamily(
        "koreai_publish_last_success_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the last successful publish ended, by the platform's clock, as of the last poll."
    )
    package static let lastDuration = MetricFamily(
        "koreai_publish_last_duration_seconds",
        .gauge,
        labels: labels,
        help:
            "How long the last ended publish took, by the platform's clock where its times make sense, as of the last poll."
    )
    package static let duration = MetricFamily(
        "koreai_publish_duration_seconds",
        .histogram,
        labels: labels,
        help: "How long publishes took, by the platform's clock where its times make sense."
    )
    package static let jobs = MetricFamily(
        "koreai_publish_jobs_total",
        .counter,
        labels: labels,
        help: "Publishes that ended, well or badly."
    )
    package static let failures = MetricFamily(
        "koreai_publish_failures_total",
        .counter,
        labels: labels,
        help: "Publishes that ended badly."
    )
    package static let partFailed = MetricFamily(
        "koreai_publish_part_failed",
        .gauge,
        labels: labels + ["part"],
        help:
            "Whether this part of the last ended publish failed (1) or not (0). A part that the platform does not tell of has no series."
    )

    package static let all = [
        status, progress, start, lastCompletion, lastSuccess, lastDuration, duration, jobs, failures, partFailed,
    ]
}

extension PublishTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let reply { writer.write(1, reply) }
        writer.write(2, jobs)
        writer.write(3, totals)
        if let last { writer.write(4, last) }
        if let lastSuccess { writer.write(5, lastSuccess) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: reply = try field.stored()
            case 2: jobs = try field.stored()
            case 3: totals = try RunTotals(from: field.message(), bounds: Self.bounds)
            case 4: last = try field.stored()
            case 5: lastSuccess = try field.timestamp()
            default: break
            }
        }
    }
}

extension PublishTracker.LastPublish: Storable {
    func write(to writer: inout FieldWriter) {
        if let completion { writer.write(1, completion) }
        if let duration { writer.write(2, duration) }
        for part in parts { writer.write(3, part) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(completion: nil, duration: nil, parts: [])
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: completion = try field.timestamp()
            case 2: duration = try field.int64()
            case 3: parts.append(try field.stored())
            default: break
            }
        }
    }
}

extension PublishReply: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, status.rawValue)
        if let id { writer.write(2, id) }
        if let percentComplete { writer.write(3, percentComplete) }
        if let requestedTime { writer.write(4, requestedTime) }
        if let initiatedOn { writer.write(5, initiatedOn) }
        if let lastModified { writer.write(6, lastModified) }
        for part in parts { writer.write(7, part) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(status: .unknown)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: status = try field.word(orElse: .unknown)
            case 2: id = try field.string()
            case 3: percentComplete = try field.double()
            case 4: requestedTime = try field.timestamp()
            case 5: initiatedOn = try field.timestamp()
            case 6: lastModified = try field.timestamp()
            case 7: parts.append(try field.stored())
            default: break
            }
        }
    }
}

extension PublishReply.Part: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, name)
        writer.write(2, status.rawValue)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(name: "", status: .unknown)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: name = try field.string()
            case 2: status = try field.word(orElse: .unknown)
            default: break
            }
        }
    }
}
