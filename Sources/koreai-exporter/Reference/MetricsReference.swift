import Actions
import Exposition
import MetricsBridge
import Polling
import Tracking
import Web

/// docs/metrics.md, written from the families that the code has.
enum MetricsReference {
    /// A chapter of the page.
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
                sync flags and versions are of the `ml` engine. `component` is a sync flag of the platform's reply \
                without `isMlInSyncWith`, in snake case; a flag that a reply leaves out has no `koreai_ml_in_sync`.
                """,
            families: TrainingFamilies.all
        ),
        Section(
            title: "Exports",
            text: "Of each bot's latest export job. `export` is `ml_utterances`.",
            families: ExportFamilies.all
        ),
        Section(
            title: "Polling",
            text: """
                Of each target: `language` and `state` are empty where the call has none. `collector` is \
                `ml_training`, `faq_training` or `ml_export`.
                """,
            families: PollFamilies.all
        ),
        Section(
            title: "Discovery",
            text: "Of each entry of `discovery`. There are none without one.",
            families: DiscoveryFamilies.all
        ),
        Section(
            title: "Actions",
            text: """
                `action` is `canary_export`, `canary_train_ml` or `canary_train_faq` of canaries, and `train_ml`, \
                `train_faq` or `train` (where an alert tells no engine) of alerts. `outcome` is `started`, \
                `already_running`, `out_of_budget`, `limit_reached`, `not_stored`, `unknown_bot` or `failed`, and of \
                alerts also `unmatched`, `not_applicable`, `duplicate`, `cool_down` or `dry_run`.
                """,
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

    static var markdown: String {
        """
        # Metrics

        What the exporter serves, written from its code by `make docs`: change it there.

        - A value that is not known has no series: absent is never 0, and nothing is ever NaN.
        - Times are Unix timestamps in seconds, never ages: `time() - koreai_…_timestamp_seconds` is the age.
        - Series of trainings and exports vanish when the last good reply is older than `max_age`; `koreai_poll_*` stay.
        - What the very first reply about a target shows as already ended is its state and adds to no counter.


        """
            + sections.map { section in
                "## \(section.title)\n\n\(section.text)\n\n" + table(section.families)
            }.joined(separator: "\n")
    }

    private static func table(_ families: [MetricFamily]) -> String {
        let rows = families.sorted { $0.name < $1.name }.map { family in
            let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |\n"
        }
        return "| metric | type | labels | meaning |\n|---|---|---|---|\n" + rows.joined()
    }
}
