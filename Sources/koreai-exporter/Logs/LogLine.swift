/// One line of the log, before it has a form.
struct LogLine: Equatable {
    /// In the order in which they are written.
    var fields: [(key: String, value: String)]

    /// Such as `time=2026-11-21T02:15:00.000Z level=info msg="polls succeed again" target=banking/ml_export`.
    ///
    /// Values with a space, quote, equals sign or control character are quoted; so nothing that a reply or a
    /// configuration says can begin a line or a field of its own.
    var logfmt: String {
        fields.map { "\($0.key)=\(Self.needsQuotes($0.value) ? JSONString.quoted($0.value) : $0.value)" }
            .joined(separator: " ")
    }

    /// The same fields as one JSON object.
    var json: String {
        "{" + fields.map { "\(JSONString.quoted($0.key)):\(JSONString.quoted($0.value))" }.joined(separator: ",") + "}"
    }

    private static func needsQuotes(_ text: String) -> Bool {
        text.isEmpty
            || text.unicodeScalars.contains { scalar in
                scalar == " " || scalar == "\"" || scalar == "=" || scalar == "\\" || JSONString.mustBeEscaped(scalar)
            }
    }

    static func == (left: LogLine, right: LogLine) -> Bool {
        left.logfmt == right.logfmt
    }
}
