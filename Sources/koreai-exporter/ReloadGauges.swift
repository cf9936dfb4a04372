import Exposition
import KoreAI

/// Whether and when the configuration was read.
enum ReloadGauges {
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

    /// The exporter runs only with a configuration that can be used.
    static func register(in registry: Registry) {
        let gauge = GaugeVector(successful)
        gauge.set(1)
        registry.register(gauge)
        let time = GaugeVector(successTime)
        time.set(Timestamp.now.seconds)
        registry.register(time)
    }
}
