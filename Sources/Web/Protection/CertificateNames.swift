import Glibc
import SwiftASN1
import X509

/// The subject alternative names of a certificate, as Go writes them: DNS, IP, e-mail and URI.
enum CertificateNames {
    /// - Returns: None where the certificate cannot be read.
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
