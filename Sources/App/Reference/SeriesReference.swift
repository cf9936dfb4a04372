import Exposition
import KoreAI
import Model
import Polling
import Tracking
import Web

/// The tables of series counts and histogram buckets in docs/metrics.md.
enum SeriesReference {
    /// The upper bounds of each histogram family's classic buckets, in seconds.
    static let bounds: [(family: MetricFamily, bounds: [Double])] = [
        (TrainingFamilies.all, TrainingFamilies.durationBounds),
        (ExportFamilies.all, ExportFamilies.durationBounds),
        (PublishFamilies.all, PublishFamilies.durationBounds),
        (PollFamilies.all, PollFamilies.requestDurationBounds),
        (WebFamilies.all, WebFamilies.requestDurationBounds),
    ].flatMap { families, bounds in families.filter { $0.kind == .histogram }.map { ($0, bounds) } }

    /// The number of components in a finished reply, as the platform documents it now.
    static let usualComponents = 10
    /// The number of parts of a publish in the platform's sample.
    static let usualParts = 8

    /// The most series of a target, with the usual components and parts.
    static func most(of collector: Collector) -> Int {
        let polling = PollFamilies.all.filter { $0.labels.contains("collector") && $0.labels.contains("bot") }
        return (families(of: collector) + polling).map { series(of: $0) }.reduce(0, +)
    }

    /// The series of a bot that has no targets.
    static let ofBot = (PollFamilies.all + DiscoveryFamilies.all)
        .filter { $0.labels.contains("bot") && !$0.labels.contains("collector") }.map { series(of: $0) }.reduce(0, +)

    /// The series of a budget.
    static let ofBudget = PollFamilies.all.filter { $0.labels.contains("budget") }.map { series(of: $0) }.reduce(0, +)

    static func families(of collector: Collector) -> [MetricFamily] {
        switch collector {
        case .mlTraining: TrainingFamilies.all
        case .faqTraining: TrainingFamilies.all.filter { $0.labels.contains("engine") }
        case .mlExport: ExportFamilies.all
        case .publish: PublishFamilies.all
        }
    }

    private static func series(of family: MetricFamily) -> Int {
        let buckets = bounds.first { $0.family == family }.map { $0.bounds.count + 3 } ?? 1
        return family.labels.reduce(buckets) { count, label in
            switch label {
            case "status":
                count
                    * (TrainingFamilies.all.contains(family) ? TrainingStatus.allCases.count : JobStatus.allCases.count)
            case "component": count * usualComponents
            case "part": count * usualParts
            case "window": count * 2
            default: count
            }
        }
    }

    static var bucketTable: String {
        "| metric | upper bounds in seconds, and `+Inf` |\n|---|---|\n"
            + bounds.map { row in
                let texts = row.bounds.map { $0 == $0.rounded() ? String(Int($0)) : String($0) }
                return "| `\(row.family.name)` | \(texts.joined(separator: ", ")) |\n"
            }.joined()
    }

    static var table: String {
        let subject: [Collector: String] = [
            .mlTraining: "for each language and state", .faqTraining: "for each language and state",
            .mlExport: "for each bot", .publish: "for each bot",
        ]
        let targets = Collector.allCases.map { collector in
            "| collector `\(collector.rawValue)`, \(subject[collector] ?? "") | \(most(of: collector)) |\n"
        }
        let usual = 2 * most(of: .mlTraining) + 2 * most(of: .faqTraining) + most(of: .mlExport) + ofBot + ofBudget
        return "| what | series, at most |\n|---|---:|\n| a bot | \(ofBot) |\n| a budget | \(ofBudget) |\n"
            + targets.joined()
                + """

                With \(usualComponents) sync flags and \(usualParts) parts of a publish, as the platform documents them. A bot \
                with one language, both states, the default collectors and a budget of its own has at most \(usual) series, \
                and \(usual - 2 * most(of: .mlTraining) - 2 * most(of: .faqTraining)) + \
                \(2 * (most(of: .mlTraining) + most(of: .faqTraining))) × languages with more. Classic buckets are \
                \(2 * 2 * (TrainingFamilies.durationBounds.count + 1) + ExportFamilies.durationBounds.count + 1) of them: a \
                Prometheus that reads native histograms may drop them. [sizing.md](sizing.md) says what that means for memory.

                """
    }
}
