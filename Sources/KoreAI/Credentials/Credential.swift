import FoundationEssentials
package import Model

/// The source of the `auth` header of requests.
package final class Credential: Sendable {
    package let name: String
    private let source: any TokenSource
    private let clock: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - name: The name in the configuration, which errors tell.
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

    /// Why a token was refused, as far as the token itself tells: it has expired.
    ///
    /// - Returns: A sentence for the operator; `nil` for tokens signed here and for those that are still good.
    package func explanation(ofRefused token: Secret) -> String? {
        guard let origin = source.origin, let end = token.expiry, end <= clock() else { return nil }
        return "The token in \(origin) expired at \(end.iso8601): put a new one there"
    }
}

/// A way of having tokens.
protocol TokenSource: Sendable {
    /// A token that is good for one request.
    ///
    /// - Throws: ``APIError`` with reason `auth` and code 0, or `CancellationError`.
    func token() async throws -> Secret

    /// The platform refused this token.
    func refused(_ token: Secret)

    /// The place of a ready token, for people; `nil` where tokens are signed here.
    var origin: String? { get }
}

/// A token that was in the environment when the exporter started.
struct ReadyToken: TokenSource {
    let name: String
    let value: Secret

    var origin: String? { "the environment" }

    func token() async throws -> Secret {
        guard !value.isEmpty else {
            throw APIError(
                reason: .auth,
                code: 0,
                message: "Credential \(name): the token in the environment is empty: check token_env"
            )
        }
        return value
    }

    func refused(_ token: Secret) {}
}

extension Secret {
    /// The `exp` claim, where this is a JWT that has one. The signature is not looked at: only the platform can.
    var expiry: Timestamp? {
        let parts = reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var base64 = String(parts[1].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let payload = Data(base64Encoded: base64) else { return nil }
        var reader = JSONReader([UInt8](payload))
        guard reader.beginObject() else { return nil }
        do {
            while let key = try reader.nextKey() {
                if key == "exp" { return try reader.scalar().number.flatMap { Timestamp(epoch: $0) } }
                try reader.skip()
            }
        } catch {
            // Not a JWT's payload: then there is no end to tell.
        }
        return nil
    }
}
