/// The second net under secrets: no complaint quotes the value of a secret key, and what is known to be secret is
/// taken out of every complaint in the end, wherever it came from (an alias, or a quote that was never closed).
struct Redaction {
    /// A shorter text is not taken out: it would garble words that have nothing to do with it.
    static let shortest = 4

    private var secrets: Set<String> = []

    mutating func hide(_ secret: String) {
        let trimmed = secret.trimmingSpaces()
        if trimmed.unicodeScalars.count >= Self.shortest { secrets.insert(trimmed) }
    }

    func redacted(_ message: String) -> String {
        var message = message
        // The longest first: a secret may be the beginning of another.
        for secret in secrets.sorted(by: { ($1.utf8.count, $1) < ($0.utf8.count, $0) }) {
            message.replace(secret, with: "<redacted>")
            let shown = Quotation.plain(secret)
            if shown != secret { message.replace(shown, with: "<redacted>") }
            message = Self.withoutBeginning(of: shown, in: message)
        }
        return message
    }

    /// A longer word, such as a path that ends in the secret, may be cut within it.
    private static func withoutBeginning(of secret: String, in message: String) -> String {
        let parts = message.split(separator: "…", omittingEmptySubsequences: false)
        let clean = parts.enumerated().map { number, part in
            guard number < parts.count - 1 else { return String(part) }
            var beginning = secret[...]
            while beginning.count > shortest, !part.hasSuffix(beginning) { beginning.removeLast() }
            return part.hasSuffix(beginning) ? part.dropLast(beginning.count) + "<redacted>" : String(part)
        }
        return clean.joined(separator: "…")
    }
}
