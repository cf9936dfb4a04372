package import Secrets

/// What a ``Credential`` makes its tokens from.
package enum CredentialSource: Sendable, Hashable {
    /// An app's client id and secret: tokens are signed here.
    case client(ClientCredential)
    /// A ready token in a file, read again when the file changes.
    case tokenFile(path: String)
    /// A ready token that was in the environment.
    case token(Secret)
}
