/// Whether a client must show a certificate, in the words of Go's `crypto/tls`.
package enum ClientAuthentication: String, Sendable, CaseIterable {
    case none = "NoClientCert"
    /// Asked for, and not looked at.
    case request = "RequestClientCert"
    /// Any will do; nobody verifies it.
    case requireAny = "RequireAnyClientCert"
    /// The old name of ``requireAny``.
    case require = "RequireClientCert"
    case verifyIfGiven = "VerifyClientCertIfGiven"
    case requireAndVerify = "RequireAndVerifyClientCert"

    /// Whether no connection comes about without a certificate.
    package var isRequired: Bool {
        switch self {
        case .none, .request, .verifyIfGiven: false
        case .requireAny, .require, .requireAndVerify: true
        }
    }

    /// Whether a certificate that is shown must lead to a known authority.
    package var verifies: Bool {
        self == .verifyIfGiven || self == .requireAndVerify
    }
}
