import Archive
package import Exposition
import FoundationEssentials
import Polling

/// What `collect` counted of its requests, kept in its store so that the next call goes on from there.
///
/// What is counted of targets is in their stored state.
package struct CollectedCounts: Codable, Equatable {
    private struct Series: Codable, Equatable {
        var family: String
        var labels: [String]
        /// Of a counter.
        var count: UInt64?
        /// Of a histogram.
        var bounds: [Double]?
        var counts: [UInt64]?
        var sum: Double?
    }

    /// Of the value in the store.
    package static let key = "collect.counts"

    private static let families = [
        PollFamilies.requests, PollFamilies.requestFailures, PollFamilies.requestDuration, PollFamilies.throttled,
        PollFamilies.pollsDelayed, PollFamilies.unrecognized, PollFamilies.storeWriteFailures,
    ]

    private var series: [Series] = []

    /// What a registry shows now.
    package init(_ registry: Registry) {
        for family in Self.families {
            series += registry.samples(of: family).compactMap { sample in
                var series = Series(family: family.name, labels: sample.labelValues)
                switch sample.value {
                case .count(let count): series.count = count
                case .histogram(let histogram):
                    (series.bounds, series.counts, series.sum) = (histogram.bounds, histogram.counts, histogram.sum)
                case .number: return nil
                }
                return series
            }
        }
    }

    /// - Parameter stored: What the store has; what cannot be read counts as nothing.
    package init(stored: [UInt8]?) {
        self = stored.flatMap { try? JSONDecoder().decode(Self.self, from: Data($0)) } ?? Self(Registry())
    }

    package var stored: [UInt8] {
        (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? []
    }

    /// Lets a registry go on from here: before anything is counted in it.
    package func restore(in registry: Registry) {
        for series in series {
            guard let family = Self.families.first(where: { $0.name == series.family }),
                family.labels.count == series.labels.count, let value = Self.value(of: series)
            else { continue }
            let sample = Sample(series.labels, value)
            registry.update([FamilySamples(family, group: SeriesGroup(series.labels), [sample])])
        }
    }

    private static func value(of series: Series) -> Sample.Value? {
        if let count = series.count { return .count(count) }
        guard let bounds = series.bounds, let counts = series.counts, let sum = series.sum,
            let histogram = Histogram(bounds: bounds, counts: counts, sum: sum)
        else { return nil }
        return .histogram(histogram.rebucketed(PollFamilies.requestDurationBounds))
    }
}
