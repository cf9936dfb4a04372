/// What a value means where a text, number or truth value is expected. `nil`: it cannot be told without guessing.
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
        guard let text = text?.trimmed, text.isDecimalNumber, let value = Double(text), value.isFinite else {
            return nil
        }
        return value
    }

    /// A whole number that an `Int64` holds, also as a text, and also written as `3.0` or `3e0`.
    var integer: Int64? {
        guard let text = text?.trimmed, text.isDecimalNumber else { return nil }
        if let value = Int64(text) { return value }
        return Double(text).flatMap { Int64(exactly: $0) }
    }
}

extension String {
    /// Whether this has no characters but those of a decimal number, which `Double.init` and `Int64.init` then judge:
    /// they would also take `nan`, `inf` and `0x1p3`.
    fileprivate var isDecimalNumber: Bool {
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
