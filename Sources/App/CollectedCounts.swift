import Archive
package import Exposition
import FoundationEssentials
import Polling

/// The counters and histograms of `collect`, kept in its store so that the next call continues them.
///
/// What is counted about targets is in their stored state.
package struct CollectedCounts: Codable, Equatable {
    private struct Series: Codable, Equatable {
        var family: String
        var labels: [String]
        /// The value of a counter.
        var count: UInt64?
        /// The upper bounds of a histogram's buckets.
        var bounds: [Double]?
        var counts: [UInt64]?
        var sum: Double?
    }

    /// The key of these counts in the store.
    package static let key = "collect.counts"

    private static let families = [
        PollFamilies.requests, PollFamilies.requestFailures, PollFamilies.requestDuration, PollFamilies.throttled,
        PollFamilies.pollsDelayed, PollFamilies.unrecognized, PollFamilies.storeWriteFailures,
    ]

    private var series: [Series] = []

    /// Copies what a registry shows now.
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

    /// - Parameter stored: The bytes in the store; without any, or where they cannot be read, the counts are empty.
    package init(stored: [UInt8]?) {
        self = stored.flatMap { try? JSONDecoder().decode(Self.self, from: Data($0)) } ?? Self(Registry())
    }

    package var stored: [UInt8] {
        (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? []
    }

    /// Puts the counts into a registry in which nothing was counted yet.
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
