import CZlib

/// The CRC-32 of some bytes and how many they are, so that it can be combined with that of the bytes that follow.
struct Checksum: Sendable {
    private(set) var value: UInt = 0
    private(set) var length = 0
    /// What `crc32_combine_op` needs to put these bytes after others. It depends on their length alone.
    private var operation: UInt?

    static let ofNothing = Checksum()

    private init() {}

    init(of bytes: [UInt8]) {
        length = bytes.count
        value = bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
        operation = crc32_combine_gen(length)
    }

    /// That of these bytes with the others after them.
    mutating func append(_ other: Checksum) {
        value = crc32_combine_op(value, other.value, other.operation ?? crc32_combine_gen(other.length))
        length += other.length
        operation = nil
    }

    /// For something that is appended often.
    mutating func prepare() {
        operation = crc32_combine_gen(length)
    }
}
