/// Makes words from outside fit for a log, a page or an error: one line, printable, short, and free of what looks like
/// a token or a secret.
enum PrintableText {
    /// - Parameters:
    ///   - text: Anything.
    ///   - limit: The most characters the result may have; what is longer ends in an ellipsis.
    static func of(_ text: String, limit: Int) -> String {
        // A secret that begins within the limit must be seen far enough to be told as one.
        let windowed = text.unicodeScalars.prefix(limit + 1024)
        let line = withoutSecrets(singleLine(windowed))
        guard line.count > limit else { return line }
        return String(line.prefix(max(limit - 1, 0))) + "…"
    }

    /// - Parameters:
    ///   - bytes: A body of any kind.
    ///   - limit: The most characters the result may have.
    static func of(_ bytes: [UInt8], limit: Int) -> String {
        of(String(decoding: bytes.prefix(4 * (limit + 1024)), as: UTF8.self), limit: limit)
    }

    /// White space and control characters become single spaces; what has no form of its own is dropped.
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
            kept += looksSecret(run) ? "<redacted>" : run
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

    /// Whether a run of token characters is a JWT, base64 of some length, or a long key of letters and digits. The
    /// platform's ids (`st-` and a UUID) and words in one letter case are none of these.
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
