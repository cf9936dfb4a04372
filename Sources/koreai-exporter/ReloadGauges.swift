import Exposition
import KoreAI

/// Whether and when the configuration was read.
struct ReloadGauges {
    static let successful = MetricFamily(
        "koreai_exporter_config_last_reload_successful",
        .gauge,
        help: "Whether the configuration could be used when it was last read (1) or not (0)."
    )
    static let successTime = MetricFamily(
        "koreai_exporter_config_last_reload_success_timestamp_seconds",
        .gauge,
        help: "When a configuration that can be used was last read."
    )

    private let isSuccessful: GaugeVector
    private let time: GaugeVector

    /// The exporter starts only with a configuration that can be used.
    init(registry: Registry) {
        isSuccessful = GaugeVector(Self.successful, in: registry)
        time = GaugeVector(Self.successTime, in: registry)
        succeed()
    }

    func succeed() {
        isSuccessful.set(1)
        time.set(Timestamp.now.seconds)
    }

    func fail() {
        isSuccessful.set(0)
    }
}
