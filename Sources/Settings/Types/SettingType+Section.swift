/// A draft of a section that a table of keys fills.
protocol SectionDraft: Sendable {
    init()
    static var keys: [SettingKey<Self>] { get }
    /// Names the section in complaints, as in "unknown key `x` in a bot".
    static var section: String { get }
}

extension SettingType where Value: SectionDraft {
    /// A mapping with a table of keys. Nothing at all, as when every key is commented out, is an empty one.
    static var section: SettingType {
        SettingType(name: "mapping") { value, key, reading in
            switch value.kind {
            case .null: return Value()
            case .mapping(let mapping):
                var draft = Value()
                reading.read(mapping, into: &draft, keys: Value.keys, section: Value.section)
                return draft
            case .list, .text:
                // Not quoted: a section that is written as a text may hold anything.
                reading.complain(
                    at: value.mark,
                    "`\(key)` must be a mapping of keys and values, not \(value.kindWords)"
                )
                return nil
            }
        }
    }
}

extension SettingType {
    /// A list of mappings, at least one. The entries that could be read are given even where others were refused.
    static func sections<Draft: SectionDraft>(example: String) -> SettingType where Value == [Located<Draft>] {
        SettingType(name: "list of mappings") { value, key, reading in
            guard case .list(let nodes) = value.kind else {
                reading.refuse(
                    value,
                    of: key,
                    expected: "a list",
                    remedy: "begin each entry with `- `, as in `- \(example)`"
                )
                return nil
            }
            guard !nodes.isEmpty else {
                reading.complain(
                    at: value.mark,
                    "`\(key)` is an empty list; add at least one entry, as in `- \(example)`"
                )
                return nil
            }
            var drafts: [Located<Draft>] = []
            for node in nodes {
                let entry = YAMLValue(node)
                guard reading.visit(at: entry.mark) else { break }
                guard case .mapping(let mapping) = entry.kind, !entry.isForeign else {
                    let came = entry.isForeign ? "a tagged value" : entry.kindWords
                    reading.complain(
                        at: entry.mark,
                        "an entry of `\(key)` must be a mapping such as `\(example)`, not \(came)"
                    )
                    drafts.append(Located(nil, at: entry.mark))
                    continue
                }
                var draft = Draft()
                reading.read(mapping, into: &draft, keys: Draft.keys, section: Draft.section)
                drafts.append(Located(draft, at: entry.mark))
            }
            return drafts
        }
    }
}
