/// The elements of an `Accept` or `Accept-Encoding` header, with what they are worth.
///
/// Source: RFC 9110, sections 12.4.2 and 12.5.
struct QualityList: Sendable {
    struct Element: Sendable {
        /// In lower case.
        let name: String
        /// The parameters but `q`, names in lower case and values without quotes.
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
                    // What is no number is worth nothing.
                    quality = Double(value).map { min(max($0, 0), 1) } ?? 0
                } else {
                    parameters[key] = value
                }
            }
            return Element(name: name.lowercased(), parameters: parameters, quality: quality.isNaN ? 0 : quality)
        }
    }

    /// The best first; of equally good ones the first first.
    var sorted: [Element] {
        elements.enumerated().sorted {
            $0.element.quality == $1.element.quality
                ? $0.offset < $1.offset : $0.element.quality > $1.element.quality
        }.map(\.element)
    }

    /// Splits where the separator does not stand in quotes.
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
