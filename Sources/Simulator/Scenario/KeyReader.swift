import Model

/// Reads a mapping key by key into a value that has its defaults already.
///
/// A key is named once, where it is read, and a mapping with any other key is refused. Reading does not throw: the
/// error comes at the end, because an unknown key is often the cause of a missing one, and is reported first.
struct KeyReader {
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    fileprivate let mapping: KeyedDecodingContainer<Key>
    /// Whether durations are real time, rather than scenario time.
    fileprivate let isRealTime: Bool
    private var valid: [String] = []
    private var firstError: (any Error)?

    fileprivate init(_ mapping: KeyedDecodingContainer<Key>, isRealTime: Bool) {
        self.mapping = mapping
        self.isRealTime = isRealTime
    }

    /// Reads a value. Where the key is absent or null, the value stays as it is.
    mutating func read<Value: Decodable>(_ name: String, _ value: inout Value) {
        if let found: Value = find(name) { value = found }
    }

    mutating func read<Value: Decodable>(_ name: String, _ value: inout Value?) {
        if let found: Value = find(name) { value = found }
    }

    /// Reads a value and calls `use` with it, unless the key is absent or null.
    mutating func read<Value: Decodable>(_ name: String, _ use: (Value) -> Void) {
        if let found: Value = find(name) { use(found) }
    }

    /// Reads a required value.
    mutating func require<Value: Decodable>(_ name: String, _ value: inout Value) {
        if let found = attempt(name, { try $0.decode(Value.self, forKey: $1) }) { value = found }
    }

    /// Reads a list of words. An error names the list, not the position in it.
    mutating func read<Element: Word>(_ name: String, words: inout [Element]) {
        let found = attempt(name) { mapping, key in
            try mapping.decodeIfPresent([String].self, forKey: key)?
                .map { try Element(word: $0, at: mapping.codingPath + [key]) }
        }
        if let found { words = found }
    }

    mutating func read(_ name: String, duration: inout Duration?) {
        if let found: DurationText = find(name) { duration = found.duration }
    }

    mutating func require(_ name: String, duration: inout Duration) {
        let found = attempt(name) { try $0.decode(DurationText.self, forKey: $1) }
        if let found { duration = found.duration }
    }

    /// Reads how long something takes: in real time, a plain duration.
    mutating func read(_ name: String, takes: inout Scenario.Takes?) {
        guard isRealTime else { return read(name, &takes) }
        if let found: DurationText = find(name) { takes = .real(found.duration) }
    }

    private mutating func find<Value: Decodable>(_ name: String) -> Value? {
        attempt(name) { try $0.decodeIfPresent(Value.self, forKey: $1) }
    }

    private mutating func attempt<Value>(
        _ name: String,
        _ decode: (KeyedDecodingContainer<Key>, Key) throws -> Value?
    ) -> Value? {
        valid.append(name)
        do {
            return try decode(mapping, Key(stringValue: name))
        } catch {
            firstError = firstError ?? error
            return nil
        }
    }

    fileprivate func finish() throws {
        for name in mapping.allKeys.map(\.stringValue).sorted() where !valid.contains(name) {
            let nearest = valid.min { $0.editDistance(to: name) < $1.editDistance(to: name) } ?? ""
            throw DecodingError.wrong(
                at: mapping.codingPath + [Key(stringValue: name)],
                "unknown key \"\(name)\"; did you mean \"\(nearest)\"? Valid: \(valid.joined(separator: ", "))"
            )
        }
        if let firstError { throw firstError }
    }
}

/// A value that is read from a mapping.
protocol Keyed: Decodable {
    /// Whether durations are real time, as in the bodies of the admin path.
    static var isRealTime: Bool { get }

    /// Makes the value with all defaults.
    init()

    /// Reads each key that the mapping may have.
    mutating func read(_ keys: inout KeyReader)
}

extension Keyed {
    static var isRealTime: Bool { false }

    package init(from decoder: any Decoder) throws {
        self.init()
        try decoder.readKeys(isRealTime: Self.isRealTime) { read(&$0) }
    }
}

extension Decoder {
    /// Reads a mapping.
    ///
    /// - Parameter body: Reads each key that the mapping may have.
    /// - Throws: `DecodingError` about an unknown key, with the nearest valid one, or about the first wrong value.
    func readKeys(isRealTime: Bool = false, _ body: (inout KeyReader) -> Void) throws {
        var keys = KeyReader(try container(keyedBy: KeyReader.Key.self), isRealTime: isRealTime)
        body(&keys)
        try keys.finish()
    }
}

/// A fixed set of words in scenarios and admin bodies. For any other word, decoding throws an error that lists them.
package protocol Word: RawRepresentable, CaseIterable, Hashable, Sendable, Decodable where RawValue == String {}

extension Word {
    package init(from decoder: any Decoder) throws {
        try self.init(word: decoder.singleValueContainer().decode(String.self), at: decoder.codingPath)
    }

    fileprivate init(word: String, at path: [any CodingKey]) throws {
        guard let known = Self(rawValue: word) else {
            let valid = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.wrong(at: path, "expected one of \(valid), found \"\(word)\"")
        }
        self = known
    }
}

/// A duration in Prometheus's notation, such as `1m30s`.
private struct DurationText: Decodable {
    let duration: Duration

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let duration = try? PrometheusDuration.parse(text) else {
            throw DecodingError.wrong(
                at: decoder.codingPath,
                "expected a duration such as 30s, 1m30s or 500ms, found \"\(text)\""
            )
        }
        self.duration = duration
    }
}

extension String {
    /// The Levenshtein distance in bytes, for "did you mean".
    fileprivate func editDistance(to other: String) -> Int {
        let (left, right) = (Array(utf8), Array(other.utf8))
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, otherByte) in right.enumerated() {
                let substituted = diagonal + (byte == otherByte ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = Swift.min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}

extension DecodingError {
    /// The error about a wrong value.
    ///
    /// - Parameter message: What was expected and what was found.
    static func wrong(at path: [any CodingKey], _ message: String) -> DecodingError {
        .dataCorrupted(Context(codingPath: path, debugDescription: message))
    }

    /// The coding path of the wrong value.
    var path: [any CodingKey] {
        switch self {
        case .keyNotFound(_, let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }

    /// ``path`` in the notation `bots[2].timeline[0].train`.
    var place: String {
        path.reduce(into: "") { name, key in
            name += key.intValue.map { "[\($0)]" } ?? (name.isEmpty ? key.stringValue : ".\(key.stringValue)")
        }
    }

    /// What was expected and what was found.
    var explanation: String {
        switch self {
        case .keyNotFound(let key, _): "expected the key \"\(key.stringValue)\", found none"
        case .typeMismatch(let type, let context): "expected \(Self.name(of: type)): \(context.debugDescription)"
        case .valueNotFound(let type, _): "expected \(Self.name(of: type)), found nothing"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: "\(self)"
        }
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is Int.Type, is UInt64.Type: "a whole number"
        case is Double.Type: "a number"
        case is [Any].Type: "a list"
        default: "a mapping or a value of the kind \(type)"
        }
    }
}
