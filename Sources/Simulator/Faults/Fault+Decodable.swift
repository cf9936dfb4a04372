extension Fault: Decodable {
    private enum Kind: String, CaseIterable {
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

    enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, duration, mebibytes, interval, status, headers, body
        case retryAfter = "retry_after"
    }

    /// The words of `kind`.
    package static var kinds: [String] { Kind.allCases.map(\.rawValue) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        guard container.contains(.kind) else {
            throw DecodingError.keyNotFound(
                CodingKeys.kind,
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "expected kind: one of \(Self.kinds.joined(separator: ", "))"
                )
            )
        }
        switch try container.word(Kind.self, forKey: .kind, default: .hang) {
        case .latency: self = .latency(try container.duration(forKey: .duration) ?? .seconds(1))
        case .hang: self = .hang
        case .throttled:
            self = .throttled(retryAfter: try container.decodeIfPresent(Int.self, forKey: .retryAfter))
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
        case .hugeBody: self = .hugeBody(mebibytes: try container.decode(Int.self, forKey: .mebibytes, default: 16))
        case .slowDrip:
            self = .slowDrip(interval: try container.duration(forKey: .interval) ?? .milliseconds(100))
        case .redirect: self = .redirect
        case .truncated: self = .truncated
        case .close: self = .close
        case .reset: self = .reset
        case .reply:
            let status = try container.decode(Int.self, forKey: .status, default: 200)
            guard (200...599).contains(status) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .status,
                    in: container,
                    debugDescription: "expected 200 to 599, found \(status)"
                )
            }
            self = .reply(
                status: status,
                headers: try container.decode([String: String].self, forKey: .headers, default: [:]),
                body: try container.decode(String.self, forKey: .body, default: "")
            )
        }
    }
}
