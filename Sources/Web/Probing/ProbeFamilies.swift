package import Exposition

/// What an answer of `/probe` has beside the bot's own families.
package enum ProbeFamilies {
    static let success = MetricFamily(
        "probe_success",
        .gauge,
        help: "Whether each target that the probe asked about gave a usable reply (1) or not (0)."
    )
    static let duration = MetricFamily(
        "probe_duration_seconds",
        .gauge,
        help: "How long the probe took, waits for polls under way included."
    )

    package static let all = [success, duration]
}
