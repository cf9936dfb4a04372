import Model

/// Removes known secrets from every complaint. It is the second protection: no complaint quotes the value of a secret
/// key, but a secret can come in by an alias, or by a quote that was never closed.
struct Redaction {
    /// In Unicode scalars. A shorter text stays: removing it would garble unrelated words.
    static let shortest = 4

    private var secrets: Set<String> = []

    mutating func hide(_ secret: String) {
        let trimmed = secret.trimmingSpaces()
        if trimmed.unicodeScalars.count >= Self.shortest { secrets.insert(trimmed) }
    }

    func redacted(_ message: String) -> String {
        var message = message
        // The longest first, because a secret may be the beginning of another one.
        for secret in secrets.sorted(by: { ($1.utf8.count, $1) < ($0.utf8.count, $0) }) {
            message.replace(secret, with: "<redacted>")
            let shown = Quotation.plain(secret)
            if shown != secret { message.replace(shown, with: "<redacted>") }
            message = Self.withoutBeginning(of: shown, in: message)
        }
        return message
    }

    /// Removes the beginning of a secret before an `…`: a longer word, such as a path, may be cut inside the secret.
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

extension Redaction {
    /// Collects likely secrets from a text that need not be valid YAML: the values of keys such as `client_secret`, and
    /// the users and passwords of URLs.
    mutating func hideSecrets(in text: String) {
        // A longer text is not parsed, and the complaint about it quotes nothing.
        guard text.utf8.count <= YAMLLimits.bytes else { return }
        let bytes = Array(text.utf8)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let signs = Self.signs(in: line)
            if signs.hasAddress { hideUserinfo(in: String(decoding: line, as: UTF8.self)) }
            if signs.hasSecretWord { hideValues(in: String(decoding: line, as: UTF8.self)) }
        }
    }

    /// Whether a line may hold a secret. It takes one pass over the bytes, because nearly no line does.
    private static func signs(in line: ArraySlice<UInt8>) -> (hasAddress: Bool, hasSecretWord: Bool) {
        var hasAddress = false
        var hasSecretWord = false
        for index in line.indices where !hasSecretWord || !hasAddress {
            switch line[index] {
            case UInt8(ascii: "s"), UInt8(ascii: "S"): hasSecretWord = hasSecretWord || holds(line, secret, at: index)
            case UInt8(ascii: "t"), UInt8(ascii: "T"): hasSecretWord = hasSecretWord || holds(line, token, at: index)
            case UInt8(ascii: "p"), UInt8(ascii: "P"): hasSecretWord = hasSecretWord || holds(line, password, at: index)
            case UInt8(ascii: "@"): hasAddress = true
            default: break
            }
        }
        return (hasAddress, hasSecretWord)
    }

    private static let secret = Array("secret".utf8)
    private static let token = Array("token".utf8)
    private static let password = Array("password".utf8)

    /// Whether `word` stands at `start`, in any case of its ASCII letters.
    private static func holds(_ line: ArraySlice<UInt8>, _ word: [UInt8], at start: Int) -> Bool {
        guard line.endIndex - start >= word.count else { return false }
        for offset in word.indices where line[start + offset] | 0x20 != word[offset] { return false }
        return true
    }

    /// Collects the user and password of `scheme://user:password@host`, also in a malformed URL.
    private mutating func hideUserinfo(in line: String) {
        guard let at = line.lastIndex(of: "@") else { return }
        let word = line[..<at].split(whereSeparator: { $0.isWhitespace || $0 == "\"" || $0 == "'" }).last ?? ""
        for part in word.split(whereSeparator: { $0 == ":" || $0 == "/" }) where !Self.schemes.contains(String(part)) {
            hide(String(part))
        }
    }

    private static let schemes: Set<String> = ["http", "https", "socks5"]

    /// Collects the value of `client_secret: value`, in block or flow style.
    private mutating func hideValues(in line: String) {
        for piece in line.split(whereSeparator: { $0 == "{" || $0 == "," }) + [line[...]] {
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
