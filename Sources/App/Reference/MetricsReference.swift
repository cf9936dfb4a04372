import Exposition
import Polling
import Tracking
import Web

/// Writes docs/metrics.md from the metric families in the code.
package enum MetricsReference {
    private struct Section {
        let title: String
        let text: String
        let families: [MetricFamily]
    }

    private static let sections = [
        Section(
            title: "Training",
            text: """
                Of each bot, engine (`ml`, `faq`), language and state (`configured` in development, `published`). The \
                sync flags and versions are of the `ml` engine; a flag that a reply leaves out has no \
                `koreai_ml_in_sync`.
                """,
            families: TrainingFamilies.all
        ),
        Section(
            title: "Exports",
            text: "Of each bot's latest export job.",
            families: ExportFamilies.all
        ),
        Section(
            title: "Publishes",
            text: """
                Of each bot's latest publish, which brings a model to production; only where the collector `publish` is \
                configured. `part` is a part of a publish: its `resourceType` in snake case, such as `nl` or `settings`.
                """,
            families: PublishFamilies.all
        ),
        Section(
            title: "Polling",
            text: """
                Of each target: a collector's call about a bot, for each language and state where it has them.
                """,
            families: PollFamilies.all
        ),
        Section(
            title: "Discovery",
            text: """
                Of each entry of `discovery`, and of the bots that its list tells of. There are none without one.
                """,
            families: DiscoveryFamilies.all
        ),
        Section(
            title: "Actions",
            text: "Of canaries, and of trainings that alerts start.",
            families: ActionFamilies.all
        ),
        Section(
            title: "Probes",
            text: "Only in answers of `/probe`, beside the families of the bot: see [http-api.md](http-api.md).",
            families: ProbeFamilies.all
        ),
        Section(
            title: "The exporter itself",
            text: "The standard `process_*` families are as every exporter has them.",
            families: WebFamilies.all + [
                PollFamilies.storeWriteFailures, RegistryMetricsFactory.dropped, BuildInfo.family,
                ReloadGauges.successful, ReloadGauges.successTime,
            ]
                + ProcessSource.all
        ),
    ]

    static var families: [MetricFamily] { sections.flatMap(\.families) }

    /// - Parameter uses: What the shipped alerts and dashboards query.
    package static func markdown(_ uses: MetricUses) -> String {
        """
        # Metrics

        What the exporter serves, written from its code, `alerts/` and `dashboards/` by `make docs`: change it there.

        - A value that is not known has no series: absent is never 0, and nothing is ever NaN.
        - Times are Unix timestamps in seconds, never ages: `time() - koreai_…_timestamp_seconds` is the age.
        - Series of trainings, exports and publishes vanish when the last good reply is older than `max_age`; `koreai_poll_*` stay.
        - What the very first reply about a target shows as already ended is its state and adds to no counter.

        [promql.md](promql.md) has queries to begin with.


        """
            + sections.map { section in
                "## \(section.title)\n\n\(section.text)\n\n" + table(section.families)
            }.joined(separator: "\n")
            + "\n## Values of labels\n\n" + LabelReference.table
            + "\n## Buckets\n\nHistograms are native too, for a Prometheus that asks for them.\n\n"
            + SeriesReference.bucketTable
            + "\n## How many series\n\n" + SeriesReference.table
            + "\n## Where each metric is used\n\n"
            + "Alerts and panels ask for it, by themselves or by a recording rule.\n\n" + table(uses)
    }

    private static func table(_ families: [MetricFamily]) -> String {
        let rows = families.sorted { $0.name < $1.name }.map { family in
            let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |\n"
        }
        return "| metric | type | labels | meaning |\n|---|---|---|---|\n" + rows.joined()
    }

    private static func table(_ uses: MetricUses) -> String {
        let rows = families.sorted { $0.name < $1.name }.compactMap { family -> String? in
            let suffixes = family.kind == .histogram ? ["", "_bucket", "_sum", "_count"] : [""]
            let names = suffixes.map { family.name + $0 }
            let alerts = uses.alerts(askingFor: names).map { "[\($0)](runbooks/\($0).md)" }
            let panels = uses.panels(askingFor: names).map { $0.replacing("|", with: "\\|") }
            guard !alerts.isEmpty || !panels.isEmpty else { return nil }
            return "| `\(family.name)` | \(alerts.joined(separator: ", ")) | \(panels.joined(separator: "; ")) |\n"
        }
        return "| metric | alerts | panels (dashboard: title) |\n|---|---|---|\n" + rows.joined()
    }
}
