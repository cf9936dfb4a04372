import Model

/// A part of a YAML document that is to be written. Texts are quoted as JSON strings, which YAML reads alike.
package indirect enum YAMLText: Sendable {
    case text(String)
    /// A number, a boolean or a duration.
    case plain(String)
    /// On one line.
    case words([YAMLText])
    /// An entry for each item.
    case list([YAMLText])
    /// In this order.
    case mapping([(key: String, value: YAMLText?)])

    /// The whole configuration with every default filled in, and `<redacted>` for each secret: a file that
    /// `check-config` reads, but for tokens that came from the environment and passwords of a proxy.
    package init(_ settings: Settings) {
        self = Settings.table.yaml(settings)
    }

    /// A document, which ends in a line feed.
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

    /// On one line, in flow style.
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

    /// As the reference writes a default, without quotes; `nil` for what does not stand on one line.
    var unquoted: String? {
        switch self {
        case .text(let text), .plain(let text): text
        case .words(let words): "[" + words.compactMap(\.unquoted).joined(separator: ", ") + "]"
        case .list, .mapping: nil
        }
    }
}

/// What stands for nothing is not written: an empty text or list would be an error.
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
