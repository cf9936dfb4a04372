/// The format and the compression that the headers of a scrape ask for.
///
/// Source: <https://prometheus.io/docs/instrumenting/content_negotiation/>.
package struct Negotiation: Sendable, Hashable {
    package let form: ScrapeForm
    /// The `Content-Type` of the response.
    package let contentType: String

    /// - Parameters:
    ///   - accept: The `Accept` header.
    ///   - acceptEncoding: The `Accept-Encoding` header.
    package init(accept: String?, acceptEncoding: String?) {
        let (format, escaping) = Self.format(accept ?? "")
        form = ScrapeForm(format, Self.coding(acceptEncoding ?? ""))
        contentType = format.contentType + (escaping.map { "; escaping=" + $0 } ?? "")
    }

    /// The format that the client prefers among those that there are; text if it wants none of them.
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

    /// The escaping scheme that the client asks for, which the response repeats; `nil` if it is not a known one. Names
    /// of metrics and labels need no escaping here, so every scheme gives the same names.
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
        // A client that does not name identity accepts it, but prefers what it names.
        let identity = quality(of: ["identity"]) ?? 0
        return gzip > 0 && gzip >= identity ? .gzip : .identity
    }
}

/// The elements of an `Accept` or `Accept-Encoding` header, with their quality values.
///
/// Source: RFC 9110, sections 12.4.2 and 12.5.
struct QualityList: Sendable {
    struct Element: Sendable {
        /// In lower case.
        let name: String
        /// The parameters except `q`, with names in lower case and values without quotes.
        let parameters: [String: String]
        /// From 0 to 1.
        let quality: Double
    }

    let elements: [Element]

    init(_ header: String) {
        elements = Self.split(header, by: ",").compactMap { element in
            let parts = Self.split(element, by: ";").map(Self.trimmed)
            guard let name = parts.first, !name.isEmpty else { return nil }
            var quality = 1.0
            var parameters: [String: String] = [:]
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let key = Self.trimmed(pair[0]).lowercased()
                let value = pair.count > 1 ? Self.unquoted(Self.trimmed(pair[1])) : ""
                if key == "q" {
                    // A quality that is not a number counts as 0.
                    quality = Double(value).map { min(max($0, 0), 1) } ?? 0
                } else {
                    parameters[key] = value
                }
            }
            return Element(name: name.lowercased(), parameters: parameters, quality: quality.isNaN ? 0 : quality)
        }
    }

    /// The elements by quality, the best first. Those of the same quality keep their order.
    var sorted: [Element] {
        elements.enumerated().sorted {
            $0.element.quality == $1.element.quality
                ? $0.offset < $1.offset : $0.element.quality > $1.element.quality
        }.map(\.element)
    }

    /// Splits a text at the separators that are not in quotes.
    private static func split(_ text: some StringProtocol, by separator: Character) -> [Substring] {
        var isQuoted = false
        return Substring(text).split(omittingEmptySubsequences: false) { character in
            if character == "\"" { isQuoted.toggle() }
            return character == separator && !isQuoted
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func unquoted(_ text: Substring) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
            ? String(text.dropFirst().dropLast()) : String(text)
    }
}

/// The `Content-Encoding` of a response.
package enum ContentCoding: Sendable, Hashable, CaseIterable {
    case identity
    case gzip
}
