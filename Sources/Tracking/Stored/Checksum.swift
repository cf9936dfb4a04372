/// Tells bytes that a disk or a stray write changed from those that were written.
enum Checksum {
    static let length = 4

    /// FNV-1a, 32 bits. Source: RFC 9923
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
