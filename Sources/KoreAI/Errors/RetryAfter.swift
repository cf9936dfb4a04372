/// The `Retry-After` header: how long the server asks to stay away.
///
/// Source: RFC 9110, 10.2.3: seconds, or a date in the form `Fri, 31 Dec 1999 23:59:59 GMT`.
package enum RetryAfter {
    /// No server of this platform can mean more: its longest window is an hour.
    package static let longest = Duration.seconds(86_400)

    /// - Parameters:
    ///   - value: The header's value.
    ///   - date: When the reply was sent, by the server's clock (its `Date` header) or ours.
    /// - Returns: From zero to ``longest``; `nil` where the value is neither a number nor a date.
    package static func duration(_ value: String, sentAt date: Timestamp) -> Duration? {
        let text = value.trimmed
        if let number = JSONScalar.number(text).number {
            guard number >= 0 else { return nil }
            return number >= 86_400 ? longest : .milliseconds(Int64((number * 1000).rounded(.up)))
        }
        guard let until = Timestamp(httpDate: text) else { return nil }
        return min(max(until.since(date), .zero), longest)
    }
}
