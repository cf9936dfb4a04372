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
