extension Decoder {
    /// A keyed container that accepts no key but those of `Key`.
    ///
    /// - Throws: `DecodingError` at the unknown key, with the nearest of the valid ones.
    func strictContainer<Key: CodingKey & CaseIterable>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
        let valid = Key.allCases.map(\.stringValue)
        for name in found where !valid.contains(name) {
            let nearest = valid.min { $0.editDistance(to: name) < $1.editDistance(to: name) } ?? ""
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: codingPath + [AnyKey(stringValue: name)],
                    debugDescription:
                        "unknown key \"\(name)\"; did you mean \"\(nearest)\"? Valid: \(valid.joined(separator: ", "))"
                )
            )
        }
        return try container(keyedBy: Key.self)
    }
}

extension KeyedDecodingContainer {
    /// A value, or `default` where the key is absent or null.
    func decode<Value: Decodable>(
        _ type: Value.Type,
        forKey key: Key,
        default absent: @autoclosure () -> Value
    ) throws -> Value {
        try decodeIfPresent(type, forKey: key) ?? absent()
    }

    /// A duration in Prometheus' form, or `nil` where the key is absent or null.
    func duration(forKey key: Key) throws -> Duration? {
        try decodeIfPresent(PrometheusDuration.self, forKey: key)?.duration
    }

    /// One of an enumeration's words, or `default` where the key is absent or null.
    ///
    /// - Throws: `DecodingError` that names the valid words.
    func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type,
        forKey key: Key,
        default absent: @autoclosure () throws -> Word
    ) throws -> Word where Word.RawValue == String {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return try absent() }
        return try word(type, text, forKey: key)
    }

    /// A list of an enumeration's words, or `default` where the key is absent or null.
    func words<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type,
        forKey key: Key,
        default absent: @autoclosure () -> [Word]
    ) throws -> [Word] where Word.RawValue == String {
        guard let texts = try decodeIfPresent([String].self, forKey: key) else { return absent() }
        return try texts.map { try word(type, $0, forKey: key) }
    }

    private func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type,
        _ text: String,
        forKey key: Key
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            let valid = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "expected one of \(valid), found \"\(text)\""
            )
        }
        return word
    }
}

/// A key of any name, for finding those that should not be there.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension String {
    /// Levenshtein's distance, for "did you mean".
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
    /// Where a value was wrong.
    var path: [any CodingKey] {
        switch self {
        case .keyNotFound(_, let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }

    /// ``path`` as people write it: `bots[2].timeline[0].train`.
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
