import Crypto
import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// The simulator's own certificate authority and the certificates that it signed. They are made at each start; keys
/// leave the process only where a caller writes them.
package struct SimulatorCertificates: Sendable {
    /// The authority's certificate, for clients to trust.
    package let authorityPEM: String
    /// The certificate for a client, where the simulator asks for one.
    package let clientCertificatePEM: String
    package let clientKeyPEM: String
    let trusted: NIOSSLContext
    let expired: NIOSSLContext

    init(requiresClientCertificate: Bool) throws {
        let authority = try Authority()
        let now = Date()
        let day = 86_400.0
        let client = try authority.issue("koreai-exporter", from: now - day, to: now + 365 * day)
        let trusted = try authority.issue("localhost", from: now - day, to: now + 365 * day)
        let expired = try authority.issue("localhost", from: now - 30 * day, to: now - day)
        authorityPEM = authority.pem
        clientCertificatePEM = client.certificate
        clientKeyPEM = client.key
        let clientAuthority = requiresClientCertificate ? authority.pem : nil
        self.trusted = try Self.context(trusted, trusting: clientAuthority)
        self.expired = try Self.context(expired, trusting: clientAuthority)
    }

    private static func context(_ issued: Issued, trusting authority: String?) throws -> NIOSSLContext {
        let certificate = try NIOSSLCertificate(bytes: Array(issued.certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(issued.key.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(certificate)],
            privateKey: .privateKey(key)
        )
        if let authority {
            configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: Array(authority.utf8), format: .pem)]
            )
            configuration.certificateVerification = .noHostnameVerification
        }
        return try NIOSSLContext(configuration: configuration)
    }

    private typealias Issued = (certificate: String, key: String)

    private struct Authority {
        let key = P256.Signing.PrivateKey()
        let name: DistinguishedName
        let pem: String

        init() throws {
            name = try DistinguishedName { CommonName("koreai-exporter simulator") }
            let now = Date()
            let certificate = try Certificate(
                version: .v3,
                serialNumber: Certificate.SerialNumber(),
                publicKey: Certificate.PublicKey(key.publicKey),
                notValidBefore: now - 60 * 86_400,
                notValidAfter: now + 365 * 86_400,
                issuer: name,
                subject: name,
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                },
                issuerPrivateKey: Certificate.PrivateKey(key)
            )
            pem = try certificate.serializeAsPEM().pemString
        }

        /// Signs a certificate for either end of a connection.
        func issue(_ commonName: String, from start: Date, to end: Date) throws -> Issued {
            let key = P256.Signing.PrivateKey()
            let certificate = try Certificate(
                version: .v3,
                serialNumber: Certificate.SerialNumber(),
                publicKey: Certificate.PublicKey(key.publicKey),
                notValidBefore: start,
                notValidAfter: end,
                issuer: name,
                subject: DistinguishedName { CommonName(commonName) },
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    Critical(KeyUsage(digitalSignature: true))
                    try ExtendedKeyUsage([.serverAuth, .clientAuth])
                    SubjectAlternativeNames([
                        .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                    ])
                },
                issuerPrivateKey: Certificate.PrivateKey(self.key)
            )
            return (certificate: try certificate.serializeAsPEM().pemString, key: key.pemRepresentation)
        }
    }
}
