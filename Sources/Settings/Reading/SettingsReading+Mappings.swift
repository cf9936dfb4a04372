import Model
import Yams

extension SettingsReading {
    /// One key of a mapping and its value.
    struct Entry {
        var key: String
        var mark: SourceMark
        var value: YAMLValue
    }

    /// Reads a mapping by its table of keys, complaining about the keys that are not in the table.
    ///
    /// - Parameter section: Names the mapping in complaints: "`http`", "a bot".
    mutating func read<Draft>(
        _ mapping: Node.Mapping,
        into draft: inout Draft,
        keys: [SettingKey<Draft>],
        section: String
    ) {
        for entry in entries(of: mapping) {
            if let key = keys.first(where: { $0.name == entry.key }) {
                key.read(entry.value, &draft, &self)
            } else {
                complainAboutKey(entry, known: keys.map(\.name), section: section)
            }
        }
    }

    /// The keys of a mapping in the order of the file, those of `<<` last and only where the mapping does not have
    /// them itself. Complains about repeated keys and about keys that are not plain text.
    mutating func entries(of mapping: Node.Mapping, depth: Int = 0) -> [Entry] {
        var entries: [Entry] = []
        var merged: [Node] = []
        var firstMarks: [String: SourceMark] = [:]
        for (key, node) in mapping {
            let mark = key.mark.map(SourceMark.init) ?? .start
            guard visit(at: mark) else { return entries }
            guard case .scalar(let scalar) = key else {
                complain(at: mark, "a key must be plain text, as in `key: value`")
                continue
            }
            let text = repeatedKeys[mark] ?? scalar.string
            if let first = firstMarks[text] {
                let place = "\(first.line):\(first.column)"
                complain(
                    at: mark,
                    "duplicate key \(Quotation.quoted(text)); it already stands at \(place); keep one of the two"
                )
                continue
            }
            firstMarks[text] = mark
            if text == "<<", scalar.style == .plain {
                merged.append(node)
            } else {
                entries.append(Entry(key: text, mark: mark, value: YAMLValue(node)))
            }
        }
        for node in merged { merge(node, into: &entries, depth: depth + 1) }
        return entries
    }

    /// Adds what `<<: *anchor` or `<<: [*one, *other]` brings in; what is there already wins.
    private mutating func merge(_ node: Node, into entries: inout [Entry], depth: Int) {
        let value = YAMLValue(node)
        guard depth <= YAMLLimits.mergeDepth else {
            complain(at: value.mark, "`<<` is nested more than \(YAMLLimits.mergeDepth) times")
            return
        }
        let sources: [Node]
        switch value.kind {
        case .mapping: sources = [node]
        case .list(let list): sources = list
        case .null, .text:
            complain(at: value.mark, "`<<` must be an alias of a mapping, as in `<<: *shared`, not \(value.words)")
            return
        }
        var known = Set(entries.map(\.key))
        for source in sources {
            guard case .mapping(let mapping) = source else {
                let part = YAMLValue(source)
                complain(at: part.mark, "`<<` must be an alias of a mapping, as in `<<: *shared`, not \(part.words)")
                continue
            }
            for entry in self.entries(of: mapping, depth: depth) where known.insert(entry.key).inserted {
                entries.append(entry)
            }
        }
    }

    private mutating func complainAboutKey(_ entry: Entry, known: [String], section: String) {
        let key = Quotation.quoted(entry.key)
        let remedy: String
        let homes = sections.filter { $0.keys.contains(entry.key) }.map(\.name).filter { $0 != section }
        if !homes.isEmpty {
            remedy = "it belongs in \(homes.joined(separator: " or "))"
        } else if let nearest = NearestWord.nearest(to: entry.key, among: known) {
            remedy = "did you mean `\(nearest)`?"
        } else {
            remedy = "the keys are \(Quotation.list(known))"
        }
        complain(at: entry.mark, "unknown key \(key) in \(section); \(remedy)")
    }
}

extension SettingsReading {
    /// Reads the root. Its keys that begin with `x-` are the place for anchors and are not read.
    mutating func read(withoutExtensions mapping: Node.Mapping, into draft: inout FileDraft) {
        for entry in entries(of: mapping) where !entry.key.hasPrefix("x-") {
            if let key = FileDraft.keys.first(where: { $0.name == entry.key }) {
                key.read(entry.value, &draft, &self)
            } else {
                complainAboutKey(entry, known: FileDraft.keys.map(\.name), section: FileDraft.section)
            }
        }
    }
}

/// One row of a table of keys: what a section reads, what it proposes for a mistyped key, and what
/// ``SettingsReference`` says about it.
struct SettingKey<Draft: Sendable>: Sendable {
    let name: String
    /// The type as the reference names it.
    let type: String
    /// The default as the reference gives it; `nil` where the key is required or has none.
    let standard: String?
    /// One sentence or two in Markdown.
    let meaning: String
    let read: @Sendable (YAMLValue, inout Draft, inout SettingsReading) -> Void

    init<Value>(
        _ name: String,
        _ type: SettingType<Value>,
        into path: any WritableKeyPath<Draft, Given<Value>> & Sendable,
        default standard: String? = nil,
        _ meaning: String
    ) {
        self.name = name
        self.type = type.name
        self.standard = standard
        self.meaning = meaning
        read = { value, draft, reading in
            draft[keyPath: path] = reading.read(value, as: type, of: name)
        }
    }

    private init(
        name: String,
        type: String,
        standard: String?,
        meaning: String,
        read: @escaping @Sendable (YAMLValue, inout Draft, inout SettingsReading) -> Void
    ) {
        self.name = name
        self.type = type
        self.standard = standard
        self.meaning = meaning
        self.read = read
    }

    /// The same key as part of a larger section.
    func lifted<Whole>(
        _ path: any WritableKeyPath<Whole, Draft> & Sendable
    ) -> SettingKey<Whole> {
        SettingKey<Whole>(name: name, type: type, standard: standard, meaning: meaning) { value, whole, reading in
            read(value, &whole[keyPath: path], &reading)
        }
    }
}
