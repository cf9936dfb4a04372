extension SettingType {
    /// A mapping with a table of keys. A null value, as when every key is commented out, is an empty mapping.
    static func section(_ table: SettingsTable<Value>) -> SettingType {
        SettingType(name: "mapping", yaml: table.yaml) { value, key, reading in
            switch value.kind {
            case .null: return reading.read(nil, at: value.mark, by: table).section
            case .mapping(let mapping): return reading.read(mapping, at: value.mark, by: table).section
            case .list, .text:
                // Not quoted, because this text may contain anything.
                reading.complain(
                    at: value.mark,
                    "`\(key)` must be a mapping of keys and values, not \(value.kindWords)"
                )
                return nil
            }
        }
    }

    /// A list of mappings, at least one. Gives the entries that are mappings, even if there are complaints.
    ///
    /// - Parameter check: Checks all entries together; `nil` stands for an entry that is not a mapping.
    static func sections<Section>(
        _ table: SettingsTable<Section>,
        example: String,
        check: @escaping @Sendable ([Located<Section>?], inout SettingsReading) -> Void = { _, _ in }
    ) -> SettingType where Value == [Section] {
        SettingType(
            name: "list of mappings",
            yaml: { $0.isEmpty ? nil : .list($0.map(table.yaml)) },
            read: { value, key, reading in
                guard case .list(let nodes) = value.kind else {
                    let remedy = "begin each entry with `- `, as in `- \(example)`"
                    reading.refuse(value, of: key, expected: "a list", remedy: remedy)
                    return nil
                }
                guard !nodes.isEmpty else {
                    reading.complain(
                        at: value.mark,
                        "`\(key)` is an empty list; add at least one entry, as in `- \(example)`"
                    )
                    return nil
                }
                var sections: [Located<Section>?] = []
                for node in nodes {
                    let entry = YAMLValue(node)
                    guard reading.visit(at: entry.mark) else { break }
                    if case .mapping(let mapping) = entry.kind, !entry.isForeign {
                        sections.append(reading.read(mapping, at: entry.mark, by: table))
                    } else {
                        let came = entry.isForeign ? "a tagged value" : entry.kindWords
                        reading.complain(
                            at: entry.mark,
                            "an entry of `\(key)` must be a mapping such as `\(example)`, not \(came)"
                        )
                        sections.append(nil)
                    }
                }
                check(sections, &reading)
                return sections.compactMap { $0?.section }
            }
        )
    }
}
