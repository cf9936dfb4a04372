import Model

/// An error body of the platform.
///
/// Usual is `{"errors":[{"msg":"…","code":4002}]}`. Also met: `message` for `msg`, a text for the code, the same fields
/// at the top, and `{"status":"Error","message":…}`.
struct PlatformError: Hashable {
    /// The platform's number or word, such as `4002` or `ValidationError`. May hold anything.
    private(set) var code: String?
    /// The message as it came; it may hold anything.
    private(set) var message: String?
    /// Whether the body is an error by its shape, whatever the HTTP status: a filled `errors` or `error`, or the status
    /// `Error`.
    private(set) var isErrorByShape = false

    /// `errors` inside `error` inside … : no deeper than any body that was ever seen, and safe for the stack.
    private static let deepest = 4

    /// - Returns: `nil` where the body is not an object of JSON or has neither a message nor a code.
    init?(body: [UInt8]) {
        var reader = JSONReader(body)
        guard reader.beginObject() else { return nil }
        do {
            try readFields(of: &reader, depth: 1)
        } catch {
            // What stood before the damage may still say why.
        }
        guard code != nil || message != nil else { return nil }
    }

    /// The code where it is a number.
    var number: Int? { code.flatMap { Int($0) } }

    private mutating func readFields(of reader: inout JSONReader, depth: Int) throws(JSONSyntaxError) {
        while let key = try reader.nextKey() {
            switch key {
            case "errors", "error":
                try readErrors(of: &reader, depth: depth)
            case "msg", "message":
                noteMessage(try reader.scalar())
            case "code", "statusCode":
                if let text = try reader.scalar().text, code == nil { code = text }
            case "status":
                if let text = try reader.scalar().text, StatusWord.letters(of: text) == "error" {
                    isErrorByShape = true
                }
            default:
                try reader.skip()
            }
        }
    }

    /// The first error that says anything counts.
    private mutating func readErrors(of reader: inout JSONReader, depth: Int) throws(JSONSyntaxError) {
        guard depth < Self.deepest else { return try reader.skip() }
        if reader.beginObject() {
            isErrorByShape = true
            try readFields(of: &reader, depth: depth + 1)
        } else if reader.beginArray() {
            while try reader.hasNextElement() { try readErrors(of: &reader, depth: depth + 1) }
        } else {
            noteMessage(try reader.scalar())
            isErrorByShape = isErrorByShape || message != nil
        }
    }

    private mutating func noteMessage(_ scalar: JSONScalar) {
        guard message == nil, case .string(let text) = scalar, !text.trimmed.isEmpty else { return }
        message = text
    }
}
