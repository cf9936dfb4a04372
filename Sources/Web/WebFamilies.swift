package import Exposition

/// The families about the exporter itself.
package enum WebFamilies {
    package static let requests = MetricFamily(
        "koreai_exporter_http_requests_total",
        .counter,
        labels: ["handler", "code"],
        help: "HTTP requests that the exporter answered."
    )
    package static let requestDuration = MetricFamily(
        "koreai_exporter_http_request_duration_seconds",
        .histogram,
        labels: ["handler"],
        help: "How long the exporter took to answer an HTTP request, until its last byte was written."
    )

    package static let all = [requests, requestDuration]
}
