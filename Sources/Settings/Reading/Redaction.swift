/// The second net under secrets: no complaint quotes the value of a secret key, and what is known to be secret is
/// taken out of every complaint in the end, wherever it came from (an alias, or a quote that was never closed).
struct Redaction {
    /// A shorter text is not taken out: it would garble words that have nothing to do with it.
    static let shortest = 4

    private var secrets: Set<String> = []

    /// Finds what looks like a secret in the text itself, which need not be valid YAML: the values of keys such as
    /// `client_secret`, and the password of an address.
    init(text: String = "") {
        for line in text.split(whereSeparator: \.isNewline) where line.utf8.count <= 65_536 {
            findPasswords(in: line)
            findValues(in: line)
        }
    }

    mutating func hide(_ secret: String) {
        let trimmed = secret.trimmingSpaces()
        if trimmed.unicodeScalars.count >= Self.shortest { secrets.insert(trimmed) }
    }

    func redacted(_ message: String) -> String {
        var message = message
        // The longest first: a secret may be the beginning of another.
        for secret in secrets.sorted(by: { ($1.utf8.count, $1) < ($0.utf8.count, $0) }) {
            message = message.replacing(secret, with: "<redacted>")
            let shown = Quotation.plain(secret)
            if shown != secret { message = message.replacing(shown, with: "<redacted>") }
        }
        return message
    }

    /// `scheme://user:password@host`.
    private mutating func findPasswords(in line: Substring) {
        guard line.contains("://"), let at = line.lastIndex(of: "@") else { return }
        for start in line.ranges(of: "://") where start.upperBound < at {
            let user = line[start.upperBound..<at]
            hide(String(user))
            for part in user.split(separator: ":") { hide(String(part)) }
        }
    }

    /// `client_secret: value`, in block or flow style.
    private mutating func findValues(in line: Substring) {
        let lowercased = line.lowercased()
        guard ["secret", "token", "password"].contains(where: lowercased.contains) else { return }
        for piece in line.split(whereSeparator: { "{,".contains($0) }) + [line] {
            guard let colon = piece.firstIndex(of: ":") else { continue }
            let key = piece[..<colon].lowercased().filter { $0.isLetter || $0 == "_" }
            guard ["secret", "token", "password"].contains(where: key.contains),
                !["_file", "_env", "_lifetime"].contains(where: key.hasSuffix)
            else { continue }
            let value = piece[piece.index(after: colon)...]
            for ending in [nil, "}", " #"] as [String?] {
                let end = ending.flatMap { value.firstRange(of: $0)?.lowerBound } ?? value.endIndex
                let text = String(value[..<end]).trimmingSpaces()
                hide(text)
                hide(text.filter { $0 != "\"" && $0 != "'" })
            }
        }
    }
}
