import Exposition
import Polling

/// What is found by each discovery, as a scrape shows it.
struct DiscoverySource: SampleSource {
    struct Report {
        var name: String
        var bots: Int
        /// When the list last came whole, in seconds since 1970; `nil` where it has not.
        var lastSuccess: Double?
    }

    let reports: @Sendable () -> [Report]

    var families: [MetricFamily] { DiscoveryFamilies.all }

    func samples() -> [(family: MetricFamily, samples: [Sample])] {
        let reports = reports().sorted { $0.name < $1.name }
        return [
            (DiscoveryFamilies.bots, reports.map { Sample([$0.name], number: Double($0.bots)) }),
            (
                DiscoveryFamilies.lastSuccess,
                reports.compactMap { report in report.lastSuccess.map { Sample([report.name], number: $0) } }
            ),
        ]
    }
}
