extension SettingType where Value == [NamePattern] {
    /// A list of patterns of names, at least one, none twice.
    static let patterns = SettingType(name: "list of patterns") { value, key, reading in
        reading.list(value, of: key, example: "'Support *'") { entry, reading in
            guard case .text(let text, _) = entry.kind, !text.isEmpty else {
                reading.refuse(entry, of: key, expected: "patterns of names such as `'Support *'`")
                return nil
            }
            return NamePattern(text)
        }
    }
}
