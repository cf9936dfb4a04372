/// One line of the log, before it has a form.
struct LogLine: Equatable {
    /// In the order in which they are written.
    var fields: [(key: String, value: String)]

    /// Such as `time=2026-11-21T02:15:00.000Z level=info msg="polls succeed again" target=banking/ml_export`.
    ///
    /// Values with a space, quote, equals sign or control character are quoted; so nothing that a reply or a
    /// configuration says can begin a line or a field of its own.
    var logfmt: String {
        fields.map { "\($0.key)=\(Self.needsQuotes($0.value) ? Self.quoted($0.value) : $0.value)" }
            .joined(separator: " ")
    }

    /// The same fields as one JSON object.
    var json: String {
        "{" + fields.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }.joined(separator: ",") + "}"
    }

    private static func needsQuotes(_ text: String) -> Bool {
        text.isEmpty
            || text.unicodeScalars.contains { scalar in
                scalar.value <= 0x20 || isUnsafe(scalar) || scalar == "\"" || scalar == "=" || scalar == "\\"
            }
    }

    /// Quoted as JSON does it, which is also how logfmt's readers unquote.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || isUnsafe(scalar):
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Control characters beyond ASCII's first 32, and those that end a line or turn the direction of writing.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    static func == (left: LogLine, right: LogLine) -> Bool {
        left.logfmt == right.logfmt
    }
}
