/// The two formats that are lines of text.
enum TextDialect: Sendable, Hashable {
    /// Version 0.0.4.
    ///
    /// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>.
    case prometheus
    /// Version 1.0.0.
    ///
    /// Source: <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md>.
    case openMetrics
}
