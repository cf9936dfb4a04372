import Testing

/// A text and all that is complained about, in order, each as `LINE:COLUMN: message`.
struct ComplaintCase: Sendable, CustomTestStringConvertible {
    var yaml: String
    var complaints: [String]

    init(_ yaml: String, _ complaints: String...) {
        self.yaml = yaml
        self.complaints = complaints
    }

    /// Inside a bot of an otherwise valid file; the text begins at 4:5.
    static func bot(_ yaml: String, _ complaints: String...) -> ComplaintCase {
        var result = ComplaintCase(credential + "bots:\n  - { name: a, id: b }\n  - " + yaml)
        result.complaints = complaints
        return result
    }

    /// As the only credential of an otherwise valid file; the text begins at 3:5.
    static func credential(_ yaml: String, _ complaints: String...) -> ComplaintCase {
        var result = ComplaintCase("bots: [{ name: a, id: b, credential: main }]\ncredentials:\n  - " + yaml)
        result.complaints = complaints
        return result
    }

    /// Beside what makes a file valid; the text begins at 3:1.
    static func top(_ yaml: String, _ complaints: String...) -> ComplaintCase {
        var result = ComplaintCase(credential + "bots: [{ name: a, id: b }]\n" + yaml)
        result.complaints = complaints
        return result
    }

    /// One line.
    static let credential = "credentials: [{ name: main, client_id: cs, client_secret: inline-9182 }]\n"

    var testDescription: String { String(yaml.suffix(80)) }
}
