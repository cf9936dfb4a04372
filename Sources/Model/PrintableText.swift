/// Makes text from outside safe for a log, a page or an error: one short printable line, without anything that looks
/// like a token or a secret.
package enum PrintableText {
    private static let redacted = "<redacted>"

    /// One printable line of a text, without secrets.
    ///
    /// - Parameter limit: The greatest number of characters. Longer text is cut and ends in an ellipsis.
    package static func of(_ text: String, limit: Int) -> String {
        // A secret that begins within the limit is recognized only if enough of it is read.
        let windowed = text.unicodeScalars.prefix(limit + 1024)
        let line = withoutSecrets(singleLine(windowed))
        guard line.count > limit else { return line }
        return String(line.prefix(max(limit - 1, 0))) + "…"
    }

    /// The text with links redacted, because some are secrets: the link of an export's file is all that is needed to
    /// download it.
    ///
    /// - Parameter secret: A secret that the text may repeat, which is redacted too.
    package static func withoutLinks(_ text: String, secret: Secret? = nil) -> String {
        let hidden = secret.map { $0.reveal() } ?? ""
        let known = hidden.isEmpty ? text : text.replacing(hidden, with: redacted)
        return known.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\n" || $0 == "\t" }
            .map { looksLikeLink($0) ? redacted : String($0) }
            .joined(separator: " ")
    }

    /// Whether a word has a scheme, begins a host with `www.`, or is a path whose last part looks generated: it has a
    /// query, or 24 bytes or more with a digit.
    private static func looksLikeLink(_ word: Substring) -> Bool {
        if word.contains("://") || word.contains(":\\/") || word.lowercased().contains("www.") { return true }
        let parts = word.split(separator: "/")
        guard parts.count > 1, let last = parts.last else { return false }
        return last.contains("?") || last.utf8.count >= 24 && last.contains(where: \.isNumber)
    }

    /// One printable line of a body of any kind, without secrets.
    ///
    /// - Parameter limit: The greatest number of characters. Longer text is cut and ends in an ellipsis.
    package static func of(_ bytes: [UInt8], limit: Int) -> String {
        of(String(decoding: bytes.prefix(4 * (limit + 1024)), as: UTF8.self), limit: limit)
    }

    /// The text with each run of white space and control characters turned into one space, and without scalars that
    /// have no visible form of their own.
    private static func singleLine(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var line = String.UnicodeScalarView()
        var spaceIsDue = false
        for scalar in scalars {
            switch scalar.properties.generalCategory {
            case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator:
                spaceIsDue = !line.isEmpty
            case .format, .surrogate, .privateUse, .unassigned:
                continue
            default:
                if spaceIsDue { line.append(" ") }
                spaceIsDue = false
                line.append(scalar)
            }
        }
        return String(line)
    }

    private static func withoutSecrets(_ line: String) -> String {
        var kept = ""
        var run = ""
        func closeRun() {
            kept += looksSecret(run) ? redacted : run
            run = ""
        }
        for character in line {
            if character.isTokenCharacter {
                run.append(character)
            } else {
                closeRun()
                kept.append(character)
            }
        }
        closeRun()
        return kept
    }

    /// Whether a run of token characters looks like a JWT, base64 of 24 bytes or more, or a key of 32 letters and
    /// digits or more. The platform's ids (`st-` and a UUID) and words in one letter case do not.
    private static func looksSecret(_ run: String) -> Bool {
        if run.utf8.count >= 12, run.contains("eyJ") { return true }
        guard run.utf8.count >= 24, run.contains(where: \.isNumber) else { return false }
        let hasUpper = run.contains(where: \.isUppercase)
        let hasLower = run.contains(where: \.isLowercase)
        if hasUpper && hasLower { return true }
        return run.utf8.count >= 32 && (hasUpper || hasLower) && run.allSatisfy { $0.isLetter || $0.isNumber }
    }
}

extension Character {
    fileprivate var isTokenCharacter: Bool {
        guard let byte = asciiValue else { return false }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "%"):
            return true
        default:
            return false
        }
    }
}

extension String {
    /// The text without the spaces, tabs and line ends around it.
    package var trimmed: String {
        guard let first = utf8.first, let last = utf8.last, first.isSpace || last.isSpace else { return self }
        let view = utf8
        guard let start = view.firstIndex(where: { !$0.isSpace }), let end = view.lastIndex(where: { !$0.isSpace })
        else {
            return ""
        }
        return String(self[start...end])
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool {
        self == UInt8(ascii: " ") || (0x09...0x0D).contains(self)
    }
}

extension String {
    /// The finite decimal number that the whole text is; `nil` for any other text.
    package var decimalNumber: Double? {
        guard isDecimalNumber, let value = Double(self), value.isFinite else { return nil }
        return value
    }

    /// Whether the text has only characters of a decimal number. To be asked before `Double.init` or `Int64.init` reads
    /// the text, because `Double.init` also accepts `nan`, `inf` and `0x1p3`.
    package var isDecimalNumber: Bool {
        utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
    }
}
