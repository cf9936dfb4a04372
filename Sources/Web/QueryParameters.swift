import Foundation
import Hummingbird

/// The parameters of a request's query, in the encoding of HTML forms.
///
/// Source: https://url.spec.whatwg.org/#urlencoded-parsing
struct QueryParameters: Sendable {
    /// The parameters in the order of the query.
    let items: [(name: String, value: String)]

    init(_ query: String) {
        items = query.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of the parameter `name`.
    subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    func values(_ name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }

    /// Text whose percent-encoding is invalid, or is not of UTF-8, stays encoded.
    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return String(spaced).removingPercentEncoding ?? String(spaced)
    }
}

extension Request {
    var queryParameters: QueryParameters {
        QueryParameters(uri.query ?? "")
    }
}

/// The error for a query that cannot be answered, with what is allowed.
struct QueryFault: Error, Equatable {
    let message: String
}

/// Checked parameters of a query: each one is known and is given at most once.
struct CheckedParameters {
    private var values: [String: String] = [:]

    /// - Throws: If a parameter is unknown or given twice. An empty one counts as missing.
    init(_ parameters: QueryParameters, known: [String]) throws(QueryFault) {
        for (name, value) in parameters.items {
            guard known.contains(name) else {
                throw QueryFault(message: "a parameter is unknown; there are \(Self.list(known))")
            }
            if value.isEmpty { continue }
            guard values.updateValue(value, forKey: name) == nil else {
                throw QueryFault(message: "`\(name)` is given twice")
            }
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// - Throws: If the value is not a raw value of the type.
    func word<Word>(_ name: String, of type: Word.Type) throws(QueryFault) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = values[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw QueryFault(message: "`\(name)` must be one of \(Self.list(Word.allCases.map(\.rawValue)))")
        }
        return word
    }

    /// - Throws: If the value is neither `true` nor `false`.
    func flag(_ name: String) throws(QueryFault) -> Bool {
        switch values[name] {
        case nil, "false": return false
        case "true": return true
        default: throw QueryFault(message: "`\(name)` must be `true` or `false`")
        }
    }

    /// - Throws: If the value is not a number within the bounds.
    func number(_ name: String, in bounds: ClosedRange<Int>, default standard: Int) throws(QueryFault) -> Int {
        guard let text = values[name] else { return standard }
        guard let number = Int(text), bounds.contains(number) else {
            throw QueryFault(
                message: "`\(name)` must be a number from \(bounds.lowerBound) to \(bounds.upperBound)"
            )
        }
        return number
    }

    private static func list(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: ", ")
    }
}
