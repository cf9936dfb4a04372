import Foundation
import Hummingbird

/// The parameters of a request's query, as forms and Prometheus send them.
///
/// Source: https://url.spec.whatwg.org/#urlencoded-parsing
struct QueryParameters: Sendable {
    /// In their order.
    let items: [(name: String, value: String)]

    init(_ query: String) {
        items = query.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of that name.
    subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    func values(_ name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }

    /// What is not UTF-8, or not encoded as it should be, stays as it was sent.
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

/// A query that cannot be answered, and what it may have.
struct QueryFault: Error, Equatable {
    let message: String
}

/// The parameters of a query that has no others than it may have, each at most once.
struct CheckedParameters {
    private var values: [String: String] = [:]

    /// - Throws: Where one is not among the known ones, or given twice. One that is empty counts as not given.
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

    /// - Throws: Where it is none of the type's words.
    func word<Word>(_ name: String, of type: Word.Type) throws(QueryFault) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = values[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw QueryFault(message: "`\(name)` must be one of \(Self.list(Word.allCases.map(\.rawValue)))")
        }
        return word
    }

    /// - Throws: Where it is neither `true` nor `false`.
    func flag(_ name: String) throws(QueryFault) -> Bool {
        switch values[name] {
        case nil, "false": return false
        case "true": return true
        default: throw QueryFault(message: "`\(name)` must be `true` or `false`")
        }
    }

    /// - Throws: Where it is no number within the bounds.
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
