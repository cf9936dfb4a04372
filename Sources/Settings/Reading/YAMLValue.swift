import Model
import Yams

/// A YAML value and its place. A value that comes from an alias has the place of its anchor.
struct YAMLValue {
    enum Kind {
        /// An empty value, `~` or `null`.
        case null
        /// The text of a scalar; `isPlain` means without quotes.
        case text(String, isPlain: Bool)
        case list([Node])
        case mapping(Node.Mapping)
    }

    let kind: Kind
    let mark: SourceMark
    /// Whether it has a tag that is not YAML's own, such as `!vault`.
    let isForeign: Bool

    init(_ node: Node) {
        mark = node.mark.map(SourceMark.init) ?? .start
        let tag: String
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            tag = scalar.tag.rawValue
            let isNull =
                isPlain && tag != Tag.Name.str.rawValue && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            kind = isNull ? .null : .text(scalar.string, isPlain: isPlain)
        case .sequence(let sequence):
            tag = sequence.tag.rawValue
            kind = .list(Array(sequence))
        case .mapping(let mapping):
            tag = mapping.tag.rawValue
            kind = .mapping(mapping)
        case .alias:
            // Yams' parser resolves aliases; only its emitter creates this case.
            tag = ""
            kind = .null
        }
        isForeign = !(tag.isEmpty || tag == "!" || tag.hasPrefix("tag:yaml.org,2002:"))
    }

    /// Whether the value is null, an empty text, an empty list or an empty mapping.
    var isBlank: Bool {
        switch kind {
        case .null: true
        case .text(let text, _): text.isEmpty
        case .list(let items): items.isEmpty
        case .mapping(let mapping): mapping.isEmpty
        }
    }

    /// The value in the words of a complaint. Not for secrets, because it quotes a text.
    var words: String {
        switch kind {
        case .null: "nothing"
        case .text(let text, _): text.isEmpty ? "an empty text" : Quotation.quoted(text)
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The kind of the value in the words of a complaint, without a quote.
    var kindWords: String {
        if case .text(let text, _) = kind, !text.isEmpty { "a text" } else { words }
    }
}
