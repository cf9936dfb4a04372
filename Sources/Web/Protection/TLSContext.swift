import Glibc
import Logging
import Model
import NIOCore
import NIOSSL
import NIOTLS
import Settings
import SwiftASN1
import X509

/// The TLS settings of new connections: certificates, versions, and which clients are accepted.
struct TLSContext: Sendable {
    typealias Verification = @Sendable ([NIOSSLCertificate], EventLoopPromise<NIOSSLVerificationResult>) -> Void

    let context: NIOSSLContext
    /// Accepts any client certificate; set if the configuration asks for one without verifying it.
    let verification: Verification?
    /// The client's certificate must have one of these names; `nil` if any will do.
    let allowedNames: Set<String>?

    /// - Throws: `SettingsComplaints` if the certificates, the key or the authorities cannot be used.
    init(_ settings: WebTLSSettings, http2: Bool) throws(SettingsComplaints) {
        let chain = try Self.use(settings.certificate, or: "holds no certificate that can be read") {
            try NIOSSLCertificate.fromPEMBytes($0)
        }
        let key = try Self.use(settings.key, or: "holds no private key that can be read without a passphrase") {
            try NIOSSLPrivateKey(bytes: $0, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = Self.version(settings.minimumVersion)
        configuration.maximumTLSVersion = Self.version(settings.maximumVersion)
        configuration.applicationProtocols = http2 ? ["h2", "http/1.1"] : ["http/1.1"]
        // BoringSSL always offers all suites of TLS 1.3.
        if let suites = settings.cipherSuites?.filter({ !$0.isOfTLS13 }), !suites.isEmpty {
            configuration.cipherSuiteValues = suites.map { NIOTLSCipher(rawValue: $0.number) }
        }
        configuration.curves = settings.curves?.map { NIOTLSCurve(rawValue: $0.number) }
        if let authorities = settings.clientAuthorities {
            let certificates = try Self.use(authorities, or: "holds no certificate that can be read") {
                try NIOSSLCertificate.fromPEMBytes($0)
            }
            configuration.trustRoots = .certificates(certificates)
            configuration.sendCANameList = true
        }
        switch settings.clientAuthentication {
        case .none: configuration.certificateVerification = .none
        case .request, .verifyIfGiven: configuration.certificateVerification = .optionalVerification
        case .requireAny, .require, .requireAndVerify: configuration.certificateVerification = .noHostnameVerification
        }
        let isBlind = settings.clientAuthentication != .none && !settings.clientAuthentication.verifies
        let accepting: Verification = { _, promise in promise.succeed(.certificateVerified) }
        verification = isBlind ? accepting : nil
        allowedNames = settings.clientAllowedNames
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            // Each text was already parsed, so the error that is left is a key that does not belong to the certificate.
            throw SettingsComplaints([settings.key.complaint("does not belong to the certificate (\(error))")])
        }
    }

    private static func use<Value>(
        _ pem: PEMText,
        or objection: String,
        _ read: ([UInt8]) throws -> Value
    ) throws(SettingsComplaints) -> Value {
        do {
            return try read(Array(pem.text.reveal().utf8))
        } catch {
            throw SettingsComplaints([pem.complaint(objection)])
        }
    }

    private static func version(_ version: TLSVersionSetting) -> TLSVersion {
        switch version {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}

/// The subject alternative names of a certificate, written as in Go: DNS, IP, e-mail and URI.
enum CertificateNames {
    /// - Returns: An empty set if the certificate cannot be parsed.
    static func names(ofDER bytes: [UInt8]) -> Set<String> {
        guard let certificate = try? Certificate(derEncoded: bytes),
            let names = try? certificate.extensions.subjectAlternativeNames
        else { return [] }
        return Set(
            names.compactMap { name in
                switch name {
                case .dnsName(let name), .rfc822Name(let name), .uniformResourceIdentifier(let name): name
                case .ipAddress(let address): text(ofAddress: Array(address.bytes))
                default: nil
                }
            }
        )
    }

    private static func text(ofAddress bytes: [UInt8]) -> String? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : bytes.count == 16 ? AF_INET6 : nil
        guard let family, inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Closes a TLS connection whose client certificate has none of the allowed names, before a request is read.
final class ClientNameHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let allowedNames: Set<String>
    private let logger: Logger

    init(allowedNames: Set<String>, logger: Logger) {
        self.allowedNames = allowedNames
        self.logger = logger
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted = event as? TLSUserEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        let names = (try? certificate?.toDERBytes()).map(CertificateNames.names) ?? []
        guard names.isDisjoint(with: allowedNames) else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        logger.debug(
            "a client was turned away: its certificate has none of the names in client_allowed_sans",
            metadata: ["remote": "\(context.remoteAddress?.description ?? "")", "names": "\(names.sorted())"]
        )
        context.close(promise: nil)
    }
}
