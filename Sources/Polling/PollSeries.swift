import Exposition
import KoreAI

/// What the series of how polling a target goes tell; `nil` where one is not there.
struct PollSeries: Sendable, Hashable {
    var lastAttempt: Timestamp?
    /// Why the last poll failed.
    var failure: APIError.Reason?
    var lastSuccess: Timestamp?
    var interval: Duration?

    /// The families whose samples are not those of `shown`.
    ///
    /// - Parameter labels: The values of `bot, collector, language, state`.
    func families(of labels: [String], in group: SeriesGroup, since shown: PollSeries) -> [FamilySamples] {
        var families: [FamilySamples] = []
        func add(_ family: MetricFamily, _ value: Double?, since shown: Double?) {
            guard value != shown else { return }
            families.append(FamilySamples(family, group: group, value.map { [Sample(labels, number: $0)] } ?? []))
        }
        add(PollFamilies.up, up, since: shown.up)
        if failure != shown.failure {
            let samples = failure.map { [Sample(labels + [$0.rawValue], number: 1)] } ?? []
            families.append(FamilySamples(PollFamilies.failing, group: group, samples))
        }
        add(PollFamilies.lastAttempt, lastAttempt?.seconds, since: shown.lastAttempt?.seconds)
        add(PollFamilies.lastSuccess, lastSuccess?.seconds, since: shown.lastSuccess?.seconds)
        add(PollFamilies.interval, interval.map { $0 / .seconds(1) }, since: shown.interval.map { $0 / .seconds(1) })
        return families
    }

    /// The families, all without samples.
    static func none(in group: SeriesGroup) -> [FamilySamples] {
        PollFamilies.ofTarget.map { FamilySamples($0, group: group, []) }
    }

    private var up: Double? {
        lastAttempt.map { _ in failure == nil ? 1 : 0 }
    }
}
