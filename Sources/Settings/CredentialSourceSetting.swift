package import Secrets

/// What tokens are made from.
package enum CredentialSourceSetting: Sendable, Hashable {
    case client(ClientCredentialSettings)
    /// `token_file`: read again when it changes, so only its path is kept.
    case tokenFile(path: String)
    /// `token_env`, as it was at start.
    case token(Secret)
}
