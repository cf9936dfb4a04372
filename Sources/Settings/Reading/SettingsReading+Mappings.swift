import Model
import Yams

extension SettingsReading {
    /// One key of a mapping and its value.
    struct Entry {
        var key: String
        var mark: SourceMark
        var value: YAMLValue
    }

    /// The entries of a mapping in the order of the file. Those that `<<` brings in come last, and only for keys that
    /// the mapping does not have. Complains about repeated keys and about keys that are not plain text.
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

    /// Adds the entries that `<<: *anchor` or `<<: [*one, *other]` brings in; existing keys win.
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
}
