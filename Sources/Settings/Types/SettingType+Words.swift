extension SettingType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One word of a set.
    static func word() -> SettingType {
        let words = Value.allCases.map(\.rawValue)
        return SettingType(name: "one of " + words.map { "`\($0)`" }.joined(separator: ", ")) { value, key, reading in
            reading.word(value, of: key)
        }
    }
}

extension SettingType {
    /// A list of words of a set, at least one, none twice.
    static func words<Word>() -> SettingType
    where Value == [Word], Word: RawRepresentable & CaseIterable & Hashable, Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        return SettingType(name: "list of " + words.map { "`\($0)`" }.joined(separator: ", ")) { value, key, reading in
            reading.list(value, of: key, example: words[0]) { entry, reading in
                reading.word(entry, of: key)
            }
        }
    }

    /// A list of language codes, at least one, none twice.
    static var languages: SettingType<[String]> {
        SettingType<[String]>(name: "list of languages") { value, key, reading in
            reading.list(value, of: key, example: "en") { entry, reading in
                guard case .text(let text, _) = entry.kind, Self.isLanguage(text) else {
                    reading.refuse(
                        entry,
                        of: key,
                        expected: "language codes such as `en` or `pt-BR`, of 2 to 16 letters, digits, `-` and `_`"
                    )
                    return nil
                }
                return text
            }
        }
    }

    private static func isLanguage(_ text: String) -> Bool {
        (2...16).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}

extension SettingsReading {
    /// One word of a set, or a complaint with the nearest.
    mutating func word<Word: RawRepresentable & CaseIterable>(_ value: YAMLValue, of key: String) -> Word?
    where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard case .text(let text, _) = value.kind else {
            refuse(value, of: key, expected: Quotation.choice(words))
            return nil
        }
        if let word = Word(rawValue: text) { return word }
        let nearest = NearestWord.nearest(to: text, among: words)
        refuse(value, of: key, expected: Quotation.choice(words), remedy: nearest.map { "did you mean `\($0)`?" })
        return nil
    }

    /// The entries of a list: at least one, none twice. `nil` where the list or one of its entries was refused.
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
