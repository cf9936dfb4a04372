package import Exposition
import HTTPTypes

/// The counters of the exporter's own HTTP server, for all its addresses.
package struct WebMetrics: Sendable {
    private let requests: CounterVector
    private let durations: HistogramVector

    package init(registry: Registry) {
        requests = CounterVector(WebFamilies.requests, in: registry)
        durations = HistogramVector(
            WebFamilies.requestDuration,
            bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
            in: registry
        )
    }

    /// A request whose response is sent.
    func count(_ status: HTTPResponse.Status, path: String, took duration: Duration) {
        requests.add(to: [path, String(status.code)])
        durations.observe(duration / .seconds(1), [path])
    }

    func middleware(paths: Set<String>) -> WebMetricsMiddleware {
        WebMetricsMiddleware(metrics: self, paths: paths)
    }
}
