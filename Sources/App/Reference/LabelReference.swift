import Exposition
import KoreAI
import Model
import Polling
import Tracking
import Web

/// The table of each label's values in docs/metrics.md.
enum LabelReference {
    /// A label; where its values differ by family, the prefix says whose values these are.
    struct Row {
        let label: String
        var prefix = "koreai_"
        let values: String
    }

    static let rows = [
        Row(
            label: "action",
            values: """
                `canary_export`, `canary_train_ml`, `canary_train_faq` of canaries; `train_ml`, `train_faq`, `train` (where an \
                alert tells no engine) of alerts
                """
        ),
        Row(label: "base_url", values: "the platform's address, as configured for the bot"),
        Row(
            label: "bot",
            values:
                "the bot's `name` in the configuration, or that of a discovered bot on the platform when it was found: unique, and kept"
        ),
        Row(label: "bot_id", values: "the platform's id of the bot, `st-…`"),
        Row(label: "budget", values: "the bot's name; the credential's where `budgets.per` is `credential`"),
        Row(label: "code", values: "the HTTP status; of `koreai_api_requests_total` also `0`, where no reply came"),
        Row(label: "collector", values: list(Collector.allCases.map(\.rawValue))),
        Row(
            label: "component",
            values: """
                a sync flag of the platform's reply without `\(SyncFlag.keyPrefix)`, in snake case: `sentences`, `synonyms`, \
                `mlparams`, `traits`, `small_talk`, `ub_training`, `entity_node`, `intent_node`, `patterns`, `bt_utterances`, \
                and new ones by the same rule; at most 32 a target
                """
        ),
        Row(
            label: "discovery",
            values: "the `name` of the entry of `discovery`; without one the name of the credential that lists the bots"
        ),
        Row(label: "endpoint", values: list(Endpoint.allCases.map(\.rawValue))),
        Row(label: "engine", values: list(Engine.allCases.map(\.rawValue))),
        Row(label: "export", values: "`ml_utterances`"),
        Row(label: "field", values: "the key of the reply whose value was not understood, such as `trainingStatus`"),
        Row(
            label: "handler",
            values: "the path of the exporter that was asked, such as `/metrics`; `other` for what is not there"
        ),
        Row(label: "language", values: "as configured, such as `en`; empty where the call has none"),
        Row(label: "libcurl", values: "the version of the library that is in use"),
        Row(
            label: "outcome",
            values: """
                `started`, `already_running`, `out_of_budget`, `limit_reached`, `not_stored`, `unknown_bot`, `failed`; of \
                alerts also `unmatched`, `not_applicable`, `duplicate`, `cool_down`, `dry_run`
                """
        ),
        Row(
            label: "part",
            values:
                "a part of a publish: its `resourceType` in snake case, such as `nl`, `settings`, `channels`; at most 32 a bot"
        ),
        Row(
            label: "reason",
            values: list(APIError.Reason.allCases.map(\.rawValue))
                + "; of `koreai_discovery_failures_total` also `incomplete`, where the list does not add up to what the platform says"
        ),
        Row(label: "revision", values: "the git commit that was built"),
        Row(label: "state", values: list(BotState.allCases.map(\.rawValue)) + "; empty where the call has none"),
        Row(label: "status", prefix: "koreai_training_", values: list(TrainingStatus.allCases.map(\.rawValue))),
        Row(label: "status", prefix: "koreai_export_", values: list(JobStatus.allCases.map(\.rawValue))),
        Row(label: "status", prefix: "koreai_publish_", values: list(JobStatus.allCases.map(\.rawValue))),
        Row(label: "swift", values: "the version of the compiler"),
        Row(label: "version", values: "the exporter's version"),
        Row(label: "window", values: "`minute`, `hour`"),
    ]

    static var table: String {
        "| label | values |\n|---|---|\n"
            + rows.map { row in
                let families = row.prefix == "koreai_" ? "" : " of `\(row.prefix)*`"
                return "| `\(row.label)`\(families) | \(row.values) |\n"
            }.joined()
    }

    private static func list(_ values: [String]) -> String {
        values.map { "`\($0)`" }.joined(separator: ", ")
    }
}
