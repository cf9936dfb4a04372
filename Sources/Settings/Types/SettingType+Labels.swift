extension SettingType where Value == [String: String] {
    /// Labels of `koreai_bot_info` that the exporter sets itself.
    static var reservedLabels: [String] { ["bot", "bot_id", "base_url"] }

    /// A mapping of label names and values. An unquoted number or boolean is the text it is written as.
    static let labels = SettingType(name: "mapping of texts") { value, key, reading in
        guard case .mapping(let mapping) = value.kind else {
            if case .null = value.kind { return [:] }
            reading.refuse(value, of: key, expected: "a mapping such as `{ team: cards }`")
            return nil
        }
        var labels: [String: String] = [:]
        for entry in reading.entries(of: mapping) {
            let name = Quotation.quoted(entry.key)
            if reservedLabels.contains(entry.key) {
                reading.complain(at: entry.mark, "the label \(name) is set by the exporter itself; choose another name")
            } else if entry.key.hasPrefix("__") {
                reading.complain(
                    at: entry.mark,
                    "the label \(name) begins with `__`, which Prometheus keeps for itself"
                )
            } else if !isLabelName(entry.key) {
                reading.complain(
                    at: entry.mark,
                    "the label \(name) must be made of letters, digits and `_`, and not begin with a digit"
                )
            }
            guard !entry.value.isForeign, case .text(let text, _) = entry.value.kind else {
                let came = entry.value.isForeign ? "a tagged value" : entry.value.words
                reading.complain(at: entry.value.mark, "the value of the label \(name) must be a text, not \(came)")
                continue
            }
            labels[entry.key] = text
        }
        return labels
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`, the classic rule of Prometheus.
    private static func isLabelName(_ name: String) -> Bool {
        guard let first = name.first else { return false }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } && !first.isNumber
    }
}
