import Testing

@testable import Exposition

struct NegotiationTests {
    private static let text = "text/plain; version=0.0.4; charset=utf-8"
    private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    private static let protobuf =
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

    @Test(
        "the best format that there is is chosen, as Prometheus 2.42 to 3 and others ask for it",
        arguments: [
            (nil, text), ("", text), ("*/*", text), ("text/html,*/*;q=0.1", text), ("application/json", text),
            // Prometheus 2.42, and with native histograms.
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", openMetrics
            ),
            (
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
                    + "application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", protobuf
            ),
            // Prometheus 2.49 and later.
            (
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2", openMetrics
            ),
            // Prometheus 3.
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                openMetrics + "; escaping=allow-utf-8"
            ),
            (
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                    + "application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,*/*;q=0.2", protobuf
            ),
            ("text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.2", text),
            // Versions, schemes and encodings that there are not.
            ("application/openmetrics-text;version=0.0.1", text),
            ("application/openmetrics-text;version=2.0.0,text/plain;q=0.1", text),
            ("application/openmetrics-text", openMetrics),
            ("application/openmetrics-text;version=1.0.0;escaping=rot13", openMetrics),
            ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", text),
            ("application/vnd.google.protobuf;proto=another.Message;encoding=delimited", text),
            // Weights, order, quotes, case, blanks, and what is no weight.
            ("application/openmetrics-text;q=0.3,text/plain;q=0.8", text),
            ("text/plain, application/openmetrics-text", text),
            ("application/openmetrics-text;q=0,*/*;q=0.1", text),
            ("application/openmetrics-text;q=high,text/plain;q=0.1", text),
            (" Application/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=1 , text/plain;q=0.5", openMetrics),
            ("text/plain;note=\"a,b;c\";q=0.1,application/openmetrics-text;q=0.2", openMetrics),
            (",;,=;q", text),
        ] as [(String?, String)]
    )
    func formats(accept: String?, contentType: String) {
        #expect(Negotiation(accept: accept, acceptEncoding: nil).contentType == contentType)
    }

    @Test(
        "gzip is sent to who wants it at least as much as anything else",
        arguments: [
            (nil, .identity), ("", .identity), ("gzip", .gzip), ("identity", .identity), ("deflate, br", .identity),
            ("gzip, deflate", .gzip), ("gzip;q=0", .identity), ("*", .gzip), ("*;q=0", .identity),
            ("gzip;q=0,*", .identity), ("x-gzip", .gzip), ("GZIP", .gzip), ("gzip;q=0.5, identity", .identity),
            ("gzip;q=0.5, identity;q=0.5", .gzip), ("gzip;q=1.0, identity; q=0.5, *;q=0", .gzip),
            ("br;q=1, gzip;q=0.1", .gzip),
        ] as [(String?, ContentCoding)]
    )
    func codings(acceptEncoding: String?, coding: ContentCoding) {
        #expect(Negotiation(accept: nil, acceptEncoding: acceptEncoding).form.coding == coding)
    }
}
