package import KoreAI
package import Settings

extension Credential {
    package convenience init(_ settings: CredentialSettings) {
        let source: CredentialSource =
            switch settings.source {
            case .client(let client): .client(ClientCredential(client))
            case .tokenFile(let path): .tokenFile(path: path)
            case .token(let token): .token(token)
            }
        self.init(name: settings.name, source: source)
    }
}

extension ClientCredential {
    fileprivate init(_ settings: ClientCredentialSettings) {
        let algorithm: Algorithm =
            switch settings.algorithm {
            case .hs256: .hs256
            case .hs384: .hs384
            case .hs512: .hs512
            }
        self.init(
            clientID: settings.clientID,
            clientSecret: settings.clientSecret,
            algorithm: algorithm,
            claims: Set(settings.claims.map(Claim.init)),
            audience: settings.audience,
            subject: settings.subject,
            lifetime: settings.tokenLifetime
        )
    }
}

extension ClientCredential.Claim {
    fileprivate init(_ setting: ClientCredentialSettings.Claim) {
        self =
            switch setting {
            case .sub: .sub
            case .appId: .appId
            case .iss: .iss
            case .aud: .aud
            case .iat: .iat
            case .exp: .exp
            case .jti: .jti
            }
    }
}
