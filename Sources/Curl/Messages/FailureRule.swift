/// What a `CURLcode` means to an operator.
struct FailureRule: Sendable {
    /// Whether libcurl's own words follow: hidden where they can quote a URL, or say the same again.
    enum Detail: Sendable {
        case shown
        case hidden
    }

    var reason: CurlError.Reason
    /// What happened, after the host and a colon.
    var summary: String
    /// What to check, as an imperative; empty where nothing can be said.
    var advice: String
    var detail: Detail

    init(_ reason: CurlError.Reason, _ summary: String, _ advice: String, detail: Detail = .shown) {
        self.reason = reason
        self.summary = summary
        self.advice = advice
        self.detail = detail
    }
}
