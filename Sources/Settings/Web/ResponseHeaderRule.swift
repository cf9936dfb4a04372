/// A header that the web configuration may set, and the values that it may have.
///
/// Source: `extraHTTPHeaders` of exporter-toolkit.
struct ResponseHeaderRule: Sendable {
    let name: String
    /// Empty where any value will do.
    let values: [String]

    static let all = [
        ResponseHeaderRule(name: "Content-Security-Policy", values: []),
        ResponseHeaderRule(name: "Strict-Transport-Security", values: []),
        ResponseHeaderRule(name: "X-Content-Type-Options", values: ["nosniff"]),
        ResponseHeaderRule(name: "X-Frame-Options", values: ["deny", "sameorigin"]),
        ResponseHeaderRule(name: "X-XSS-Protection", values: []),
    ]
}
