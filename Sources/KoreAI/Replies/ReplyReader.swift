import Secrets

/// Reads the fields of one reply and keeps account of what could not be understood.
///
/// A field that is left out or `null` is not known and nothing to report. A value of another type than documented is
/// taken for what it plainly means (`"100"` for 100, 1 for true). Any other is reported, and the field is not known.
package struct ReplyReader {
    /// What stands in a reply is from outside; more reports than this would tell no more.
    private static let mostReports = 32
    /// Characters of ``UnrecognizedValue/found``.
    private static let longestFound = 64

    var json: JSONReader
    private(set) var unrecognized: [UnrecognizedValue] = []
    /// Whether a known field had a value, understood or not.
    private(set) var saysSomething = false
    /// Whether the reply looks like `{"status":"Error","message":…}` or has a filled `errors`.
    private(set) var looksLikeError = false

    init(_ body: [UInt8]) {
        json = JSONReader(body)
    }

    mutating func text(_ field: String) throws(JSONSyntaxError) -> String? {
        try value(field, \.text).flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func truth(_ field: String) throws(JSONSyntaxError) -> Bool? {
        try value(field, \.truth)
    }

    mutating func integer(_ field: String) throws(JSONSyntaxError) -> Int64? {
        try value(field, \.integer)
    }

    mutating func time(_ field: String) throws(JSONSyntaxError) -> Timestamp? {
        try value(field, \.time)
    }

    /// 0 to 100, also as `"85"` or `"85%"`.
    mutating func percentage(_ field: String) throws(JSONSyntaxError) -> Double? {
        try value(field) { scalar in
            var scalar = scalar
            if case .string(let text) = scalar, case let trimmed = text.trimmed, trimmed.hasSuffix("%") {
                scalar = .string(String(trimmed.dropLast()))
            }
            return scalar.number.flatMap { (0...100).contains($0) ? $0 : nil }
        }
    }

    /// A text that must not be seen, not even in a report.
    mutating func secret(_ field: String) throws(JSONSyntaxError) -> Secret? {
        let scalar = try json.scalar()
        guard scalar != .null else { return nil }
        saysSomething = true
        guard case .string(let text) = scalar else {
            report(field, "a value that is not a text")
            return nil
        }
        return text.isEmpty ? nil : Secret(text)
    }

    /// The word of a status field, as ``StatusWord`` lists it.
    mutating func status(_ field: String) throws(JSONSyntaxError) -> StatusWord? {
        let scalar = try json.scalar()
        guard scalar != .null else { return nil }
        if let word = scalar.text.flatMap({ StatusWord($0) }) {
            saysSomething = true
            return word
        }
        if case .string(let text) = scalar, StatusWord.letters(of: text) == "error" {
            looksLikeError = true
        } else {
            saysSomething = true
        }
        report(field, scalar)
        return nil
    }

    /// Passes over a field that is not decoded.
    mutating func other(_ key: String) throws(JSONSyntaxError) {
        guard key == "errors", json.beginArray() else { return try json.skip() }
        while try json.hasNextElement() {
            looksLikeError = true
            try json.skip()
        }
    }

    /// The value of a field, by the reading that its type has.
    private mutating func value<Value>(
        _ field: String,
        _ reading: (JSONScalar) -> Value?
    ) throws(JSONSyntaxError) -> Value? {
        let scalar = try json.scalar()
        guard scalar != .null else { return nil }
        saysSomething = true
        let value = reading(scalar)
        if value == nil { report(field, scalar) }
        return value
    }

    private mutating func report(_ field: String, _ scalar: JSONScalar) {
        report(field, scalar.asFound)
    }

    /// - Parameters:
    ///   - field: One of a small fixed set.
    ///   - found: Anything; what is stored is printable and short.
    mutating func report(_ field: String, _ found: String) {
        guard unrecognized.count < Self.mostReports else { return }
        unrecognized.append(
            UnrecognizedValue(field: field, found: PrintableText.of(found, limit: Self.longestFound))
        )
    }

    /// A field that has parts of its own was stepped into.
    mutating func sawKnownField() {
        saysSomething = true
    }

    /// Reports what stands in place of a field that should have parts of its own.
    mutating func unexpected(_ field: String) throws(JSONSyntaxError) {
        _ = try value(field) { _ in Never?.none }
    }
}

extension JSONScalar {
    /// As it stood there, for a report.
    fileprivate var asFound: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .number(let text), .string(let text), .word(let text): text
        case .array: "an array"
        case .object: "an object"
        }
    }
}
