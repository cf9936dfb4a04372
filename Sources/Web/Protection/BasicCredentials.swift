import FoundationEssentials

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
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "basic", let bytes = Data(base64Encoded: String(words[1])),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let user = String(validating: bytes[..<colon], as: UTF8.self), !bytes.contains(0)
        else { return nil }
        self.user = user
        password = Array(bytes[bytes.index(after: colon)...])
    }
}
