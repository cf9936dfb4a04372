import CZlib

/// Compresses one text after the other to raw deflate, each so that it can stand anywhere in a stream.
///
/// Source: RFC 1951, and <https://zlib.net/manual.html>.
final class Deflater {
    /// Most of what is to be had: the pages are all alike, and the next level takes half as long again for 10 % less.
    private static let level: Int32 = 1
    private static let memoryLevel: Int32 = 8
    private static let mostStoredBytes = 65_535

    /// At one place for good, because zlib keeps its address. `nil` where there is no memory for it.
    private let stream: UnsafeMutablePointer<z_stream>?
    private var output: [UInt8] = []

    init() {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        if czlib_deflate_init(stream, Self.level, Self.memoryLevel) == Z_OK {
            self.stream = stream
        } else {
            stream.deallocate()
            self.stream = nil
        }
    }

    deinit {
        guard let stream else { return }
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Blocks that end on a byte boundary, none of them the last of a stream, and that look back to nothing before them.
    func segment(of bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty, let stream, UInt32(exactly: bytes.count) != nil, deflateReset(stream) == Z_OK else {
            return Self.stored(bytes)
        }
        // Beyond the bound there are the bytes of the empty block that a flush ends with.
        let capacity = Int(deflateBound(stream, UInt(bytes.count))) + 16
        if output.count < capacity { output = [UInt8](repeating: 0, count: capacity) }
        let length: Int? = bytes.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                // zlib does not write to its input.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(clamping: output.count)
                let result = deflate(stream, Z_SYNC_FLUSH)
                let isWhole = result == Z_OK && stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0
                return isWhole ? output.count - Int(stream.pointee.avail_out) : nil
            }
        }
        return length.map { Array(output[..<$0]) } ?? Self.stored(bytes)
    }

    /// Not compressed, which needs nobody's help.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var blocks: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: mostStoredBytes) {
            let block = bytes[start..<min(start + mostStoredBytes, bytes.count)]
            let length = UInt16(block.count)
            blocks.append(0)
            for part in [length, ~length] {
                blocks.append(UInt8(truncatingIfNeeded: part))
                blocks.append(UInt8(truncatingIfNeeded: part >> 8))
            }
            blocks.append(contentsOf: block)
        }
        return blocks
    }
}

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
