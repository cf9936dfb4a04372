import Curl
import Model

/// The HTTP response to a call, before it is known whether it has the expected reply.
package struct HTTPReply: Sendable, Hashable {
    package var endpoint: Endpoint
    /// The HTTP status.
    package var status: Int
    /// The header of that name, parameters included.
    package var contentType: String?
    package var body: [UInt8]
    /// How long the platform asks to stay away.
    package var retryAfter: Duration?
    /// The header `location` of a redirect.
    package var location: String?

    package init(
        endpoint: Endpoint,
        status: Int,
        contentType: String? = nil,
        body: [UInt8] = [],
        retryAfter: Duration? = nil,
        location: String? = nil
    ) {
        self.endpoint = endpoint
        self.status = status
        self.contentType = contentType
        self.body = body
        self.retryAfter = retryAfter
        self.location = location
    }

    /// Why the call failed, by the table of ``ErrorRule``s.
    package var error: APIError {
        let platform = PlatformError(body: body)
        let symptoms = ErrorSymptoms(self, platform: platform)
        let rule = ErrorRule.all.first { $0.matches(symptoms) } ?? .unlisted
        var message = "\(endpoint.rawValue): HTTP \(status)"
        if let said = said(platform) { message += ", \(said)" }
        message += ". " + rule.advice(self)
        return APIError(reason: rule.reason, code: status, message: message, retryAfter: retryAfter)
    }

    /// The body's message, in its own words.
    private func said(_ platform: PlatformError?) -> String? {
        if let platform {
            let code = platform.code.map { " (code \(PrintableText.of($0, limit: 32)))" } ?? ""
            guard let message = platform.message else { return "and the platform gave no message\(code)" }
            return "the platform says \"\(PrintableText.of(message, limit: 200))\"\(code)"
        }
        return body.isEmpty ? nil : "with \(bodyInWords)"
    }

    /// A description of a body that is not understood: its type, its size and how it begins.
    var bodyInWords: String {
        if body.isEmpty { return "an empty body" }
        let type = contentType.map { " (\(PrintableText.of($0, limit: 64)))" } ?? " without a content type"
        let kind = isHTML ? "HTML" : "\(body.count) bytes"
        // The list of bots carries client secrets: no part of it is shown.
        if endpoint == .bots && !isHTML { return "\(kind)\(type)" }
        return "\(kind)\(type) that begins \"\(PrintableText.of(body, limit: 64))\""
    }

    /// Whether the body is a page for people: from a proxy, a firewall or a login, not from the API.
    var isHTML: Bool {
        let start = String(decoding: body.prefix(512), as: UTF8.self).trimmed.lowercased()
        return contentType?.lowercased().contains("html") == true && !start.hasPrefix("{")
            || start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }

    /// The host that a redirect leads to; nothing else of it, as the rest can carry a token.
    var redirectHost: String {
        let samePlace = "another path of the same host"
        guard let location else { return samePlace }
        let rest = location.drop { $0.isLetter || $0.isNumber || "+-.".contains($0) }
        let slashes = rest.startIndex > location.startIndex ? "://" : "//"
        guard rest.hasPrefix(slashes) else { return samePlace }
        let authority = rest.dropFirst(slashes.count).prefix { !"/?#\\".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return host.isEmpty ? "no host" : PrintableText.of(String(host), limit: 100)
    }
}

extension HTTPReply {
    /// The reply to the call, or why there is none.
    ///
    /// Any status but 200 to 299 is an error. So is an error body that came with one of these, and a body that says
    /// nothing. A reply that says something is never one.
    package func result<Reply: PlatformReply>(as type: Reply.Type) -> Result<Decoded<Reply>, APIError> {
        guard (200..<300).contains(status) else { return .failure(error) }
        do {
            return .success(try Reply.decode(body))
        } catch .noKnownField where PlatformError(body: body)?.isErrorByShape == true {
            return .failure(error)
        } catch {
            return .failure(APIError(error, in: self))
        }
    }
}

extension HTTPReply {
    /// Takes what the rules look at from a response.
    init(endpoint: Endpoint, response: CurlResponse) {
        self.init(
            endpoint: endpoint,
            status: response.status,
            contentType: response.header("content-type"),
            body: response.body,
            retryAfter: response.retryAfter(now: Timestamp.now.milliseconds / 1000),
            location: response.header("location")
        )
    }
}
