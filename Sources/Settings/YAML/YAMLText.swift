import Model

/// A part of a YAML document to write. Texts are quoted as JSON strings, which are valid YAML.
package indirect enum YAMLText: Sendable {
    case text(String)
    /// A number, a boolean or a duration, without quotes.
    case plain(String)
    /// A list on one line.
    case words([YAMLText])
    /// A list that begins a line for each item.
    case list([YAMLText])
    /// The keys in this order; those without a value are left out.
    case mapping([(key: String, value: YAMLText?)])

    /// The whole configuration with all defaults, and `<redacted>` for each secret. `check-config` can read it, except
    /// for tokens from the environment and passwords of a proxy.
    package init(_ settings: Settings) {
        self = Settings.table.yaml(settings)
    }

    /// The whole document, which ends in a line feed.
    package var document: String {
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

    /// The value on one line, in flow style.
    var inline: String {
        switch self {
        case .text(let text): JSONString.quoted(text)
        case .plain(let text): text
        case .words(let items), .list(let items): "[" + items.map(\.inline).joined(separator: ", ") + "]"
        case .mapping(let members):
            "{" + members.compactMap { key, value in value.map { "\(key): \($0.inline)" } }.joined(separator: ", ")
                + "}"
        }
    }

    /// The value as a default in the reference, without quotes; `nil` if it does not fit on one line.
    var unquoted: String? {
        switch self {
        case .text(let text), .plain(let text): text
        case .words(let words): "[" + words.compactMap(\.unquoted).joined(separator: ", ") + "]"
        case .list, .mapping: nil
        }
    }
}

/// An empty text or list is not written, because reading it back would be an error.
extension YAMLText {
    static func text(unlessEmpty text: String) -> YAMLText? {
        text.isEmpty ? nil : .text(text)
    }

    static func texts(unlessEmpty texts: [String]) -> YAMLText? {
        texts.isEmpty ? nil : .words(texts.map { .text($0) })
    }

    static func secret(_ secret: Secret) -> YAMLText? {
        secret.isEmpty ? nil : .text("<redacted>")
    }
}
