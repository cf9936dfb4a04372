/// What a client's headers ask for.
///
/// Source: <https://prometheus.io/docs/instrumenting/content_negotiation/>.
package struct Negotiation: Sendable, Hashable {
    package let form: ScrapeForm
    /// Of the answer.
    package let contentType: String

    /// - Parameters:
    ///   - accept: The `Accept` header.
    ///   - acceptEncoding: The `Accept-Encoding` header.
    package init(accept: String?, acceptEncoding: String?) {
        let (format, escaping) = Self.format(accept ?? "")
        form = ScrapeForm(format, Self.coding(acceptEncoding ?? ""))
        contentType = format.contentType + (escaping.map { "; escaping=" + $0 } ?? "")
    }

    /// The best format that there is; text for a client that wants none of them.
    private static func format(_ accept: String) -> (ExpositionFormat, escaping: String?) {
        for range in QualityList(accept).sorted where range.quality > 0 {
            let version = range.parameters["version"]
            switch range.name {
            case "application/openmetrics-text" where version == nil || version == "1.0.0":
                return (.openMetrics, escaping(range))
            case "application/vnd.google.protobuf"
            where range.parameters["proto"] == "io.prometheus.client.MetricFamily"
                && range.parameters["encoding"] == "delimited":
                return (.protobuf, escaping(range))
            case "text/plain" where version == nil || version == "0.0.4":
                return (.text, nil)
            case "*/*", "text/*":
                return (.text, nil)
            default:
                continue
            }
        }
        return (.text, nil)
    }

    /// Names of metrics and labels need no escaping here, so every known scheme gives the same; the answer repeats the
    /// one that was asked for.
    private static func escaping(_ range: QualityList.Element) -> String? {
        range.parameters["escaping"].flatMap {
            ["allow-utf-8", "underscores", "dots", "values"].contains($0) ? $0 : nil
        }
    }

    private static func coding(_ acceptEncoding: String) -> ContentCoding {
        let elements = QualityList(acceptEncoding).elements
        func quality(of names: [String]) -> Double? {
            elements.first { names.contains($0.name) }?.quality
        }
        let gzip = quality(of: ["gzip", "x-gzip"]) ?? quality(of: ["*"]) ?? 0
        // Who does not speak of identity takes it, but asks for something else.
        let identity = quality(of: ["identity"]) ?? 0
        return gzip > 0 && gzip >= identity ? .gzip : .identity
    }
}
