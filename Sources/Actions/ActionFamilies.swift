package import Exposition

/// The families about what the exporter does by itself.
package enum ActionFamilies {
    package static let actions = MetricFamily(
        "koreai_actions_total",
        .counter,
        labels: ["action", "outcome"],
        help: "Runs that the exporter meant to start by itself, by what came of it."
    )

    package static let all = [actions]
}
