import Exposition
import KoreAI

/// What is known of one training target.
struct TrainingTracker: Sendable, Hashable {
    /// Of training runs, in seconds: from a small bot's half a minute to one that runs for hours.
    static let bounds: [Double] = [10, 30, 60, 120, 180, 300, 450, 600, 900, 1200, 1800, 2700, 3600, 7200, 14_400]

    let engine: Engine
    var status: TrainingStatus?
    var runs = RunTracker()
    var totals = RunTotals(bounds: bounds)
    var drifts = DriftTracker()
    var nlpVersion: Int64?
    var trainVersion: Int64?

    init(engine: Engine) {
        self.engine = engine
    }

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The runs that ended since the last reply, in their order.
    mutating func observe(_ reply: MLTrainingReply, at now: Moment) -> [EndedRun] {
        guard let ended = observe(RunReading(reply), at: now) else { return [] }
        nlpVersion = reply.nlpVersion
        trainVersion = reply.trainVersion
        drifts.observe(reply.syncFlags, at: now.wall)
        return ended
    }

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The runs that ended since the last reply, in their order.
    mutating func observe(_ reply: FAQTrainingReply, at now: Moment) -> [EndedRun] {
        observe(RunReading(reply), at: now) ?? []
    }

    private mutating func observe(_ reading: RunReading, at now: Moment) -> [EndedRun]? {
        if status == nil { totals.created = now.wall }
        guard let ended = runs.observe(reading, at: now) else { return nil }
        status = reading.status
        for run in ended {
            totals.add(run)
        }
        return ended
    }

    /// All series of the target, as the last reply and everything before it gave them.
    ///
    /// - Parameter labels: `bot`, `language` and `state`.
    func families(bot: String, language: String, state: String) -> [FamilySamples] {
        let labels = [bot, engine.rawValue, language, state]
        let group = SeriesGroup(labels)
        func series(_ family: MetricFamily, _ value: Sample.Value?) -> FamilySamples {
            FamilySamples(family, group: group, value.map { [Sample(labels, $0)] } ?? [])
        }
        func time(_ family: MetricFamily, _ time: Timestamp?) -> FamilySamples {
            series(family, time.map { .number($0.seconds) })
        }
        func count(_ family: MetricFamily, _ count: UInt64) -> FamilySamples {
            FamilySamples(family, group: group, [Sample(labels, count: count, created: totals.created?.seconds)])
        }
        let statuses = TrainingStatus.allCases.map { Sample(labels + [$0.rawValue], isTrue: $0 == status) }.sorted()
        let common = [
            FamilySamples(TrainingFamilies.status, group: group, statuses),
            time(TrainingFamilies.lastStart, runs.lastStart),
            time(TrainingFamilies.lastCompletion, runs.lastCompletion),
            time(TrainingFamilies.lastSuccess, runs.lastSuccess),
            series(TrainingFamilies.lastDuration, totals.last?.duration.map { .number(Double($0) / 1000) }),
            FamilySamples(TrainingFamilies.duration, group: group, [totals.durationSample(labels)]),
            count(TrainingFamilies.runs, totals.ended),
            count(TrainingFamilies.failures, totals.failed),
        ]
        return engine == .ml ? common + flagFamilies([bot, language, state]) : common
    }

    private func flagFamilies(_ labels: [String]) -> [FamilySamples] {
        let group = SeriesGroup(labels)
        let drifts = drifts.drifts
        func version(_ family: MetricFamily, _ number: Int64?) -> FamilySamples {
            FamilySamples(family, group: group, number.map { [Sample(labels, number: Double($0))] } ?? [])
        }
        return [
            FamilySamples(
                TrainingFamilies.inSync,
                group: group,
                drifts.filter(\.isTold).map { Sample(labels + [$0.component], isTrue: $0.inSync) }
            ),
            FamilySamples(
                TrainingFamilies.outOfSyncSince,
                group: group,
                drifts.compactMap { drift in
                    drift.since.map { Sample(labels + [drift.component], number: $0.seconds) }
                }
            ),
            FamilySamples(
                TrainingFamilies.drifts,
                group: group,
                drifts.map {
                    Sample(labels + [$0.component], count: $0.count, created: totals.created?.seconds)
                }
            ),
            version(TrainingFamilies.nlpVersion, nlpVersion),
            version(TrainingFamilies.trainVersion, trainVersion),
        ]
    }
}
