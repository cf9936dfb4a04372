import Secrets

/// The token in use of a client credential, and whether it may be used again.
struct SignedToken {
    /// Every token serves one request: it has a `jti`.
    let isForOneRequest: Bool
    /// In milliseconds.
    let lifetime: Int64

    private var current: (token: Secret, issuedAt: Timestamp)?

    /// - Parameter lifetime: In seconds.
    init(isForOneRequest: Bool, lifetime: Int64) {
        self.isForOneRequest = isForOneRequest
        self.lifetime = lifetime * 1000
    }

    /// The token in use, until a minute before its end, or a tenth of its lifetime before where that is less.
    ///
    /// - Returns: `nil` where a new one has to be signed, also when the clock was set back before the token's start.
    func token(at now: Timestamp) -> Secret? {
        guard let current else { return nil }
        let age = now.milliseconds - current.issuedAt.milliseconds
        guard age >= 0, age < lifetime - min(60_000, lifetime / 10) else { return nil }
        return current.token
    }

    /// A new token was signed.
    mutating func keep(_ token: Secret, issuedAt now: Timestamp) {
        guard !isForOneRequest else { return }
        current = (token, now)
    }

    /// The platform refused a token. Another one that is in use by now stays.
    mutating func refused(_ token: Secret) {
        if current?.token == token { current = nil }
    }
}
