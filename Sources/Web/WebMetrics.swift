package import Exposition

/// The counters of the exporter's own HTTP server, for all its addresses.
package struct WebMetrics: Sendable {
    let requests: CounterVector
    let durations: HistogramVector

    package init(registry: Registry) {
        requests = CounterVector(WebFamilies.requests, in: registry)
        durations = HistogramVector(
            WebFamilies.requestDuration,
            bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
            in: registry
        )
    }

    func middleware(paths: Set<String>) -> WebMetricsMiddleware {
        WebMetricsMiddleware(metrics: self, paths: paths)
    }
}
