import Secrets

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
