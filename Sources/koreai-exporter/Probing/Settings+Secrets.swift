import Secrets
import Settings

extension Settings {
    /// All that must not be shown, as far as the settings hold it: not the tokens that are in files.
    var secrets: [Secret] {
        let ofCredentials = credentials.compactMap { credential -> Secret? in
            switch credential.source {
            case .client(let client): client.clientSecret
            case .token(let token): token
            case .tokenFile: nil
            }
        }
        return ofCredentials + [actions?.token, http.proxyURL.map { Secret($0) }].compactMap(\.self)
    }
}
