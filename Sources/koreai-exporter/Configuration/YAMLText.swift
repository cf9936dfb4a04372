/// A part of a YAML document that is to be written. Texts are quoted as JSON strings, which YAML reads alike.
indirect enum YAMLText {
    case text(String)
    /// A number, a boolean or a duration.
    case plain(String)
    /// On one line.
    case words([YAMLText])
    /// An entry for each item.
    case list([YAMLText])
    /// In this order.
    case mapping([(key: String, value: YAMLText?)])

    static func texts(_ texts: [String]) -> YAMLText { .words(texts.map { .text($0) }) }

    /// A document, which ends in a line feed.
    var document: String {
        lines.joined(separator: "\n") + "\n"
    }

    private var lines: [String] {
        switch self {
        case .text, .plain, .words: [inline]
        case .list(let items):
            items.flatMap { item in
                item.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
            }
        case .mapping(let members):
            members.flatMap { key, value -> [String] in
                guard let value else { return [] }
                switch value {
                case .text, .plain, .words: return ["\(key): \(value.inline)"]
                case .list, .mapping: return ["\(key):"] + value.lines.map { "  " + $0 }
                }
            }
        }
    }

    private var inline: String {
        switch self {
        case .text(let text): JSONString.quoted(text)
        case .plain(let text): text
        case .words(let words): "[" + words.map(\.inline).joined(separator: ", ") + "]"
        case .list, .mapping: ""
        }
    }
}
