package import Curl
import Model

/// What went over the wire in one call, for finding faults. It holds secrets: only ``shownRequest`` and
/// ``shownBody`` are for people.
package struct Exchange: Sendable {
    private let method: String
    private let url: String
    private let token: Secret
    var body: [UInt8] = []
    /// The timings of the transfer, as far as it got.
    package internal(set) var timings = TransferTimings()

    init(method: String, url: String, token: Secret) {
        self.method = method
        self.url = url
        self.token = token
    }

    /// The method, the path and the query; no host, which the configuration has, and no header.
    package var shownRequest: String {
        guard let scheme = url.firstRange(of: "://") else { return method }
        let rest = url[scheme.upperBound...]
        return "\(method) \(rest.firstIndex(of: "/").map { rest[$0...] } ?? "/")"
    }

    /// The reply's body without tokens, secrets and links; see ``ShownReply``.
    package var shownBody: String {
        ShownReply.text(of: body, token: token)
    }
}

/// A reply's body as it may be shown to people.
///
/// JSON is written anew, one member a line, without the values of members that are called as secrets, tokens and links
/// are, and without texts that look like one of these, whatever they are called. Anything else is shown by how it begins.
struct ShownReply {
    private static let mostLines = 400
    private static let mostDepth = 32
    private static let mostCharacters = 300
    private static let redacted = "<redacted>"
    /// Parts of the names of members whose values are not shown, in lower case.
    private static let secretNames = [
        "token", "secret", "password", "passwd", "jwt", "auth", "credential", "cookie", "session", "signature", "key",
        "url", "uri", "link", "download",
    ]

    private let token: Secret
    private var lines: [String] = []
    private var isCut = false

    /// - Parameter token: Was sent with the request: a server might repeat it.
    static func text(of body: [UInt8], token: Secret) -> String {
        guard !body.isEmpty else { return "(no body)" }
        var shown = ShownReply(token: token)
        var reader = JSONReader(body)
        do {
            try shown.write(&reader, indent: "", key: "", isHidden: false)
            try reader.end()
        } catch {
            return "(\(body.count) bytes that are not JSON) "
                + shown.safe(String(decoding: body.prefix(4096), as: UTF8.self))
        }
        if shown.isCut { shown.lines.append("(more)") }
        return shown.lines.joined(separator: "\n")
    }

    private init(token: Secret) {
        self.token = token
    }

    private mutating func write(
        _ reader: inout JSONReader,
        indent: String,
        key: String,
        isHidden: Bool
    ) throws(JSONSyntaxError) {
        let isDeep = indent.utf8.count >= Self.mostDepth * 2
        if !isDeep, reader.beginObject() {
            add(indent + key + "{")
            while let name = try reader.nextKey() {
                let lowered = name.lowercased()
                let isSecret = isHidden || Self.secretNames.contains { lowered.contains($0) }
                try write(
                    &reader,
                    indent: indent + "  ",
                    key: "\"\(safe(name))\": ",
                    isHidden: isSecret
                )
            }
            add(indent + "}")
        } else if !isDeep, reader.beginArray() {
            add(indent + key + "[")
            while try reader.hasNextElement() {
                try write(&reader, indent: indent + "  ", key: "", isHidden: isHidden)
            }
            add(indent + "]")
        } else {
            add(indent + key + text(of: try reader.scalar(), isHidden: isHidden))
        }
    }

    private func text(of scalar: JSONScalar, isHidden: Bool) -> String {
        switch scalar {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text), .word(let text): isHidden ? Self.redacted : safe(text)
        case .string(let text): isHidden && !text.isEmpty ? "\"\(Self.redacted)\"" : "\"\(safe(text))\""
        case .object: "{…}"
        case .array: "[…]"
        }
    }

    /// On one line, without links and what looks like a secret.
    private func safe(_ text: String) -> String {
        PrintableText.of(PrintableText.withoutLinks(text, secret: token), limit: Self.mostCharacters)
    }

    private mutating func add(_ line: String) {
        if lines.count < Self.mostLines { lines.append(line) } else { isCut = true }
    }
}
