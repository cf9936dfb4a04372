import FoundationEssentials
import JWTKit
import Model

@testable import KoreAI

/// A token as the platform sees it: its header, and its claims once the signature was found good.
struct VerifiedToken {
    var algorithm: String?
    var type: String?
    var claims: TokenClaims
    /// The names of all claims, known or not.
    var names: Set<String>

    init(_ token: Secret, secret: String, digest: DigestAlgorithm) async throws {
        let keys = JWTKeyCollection()
        // Debug builds of JWTKit stop at keys shorter than the digest.
        let padding = [UInt8](repeating: 0, count: max(0, 64 - secret.utf8.count))
        await keys.add(hmac: HMACKey(from: Array(secret.utf8) + padding), digestAlgorithm: digest)
        claims = try await keys.verify(token.reveal(), as: TokenClaims.self)
        let header = try Self.fields(of: token, part: 0)
        algorithm = header["alg"]
        type = header["typ"]
        names = Set(try Self.fields(of: token, part: 1).keys)
    }

    private static func fields(of token: Secret, part: Int) throws -> [String: String] {
        let text = token.reveal().split(separator: ".")[part]
        var base64 = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        while base64.utf8.count % 4 != 0 { base64 += "=" }
        var reader = JSONReader([UInt8](Data(base64Encoded: base64) ?? Data()))
        var fields: [String: String] = [:]
        guard reader.beginObject() else { return fields }
        while let key = try reader.nextKey() { fields[key] = try reader.scalar().text ?? "" }
        return fields
    }
}
