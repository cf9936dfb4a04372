/// A way for the platform to misbehave. Durations are real time, whatever the scenario's speed and clock.
package enum Fault: Sendable, Hashable {
    /// The usual reply, later.
    case latency(Duration)
    /// No reply at all until the client or the simulator goes.
    case hang
    /// 429 with the message about the minute, and `Retry-After` in seconds where given.
    case throttled(retryAfter: Int?)
    /// 400 with only the message to tell that it is a rate limit.
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
    /// 200 with bytes that are no JSON, and some that are no UTF-8, declared as JSON.
    case garbage
    /// 200 with JSON of the wrong types in every place.
    case mistyped
    /// 200 with the usual fields and words that nobody knows.
    case unknownWords
    /// 200 with no body.
    case emptyBody
    /// 200 with JSON whose string never seems to end, sent in chunks.
    case hugeBody(mebibytes: Int)
    /// The usual reply, a byte at a time.
    case slowDrip(interval: Duration)
    /// 302 to another address; the simulator counts who follows.
    case redirect
    /// The usual reply's head and half of its body, then the connection's end.
    case truncated
    /// The connection's end (FIN) in place of a reply.
    case close
    /// The connection's reset (RST) in place of a reply.
    case reset
    /// Any reply at all.
    case reply(status: Int, headers: [String: String], body: String)
}
