package import Exposition

/// The families about the bots that are found by themselves.
package enum DiscoveryFamilies {
    package static let bots = MetricFamily(
        "koreai_discovery_bots",
        .gauge,
        labels: ["discovery"],
        help: "Bots that the discovery has found and that are watched."
    )
    package static let lastSuccess = MetricFamily(
        "koreai_discovery_last_success_timestamp_seconds",
        .gauge,
        labels: ["discovery"],
        help: "When the list of bots last came whole."
    )

    package static let all = [bots, lastSuccess]
}
