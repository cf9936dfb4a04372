import CCrypt
import Crypto
import FoundationEssentials
import Model
import NIOPosix
import Synchronization

/// Checks passwords against bcrypt hashes.
///
/// bcrypt is slow by design. One check runs at a time, off the cooperative pool, and only so many wait, so that
/// guesses take no more than one core. The last password of each user that was right is remembered, as a keyed hash,
/// so that a scrape does not pay for bcrypt each time. An unknown user costs what a known one does.
final class PasswordCheck: Sendable {
    enum Outcome: Sendable {
        case accepted
        case refused
        /// Too many others are being checked.
        case overloaded
    }

    private let users: [String: Secret]
    private let decoys: [Secret]
    private let lock: AsyncLock
    /// Known to this process alone, so that what is remembered is worth nothing to anyone else.
    private let key = SymmetricKey(size: .bits256)
    private let accepted = Mutex<[String: HMAC<SHA256>.MAC]>([:])

    init(users: [String: Secret], lock: AsyncLock) {
        self.users = users
        self.lock = lock
        decoys = users.sorted { $0.key < $1.key }.map(\.value)
    }

    /// - Parameter credentials: `nil` where the client gave none, which costs nothing.
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

    /// The hash that an unknown user is checked against: the same one each time, as a known user has it.
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

/// What a client says of itself in `Authorization: Basic …`.
///
/// Source: RFC 7617.
struct BasicCredentials: Sendable {
    let user: String
    /// Without a zero byte, which a password for bcrypt cannot hold.
    let password: [UInt8]

    /// - Parameter header: The value of `Authorization`.
    /// - Returns: `nil` for any other scheme and for what cannot be read.
    init?(_ header: String) {
        guard let (scheme, text) = AuthorizationHeader.parts(of: header), scheme == "basic",
            let bytes = Data(base64Encoded: text), let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let user = String(validating: bytes[..<colon], as: UTF8.self), !bytes.contains(0)
        else { return nil }
        self.user = user
        password = Array(bytes[bytes.index(after: colon)...])
    }
}

/// `Authorization`: the name of a scheme, whose case means nothing, and what it carries.
///
/// Source: RFC 9110, sections 11.1 and 11.4.
enum AuthorizationHeader {
    /// - Returns: The scheme in small letters; `nil` where nothing follows it.
    static func parts(of header: String) -> (scheme: String, credentials: String)? {
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return nil }
        return (words[0].lowercased(), String(words[1].drop { $0 == " " }))
    }

    /// The header with a bearer token as most clients write it; any other as it is.
    static func withUsualBearer(_ header: String) -> String {
        guard let (scheme, token) = parts(of: header), scheme == "bearer" else { return header }
        return "Bearer " + token
    }
}
