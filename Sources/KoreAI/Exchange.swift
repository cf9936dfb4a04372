package import Curl
import Secrets

/// What went over the wire in one call, for whoever looks for a fault. It holds secrets: only ``shownRequest`` and
/// ``shownBody`` are for people.
package struct Exchange: Sendable {
    private let method: String
    private let url: String
    private let token: Secret
    var body: [UInt8] = []
    /// As far as it got.
    package internal(set) var timings = TransferTimings()

    init(method: String, url: String, token: Secret) {
        self.method = method
        self.url = url
        self.token = token
    }

    /// The method, the path and the query; no host, which the configuration has, and no header.
    package var shownRequest: String {
        guard let scheme = url.firstRange(of: "://") else { return method }
        let rest = url[scheme.upperBound...]
        return "\(method) \(rest.firstIndex(of: "/").map { rest[$0...] } ?? "/")"
    }

    /// The reply's body without tokens, secrets and links; see ``ShownReply``.
    package var shownBody: String {
        ShownReply.text(of: body, token: token)
    }
}
