/// A way in which the platform misbehaves. Durations are real time, whatever the scenario's speed and clock.
package enum Fault: Sendable, Hashable {
    /// The usual reply, delayed.
    case latency(Duration)
    /// No reply until the client disconnects or the simulator shuts down.
    case hang
    /// 429 with the message about the minute, and a `Retry-After` in seconds if one is given.
    case throttled(retryAfter: Int?)
    /// 400, where only the message tells that it is a rate limit.
    case throttledByMessage
    /// 500 with the usual error body.
    case serverError
    /// 503 with a proxy's page.
    case unavailable
    /// 401: "Invalid SDK credentials".
    case unauthorized
    /// 401: "Invalid JWT token".
    case invalidToken
    /// 401: the scope is missing.
    case scopeMissing
    /// 401: the token has expired.
    case expiredToken
    /// 200 with a sign-in page.
    case html
    /// 200 with bytes that are not JSON and partly not UTF-8, declared as JSON.
    case garbage
    /// 200 with JSON whose values have wrong types.
    case mistyped
    /// 200 with the documented fields, and values that are not documented.
    case unknownWords
    /// 200 with no body.
    case emptyBody
    /// 200 with a JSON string of that many MiB, sent in chunks.
    case hugeBody(mebibytes: Int)
    /// The usual reply, one byte at each interval.
    case slowDrip(interval: Duration)
    /// 302 to another address; the simulator counts the requests that follow it.
    case redirect
    /// The head and half of the body of the usual reply, and then the end of the connection.
    case truncated
    /// The end of the connection (FIN) in place of a reply.
    case close
    /// A reset of the connection (RST) in place of a reply.
    case reset
    /// A reply of the caller's choice.
    case reply(status: Int, headers: [String: String], body: String)
}

/// Which calls a fault hits: those that match every property set here, or all calls where none is set.
package struct FaultMatch: Sendable, Hashable {
    /// The bot's id or name.
    package var bot: String?
    package var endpoint: Platform.Endpoint?
    package var collector: Platform.Collector?
    /// The language that the call gives in its query, header or body. A call that gives none does not match.
    package var language: String?
    /// The call's state, or `configured` where it leaves that out; calls that never have a state do not match.
    package var state: Platform.State?

    func fits(_ request: APIRequest, botName: String?) -> Bool {
        if let bot, bot != request.bot, bot != botName { return false }
        if let endpoint, endpoint != request.endpoint { return false }
        if let collector, collector != request.endpoint.collector { return false }
        if let language, language != request.language { return false }
        if let state, state != request.state { return false }
        return true
    }
}

extension FaultMatch: Keyed, Encodable {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("bot", &bot)
        keys.read("endpoint", &endpoint)
        keys.read("collector", &collector)
        keys.read("language", &language)
        keys.read("state", &state)
    }
}

extension Fault: Decodable {
    private enum Kind: String, Word {
        case latency, hang, throttled, unavailable, unauthorized, html, garbage, mistyped, redirect, truncated, close
        case reset, reply
        case throttledByMessage = "throttled_by_message"
        case serverError = "server_error"
        case invalidToken = "invalid_token"
        case scopeMissing = "scope_missing"
        case expiredToken = "expired_token"
        case unknownWords = "unknown_words"
        case emptyBody = "empty_body"
        case hugeBody = "huge_body"
        case slowDrip = "slow_drip"
    }

    /// The values of `kind`.
    package static var kinds: [String] { Kind.allCases.map(\.rawValue) }

    package init(from decoder: any Decoder) throws {
        var kind = Kind.hang
        var (duration, interval) = (Duration?.none, Duration?.none)
        var (mebibytes, status, retryAfter) = (16, 200, Int?.none)
        var (headers, body) = ([String: String](), "")
        try decoder.readKeys { keys in
            keys.require("kind", &kind)
            keys.read("duration", duration: &duration)
            keys.read("mebibytes", &mebibytes)
            keys.read("interval", duration: &interval)
            keys.read("status", &status)
            keys.read("headers", &headers)
            keys.read("body", &body)
            keys.read("retry_after", &retryAfter)
        }
        switch kind {
        case .latency: self = .latency(duration ?? .seconds(1))
        case .hang: self = .hang
        case .throttled: self = .throttled(retryAfter: retryAfter)
        case .throttledByMessage: self = .throttledByMessage
        case .serverError: self = .serverError
        case .unavailable: self = .unavailable
        case .unauthorized: self = .unauthorized
        case .invalidToken: self = .invalidToken
        case .scopeMissing: self = .scopeMissing
        case .expiredToken: self = .expiredToken
        case .html: self = .html
        case .garbage: self = .garbage
        case .mistyped: self = .mistyped
        case .unknownWords: self = .unknownWords
        case .emptyBody: self = .emptyBody
        case .hugeBody: self = .hugeBody(mebibytes: mebibytes)
        case .slowDrip: self = .slowDrip(interval: interval ?? .milliseconds(100))
        case .redirect: self = .redirect
        case .truncated: self = .truncated
        case .close: self = .close
        case .reset: self = .reset
        case .reply:
            guard (200...599).contains(status) else {
                let key = KeyReader.Key(stringValue: "status")
                throw DecodingError.wrong(at: decoder.codingPath + [key], "expected 200 to 599, found \(status)")
            }
            self = .reply(status: status, headers: headers, body: body)
        }
    }
}

extension Fault: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode("\(self)")
    }
}
