package import Secrets

/// Where the `auth` header of a request comes from.
package final class Credential: Sendable {
    package let name: String

    package init(name: String, source: CredentialSource) {
        self.name = name
    }

    /// A token that is good for one request now.
    ///
    /// - Throws: ``APIError`` with reason `auth` and code 0 where none can be had, and what to do.
    package func token() async throws -> Secret {
        Secret("")
    }

    /// The platform refused this token: the next ``token()`` is a new one, where one can be made.
    package func refused(_ token: Secret) {
    }
}
