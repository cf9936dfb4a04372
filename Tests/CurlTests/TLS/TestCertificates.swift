import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// An authority of the test's own, and files with what it signs.
struct TestCertificates {
    /// A certificate and its key, in memory and as PEM files.
    struct Issued {
        var certificate: String
        var key: String
        var certificateFile: String
        var keyFile: String
    }

    private let name: DistinguishedName
    private let key = P256.Signing.PrivateKey()
    private let folder: URL
    /// PEM file with the authority's certificate.
    let caFile: String
    private let caCertificate: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("curl-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        name = try DistinguishedName { CommonName("Test authority") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: .now - 3600 * 24 * 30,
            notValidAfter: .now + 3600,
            issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true))
            },
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
        caCertificate = try certificate.serializeAsPEM().pemString
        caFile = try Self.write(caCertificate, to: folder)
    }

    /// Deletes the files.
    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    /// - Parameters:
    ///   - host: the name in the certificate; `127.0.0.1` stands as an address.
    ///   - end: when it ends or ended, in seconds from now.
    func issue(host: String = "127.0.0.1", end: TimeInterval = 3600) throws -> Issued {
        let key = P256.Signing.PrivateKey()
        let alternative: GeneralName =
            host == "127.0.0.1" ? .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])) : .dnsName(host)
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: .now - 3600 * 24 * 20,
            notValidAfter: .now + end,
            issuer: name,
            subject: DistinguishedName { CommonName(host) },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions { SubjectAlternativeNames([alternative]) },
            issuerPrivateKey: Certificate.PrivateKey(self.key)
        )
        let pem = try certificate.serializeAsPEM().pemString
        return Issued(
            certificate: pem,
            key: key.pemRepresentation,
            certificateFile: try Self.write(pem, to: folder),
            keyFile: try Self.write(key.pemRepresentation, to: folder)
        )
    }

    /// A server's TLS settings.
    ///
    /// - Parameter asksForCertificate: let in only clients with a certificate of this authority.
    func server(
        _ issued: Issued,
        protocols: [String] = [],
        asksForCertificate: Bool = false,
        maximumVersion: TLSVersion? = nil
    ) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(issued.certificate.utf8)).map {
                .certificate($0)
            },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(issued.key.utf8), format: .pem))
        )
        configuration.applicationProtocols = protocols
        configuration.maximumTLSVersion = maximumVersion
        if asksForCertificate {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(caCertificate.utf8)))
        }
        return configuration
    }

    private static func write(_ text: String, to folder: URL) throws -> String {
        let file = folder.appendingPathComponent("\(UUID().uuidString).pem")
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
