import Model

/// Reads the fields of one reply and keeps account of what could not be understood.
///
/// A field that is left out or `null` is not known and nothing to report. A value of another type than documented is
/// taken for what it plainly means (`"100"` for 100, 1 for true). Any other is reported, and the field is not known.
package struct ReplyReader {
    /// The most reports of one reply, whose content is from outside: more would tell no more.
    private static let mostReports = 32
    /// The most steps of a job that are read: more would explain no more.
    private static let mostSteps = 100
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

    /// A text that no number is taken for.
    mutating func string(_ field: String) throws(JSONSyntaxError) -> String? {
        try value(field) { scalar in
            if case .string(let text) = scalar { text } else { nil }
        }.flatMap { $0.isEmpty ? nil : $0 }
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
        guard let word = scalar.text.flatMap({ StatusWord($0) }) else {
            saysSomething = true
            report(field, scalar)
            return nil
        }
        if word.word == StatusWord.error { looksLikeError = true } else { saysSomething = true }
        return word
    }

    /// A text of a field that says nothing by itself.
    mutating func remark() throws(JSONSyntaxError) -> String? {
        try json.scalar().text
    }

    /// The steps of a job. What is none is passed over, as the list only explains.
    mutating func steps() throws(JSONSyntaxError) -> [FailureReason.Step] {
        var steps: [FailureReason.Step] = []
        guard json.beginArray() else {
            try json.skip()
            return steps
        }
        while try json.hasNextElement() {
            guard steps.count < Self.mostSteps, json.beginObject() else {
                try json.skip()
                continue
            }
            var step = FailureReason.Step()
            while let key = try json.nextKey() {
                switch key {
                case "taskType": step.type = try json.scalar().text
                case "taskName": step.name = try json.scalar().text
                case "status": step.status = try json.scalar().text
                default: try json.skip()
                }
            }
            steps.append(step)
        }
        return steps
    }

    /// The letters of a word in lower case, of a field whose words are not those of ``StatusWord``.
    mutating func word(_ field: String) throws(JSONSyntaxError) -> String? {
        guard let text = try json.scalar().text else { return nil }
        let letters = StatusWord.letters(of: text)
        if field == "status", letters == "error" { looksLikeError = true } else { saysSomething = true }
        return letters
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
    /// The value as it stood in the body, for a report.
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

/// A reply as far as it could be understood, and what could not.
package struct Decoded<Value: Sendable>: Sendable {
    package var value: Value
    package var unrecognized: [UnrecognizedValue]

    package init(_ value: Value, unrecognized: [UnrecognizedValue] = []) {
        self.value = value
        self.unrecognized = unrecognized
    }
}

/// Why a body says nothing at all.
package enum MalformedReply: Error, Hashable {
    case notJSON(JSONSyntaxError)
    case notAnObject
    /// None of the fields that the call is documented to have.
    case noKnownField
}

/// A status, flag or time of a reply that could not be understood.
package struct UnrecognizedValue: Sendable, Hashable {
    /// The reply's field, such as `trainingStatus`: one of a small fixed set, so that it can be a label.
    package var field: String
    /// The value in the reply, for the log: printable and at most 64 characters.
    package var found: String

    package init(field: String, found: String) {
        self.field = field
        self.found = found
    }
}
