/// What stands before and after the segments of a gzip member.
///
/// Source: RFC 1952.
enum GzipMember {
    /// Deflate, no name, no time, made by a Unix.
    static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

    /// An empty last block, the checksum, and the length modulo 2^32.
    static func trailer(_ checksum: Checksum) -> [UInt8] {
        var bytes: [UInt8] = [0x03, 0x00]
        for value in [UInt32(truncatingIfNeeded: checksum.value), UInt32(truncatingIfNeeded: checksum.length)] {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }
}
