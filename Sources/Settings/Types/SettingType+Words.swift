import Model

extension SettingType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One raw value of an enum.
    static func word() -> SettingType {
        let name = "one of " + Value.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        return SettingType(name: name, yaml: { .text($0.rawValue) }) { value, key, reading in
            reading.word(value, of: key)
        }
    }
}

extension SettingType {
    /// A list of an enum's raw values: at least one, without repetition.
    static func words<Word>() -> SettingType
    where Value == [Word], Word: RawRepresentable & CaseIterable & Hashable, Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        return SettingType(
            name: "list of " + words.map { "`\($0)`" }.joined(separator: ", "),
            yaml: { YAMLText.texts(unlessEmpty: $0.map(\.rawValue)) },
            read: { value, key, reading in
                reading.list(value, of: key, example: words[0]) { entry, reading in reading.word(entry, of: key) }
            }
        )
    }

    /// A set of an enum's raw values, at least one, written as a list.
    static func wordSet<Word>() -> SettingType
    where Value == Set<Word>, Word: RawRepresentable & CaseIterable & Hashable, Word.RawValue == String {
        let list = SettingType<[Word]>.words()
        return SettingType(
            name: list.name,
            yaml: { set in list.yaml(Word.allCases.filter(set.contains)) },
            read: { value, key, reading in list.read(value, key, &reading).map(Set.init) }
        )
    }
}

extension SettingType where Value == [String] {
    /// A list of language codes: at least one, without repetition.
    static let languages = SettingType(
        name: "list of languages",
        yaml: YAMLText.texts(unlessEmpty:)
    ) { value, key, reading in
        reading.texts(
            value,
            of: key,
            example: "en",
            expected: "language codes such as `en` or `pt-BR`, of 2 to 16 letters, digits, `-` and `_`",
            where: isLanguage
        )
    }

    private static func isLanguage(_ text: String) -> Bool {
        (2...16).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}

extension SettingsReading {
    /// Reads a raw value of an enum; the complaint about another text proposes the nearest one.
    mutating func word<Word: RawRepresentable & CaseIterable>(_ value: YAMLValue, of key: String) -> Word?
    where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard case .text(let text, _) = value.kind else {
            refuse(value, of: key, expected: Quotation.choice(words))
            return nil
        }
        if let word = Word(rawValue: text) { return word }
        let remedy = NearestWord.proposal(for: text, among: words)
        refuse(value, of: key, expected: Quotation.choice(words), remedy: remedy)
        return nil
    }

    /// Reads a list of texts: at least one, without repetition, and each as `expected` describes it.
    mutating func texts(
        _ value: YAMLValue,
        of key: String,
        example: String,
        expected: String,
        where isExpected: (String) -> Bool
    ) -> [String]? {
        list(value, of: key, example: example) { entry, reading in
            if case .text(let text, _) = entry.kind, isExpected(text) { return text }
            reading.refuse(entry, of: key, expected: expected)
            return nil
        }
    }

    /// Reads a list: at least one entry, without repetition. `nil` if the list or one of its entries is refused.
    mutating func list<Element: Hashable>(
        _ value: YAMLValue,
        of key: String,
        example: String,
        entry read: (YAMLValue, inout SettingsReading) -> Element?
    ) -> [Element]? {
        guard case .list(let nodes) = value.kind else {
            var shown = example
            if case .text(let text, _) = value.kind, !text.isEmpty { shown = text }
            let form = shown.contains(where: { ",[]{}:#".contains($0) }) ? example : Quotation.plain(shown)
            refuse(value, of: key, expected: "a list", remedy: "write `[\(form)]`")
            return nil
        }
        guard !nodes.isEmpty else {
            complain(
                at: value.mark,
                "`\(key)` is an empty list; name at least one, as in `[\(example)]`, or remove the key"
            )
            return nil
        }
        var elements: [Element] = []
        var isWhole = true
        var marks: [Element: SourceMark] = [:]
        for node in nodes {
            let entry = YAMLValue(node)
            guard visit(at: entry.mark) else { return nil }
            guard let element = read(entry, &self) else {
                isWhole = false
                continue
            }
            if let first = marks[element] {
                complain(
                    at: entry.mark,
                    "\(entry.words) stands twice in `\(key)`, first at \(first.line):\(first.column)"
                )
                isWhole = false
            } else {
                marks[element] = entry.mark
                elements.append(element)
            }
        }
        return isWhole ? elements : nil
    }
}

extension SettingType where Value == [String: String] {
    /// A mapping of label names to values. An unquoted number or boolean is taken as text.
    static let labels = SettingType(name: "mapping of texts", yaml: labelText) { value, key, reading in
        guard case .mapping(let mapping) = value.kind else {
            if case .null = value.kind { return [:] }
            reading.refuse(value, of: key, expected: "a mapping such as `{ team: cards }`")
            return nil
        }
        var labels: [String: String] = [:]
        for entry in reading.entries(of: mapping) {
            let name = Quotation.quoted(entry.key)
            if let complaint = ReservedLabels.complaint(about: entry.key) {
                reading.complain(at: entry.mark, complaint)
            } else if !entry.key.isIdentifier {
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

    private static func labelText(_ labels: [String: String]) -> YAMLText? {
        guard !labels.isEmpty else { return nil }
        return .mapping(labels.sorted { $0.key < $1.key }.map { (JSONString.quoted($0.key), .text($0.value)) })
    }
}

extension String {
    /// Whether the text matches `[a-zA-Z_][a-zA-Z0-9_]*`: Prometheus's classic rule for labels, and the usual one for
    /// environment variables.
    var isIdentifier: Bool {
        guard let first else { return false }
        return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } && !first.isNumber
    }
}

extension SettingType where Value == [NamePattern] {
    /// A list of patterns for names: at least one, without repetition.
    static let patterns = SettingType(
        name: "list of patterns",
        yaml: { YAMLText.texts(unlessEmpty: $0.map(\.text)) }
    ) { value, key, reading in
        let expected = "patterns of names such as `'Support *'`"
        return reading.texts(value, of: key, example: "'Support *'", expected: expected) { !$0.isEmpty }?
            .map(NamePattern.init)
    }
}

/// Names that users' labels may not have, because the exporter or Prometheus uses them.
package enum ReservedLabels {
    /// The labels of the exporter's metrics. A test compares them with the families, which this module cannot import.
    package static let ofExporter: Set = [
        "action", "base_url", "bot", "bot_id", "budget", "code", "collector", "component", "discovery", "endpoint",
        "engine", "export", "field", "handler", "language", "libcurl", "outcome", "part", "reason", "revision", "state",
        "status", "swift", "version", "window",
    ]
    /// The labels of every scraped series, and those of histograms and summaries.
    ///
    /// Source: <https://prometheus.io/docs/concepts/jobs_instances/>,
    /// <https://prometheus.io/docs/instrumenting/exposition_formats/>.
    static let ofPrometheus: Set = ["instance", "job", "le", "quantile"]
    /// The prefixes of Prometheus's internal labels and of those that it renames after a clash.
    ///
    /// Source: <https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config>,
    /// `honor_labels`.
    private static let prefixes = [
        (prefix: "__", why: "which Prometheus keeps for itself"),
        (prefix: "exported_", why: "which Prometheus puts before a label that clashes with one of its own"),
    ]

    /// The complaint about a label's name, with a remedy; `nil` if the name is allowed.
    static func complaint(about name: String) -> String? {
        let quoted = Quotation.quoted(name)
        if ofExporter.contains(name) {
            return "the label \(quoted) is set by the exporter itself; choose another name, such as `my_\(name)`"
        }
        if ofPrometheus.contains(name) {
            return "the label \(quoted) is set by Prometheus itself; choose another name, such as `my_\(name)`"
        }
        return prefixes.first { name.hasPrefix($0.prefix) }.map { prefix, why in
            "the label \(quoted) begins with `\(prefix)`, \(why); choose a name without it"
        }
    }
}
