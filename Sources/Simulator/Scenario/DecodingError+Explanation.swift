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
