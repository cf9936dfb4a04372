import Exposition

/// A library's metric as Prometheus can name it.
struct BridgedName {
    let family: MetricFamily
    /// Of the family's labels.
    let values: [String]

    /// - Parameters:
    ///   - suffix: What the name ends with; it is added where it is missing.
    /// - Returns: `nil` where two dimensions have one name.
    init?(_ label: String, _ kind: MetricFamily.Kind, suffix: String, _ dimensions: [(String, String)]) {
        let name = Self.name(label)
        let labels = dimensions.map { (Self.name($0.0), $0.1) }.sorted { $0.0 < $1.0 }
        guard Set(labels.map(\.0)).count == labels.count,
            !labels.contains(where: { $0.0 == "le" || $0.0.hasPrefix("__") })
        else { return nil }
        family = MetricFamily(
            name.hasSuffix(suffix) ? name : name + suffix,
            kind,
            labels: labels.map(\.0),
            help: "\(label), of a library."
        )
        values = labels.map(\.1)
    }

    /// Letters, digits and underscores, no digit first.
    private static func name(_ text: String) -> String {
        let name = String(
            text.unicodeScalars.map {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) ? Character($0) : "_"
            }
        )
        return name.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true ? "_" + name : name
    }
}
