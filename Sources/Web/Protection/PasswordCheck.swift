import CCrypt
import Crypto
import FoundationEssentials
import Model
import NIOPosix
import Synchronization

/// Checks passwords against bcrypt hashes.
///
/// bcrypt is slow by design. One check runs at a time, off the cooperative pool, and the number of waiting checks is
/// limited, so that guessing takes at most one core. The last correct password of each user is kept as a keyed hash, so
/// that not every scrape pays for bcrypt. An unknown user takes as long to check as a known one.
final class PasswordCheck: Sendable {
    enum Outcome: Sendable {
        case accepted
        case refused
        /// Too many other checks are waiting.
        case overloaded
    }

    private let users: [String: Secret]
    private let decoys: [Secret]
    private let lock: AsyncLock
    /// A random key of this process, so that the stored hashes are useless elsewhere.
    private let key = SymmetricKey(size: .bits256)
    private let accepted = Mutex<[String: HMAC<SHA256>.MAC]>([:])

    init(users: [String: Secret], lock: AsyncLock) {
        self.users = users
        self.lock = lock
        decoys = users.sorted { $0.key < $1.key }.map(\.value)
    }

    /// - Parameter credentials: `nil` if the client sent none; it is then refused at no cost.
    func check(_ credentials: BasicCredentials?) async -> Outcome {
        guard let credentials else { return .refused }
        if isRemembered(credentials) { return .accepted }
        let known = users[credentials.user]
        guard let hash = known ?? decoy(for: credentials.user) else { return .refused }
        let password = credentials.password + [0]
        let matches = await lock.withLockUnlessCrowded {
            try? await NIOThreadPool.singleton.runIfActive {
                password.withUnsafeBytes { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { text in
                        text.baseAddress.map { koreai_password_matches($0, hash.reveal()) } ?? false
                    }
                }
            }
        }
        guard let matches else { return .overloaded }
        guard known != nil, matches == true else { return .refused }
        remember(credentials)
        return .accepted
    }

    /// The hash that an unknown user is checked against: always the same one for the same name, as for a known user.
    private func decoy(for user: String) -> Secret? {
        guard !decoys.isEmpty else { return nil }
        return decoys[Int(UInt(bitPattern: user.hashValue) % UInt(decoys.count))]
    }

    private func isRemembered(_ credentials: BasicCredentials) -> Bool {
        guard let code = accepted.withLock({ $0[credentials.user] }) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: credentials.password, using: key)
    }

    private func remember(_ credentials: BasicCredentials) {
        let code = HMAC<SHA256>.authenticationCode(for: credentials.password, using: key)
        accepted.withLock { $0[credentials.user] = code }
    }
}

/// The user and password of `Authorization: Basic …`.
///
/// Source: RFC 7617.
struct BasicCredentials: Sendable {
    let user: String
    /// The password's bytes, without a zero byte, which bcrypt cannot take.
    let password: [UInt8]

    /// - Parameter header: The value of `Authorization`.
    /// - Returns: `nil` for any other scheme and for a value that cannot be parsed.
    init?(_ header: String) {
        guard let (scheme, text) = AuthorizationHeader.parts(of: header), scheme == "basic",
            let bytes = Data(base64Encoded: text), let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let user = String(validating: bytes[..<colon], as: UTF8.self), !bytes.contains(0)
        else { return nil }
        self.user = user
        password = Array(bytes[bytes.index(after: colon)...])
    }
}

/// Splits `Authorization` into its scheme, whose case does not matter, and its credentials.
///
/// Source: RFC 9110, sections 11.1 and 11.4.
enum AuthorizationHeader {
    /// - Returns: The scheme in lower case, and the credentials; `nil` if there are none.
    static func parts(of header: String) -> (scheme: String, credentials: String)? {
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return nil }
        return (words[0].lowercased(), String(words[1].drop { $0 == " " }))
    }

    /// The header with the scheme `bearer` spelled `Bearer`; a header with another scheme is returned unchanged.
    static func withUsualBearer(_ header: String) -> String {
        guard let (scheme, token) = parts(of: header), scheme == "bearer" else { return header }
        return "Bearer " + token
    }
}
