/// The section `tls_server_config`.
package struct WebTLSSettings: Sendable, Hashable {
    /// The server's certificate first, then those that lead to the authority.
    package var certificate: PEMText
    package var key: PEMText
    package var clientAuthentication: ClientAuthentication
    package var clientAuthorities: PEMText?
    /// A client's certificate must have one of these names; `nil` where any will do.
    package var clientAllowedNames: Set<String>?
    package var minimumVersion: TLSVersionSetting
    package var maximumVersion: TLSVersionSetting
    /// For TLS 1.2 and before; `nil` for the defaults.
    package var cipherSuites: [CipherSuiteSetting]?
    /// The most wanted first; `nil` for the defaults.
    package var curves: [CurveSetting]?

    package init(
        certificate: PEMText,
        key: PEMText,
        clientAuthentication: ClientAuthentication = .none,
        clientAuthorities: PEMText? = nil,
        clientAllowedNames: Set<String>? = nil,
        minimumVersion: TLSVersionSetting = .tls12,
        maximumVersion: TLSVersionSetting = .tls13,
        cipherSuites: [CipherSuiteSetting]? = nil,
        curves: [CurveSetting]? = nil
    ) {
        self.certificate = certificate
        self.key = key
        self.clientAuthentication = clientAuthentication
        self.clientAuthorities = clientAuthorities
        self.clientAllowedNames = clientAllowedNames
        self.minimumVersion = minimumVersion
        self.maximumVersion = maximumVersion
        self.cipherSuites = cipherSuites
        self.curves = curves
    }
}
