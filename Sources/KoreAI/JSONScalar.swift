import Model

/// A JSON value as far as a reply's field can use it.
enum JSONScalar: Hashable {
    case null
    case bool(Bool)
    /// A number as it stands in the body, so that none is too large or too exact to be told.
    case number(String)
    case string(String)
    case array
    case object
    /// A bare word that JSON does not have but some writers send: `NaN`, `Infinity`, `undefined`.
    case word(String)
}

/// The value as the expected type: `nil` where it cannot be told without guessing.
extension JSONScalar {
    /// A text, or a number as it was written.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .null, .bool, .array, .object, .word: nil
        }
    }

    /// `true`, `1`, `"true"`, `"1"`, `"yes"` and their opposites, in any letter case.
    var truth: Bool? {
        switch self {
        case .bool(let value): return value
        case .string(let text), .number(let text), .word(let text):
            switch text.trimmed.lowercased() {
            case "true", "1", "yes": return true
            case "false", "0", "no": return false
            default: return nil
            }
        case .null, .array, .object: return nil
        }
    }

    /// A finite number, also as a text.
    var number: Double? {
        text?.trimmed.decimalNumber
    }

    /// A whole number that an `Int64` holds, also as a text, and also written as `3.0` or `3e0`.
    var integer: Int64? {
        guard let text = text?.trimmed, text.isDecimalNumber else { return nil }
        if let value = Int64(text) { return value }
        return Double(text).flatMap { Int64(exactly: $0) }
    }
}

extension JSONScalar {
    /// A time in one of the forms of ``Timestamp/init(parsing:)``, as a text or a number.
    var time: Timestamp? {
        text.flatMap { Timestamp(parsing: $0) }
    }
}
