package import Secrets

/// Where the `auth` header of a request comes from.
package final class Credential: Sendable {
    package let name: String
    private let source: any TokenSource
    private let clock: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - name: As in the configuration; stands in errors.
    ///   - clock: The wall clock that tokens are issued by.
    package init(
        name: String,
        source: CredentialSource,
        clock: @escaping @Sendable () -> Timestamp = { Timestamp.now }
    ) {
        self.name = name
        self.clock = clock
        self.source =
            switch source {
            case .client(let client): SigningTokenSource(name: name, credential: client, clock: clock)
            case .tokenFile(let path): FileTokenSource(name: name, path: path, clock: clock)
            case .token(let token): ReadyToken(name: name, value: token)
            }
    }

    /// A token that is good for one request now.
    ///
    /// - Throws: ``APIError`` with reason `auth` and code 0 where none can be had, and what to do.
    package func token() async throws -> Secret {
        try await source.token()
    }

    /// The platform refused this token: the next ``token()`` is a new one, where one can be made.
    package func refused(_ token: Secret) {
        source.refused(token)
    }

    /// What the token itself tells about why it was refused: that it has expired.
    ///
    /// - Returns: A sentence for the operator; `nil` for tokens signed here and for those that are still good.
    package func explanation(ofRefused token: Secret) -> String? {
        guard let origin = source.origin, let end = token.expiry, end <= clock() else { return nil }
        return "The token in \(origin) expired at \(end.iso8601): put a new one there"
    }
}
