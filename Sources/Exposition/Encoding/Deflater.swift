import CZlib

/// Compresses texts to segments of raw deflate, each of which can stand anywhere in a stream.
///
/// Source: RFC 1951, and <https://zlib.net/manual.html>.
final class Deflater {
    /// The lowest level saves most of what can be saved, because pages repeat themselves: the next one takes half as
    /// long again for 10 % less.
    private static let level: Int32 = 1
    private static let memoryLevel: Int32 = 8
    /// The longest stored block, in bytes.
    private static let mostStoredBytes = 65_535

    /// It is never moved, because zlib keeps its address. `nil` if zlib could not start it, for lack of memory.
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

    /// Compresses bytes to blocks that end on a byte boundary, do not refer to bytes before them, and are not the last
    /// of a stream.
    func segment(of bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty, let stream, UInt32(exactly: bytes.count) != nil, deflateReset(stream) == Z_OK else {
            return Self.stored(bytes)
        }
        // The bound does not count the empty block with which a flush ends.
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

    /// The bytes in stored blocks, which are not compressed and therefore need no zlib.
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

/// The bytes before and after the segments of a gzip member.
///
/// Source: RFC 1952.
enum GzipMember {
    /// Method deflate, no file name, no time, made on Unix.
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

/// The CRC-32 and the length of some bytes, which can be combined with those of the bytes that follow.
struct Checksum: Sendable {
    private(set) var value: UInt = 0
    private(set) var length = 0
    /// The operator with which `crc32_combine_op` puts these bytes after others. It depends on their length alone.
    private var operation: UInt?

    static let ofNothing = Checksum()

    private init() {}

    init(of bytes: [UInt8]) {
        length = bytes.count
        value = bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
        operation = crc32_combine_gen(length)
    }

    /// Makes this the checksum of these bytes with the other's after them.
    mutating func append(_ other: Checksum) {
        value = crc32_combine_op(value, other.value, other.operation ?? crc32_combine_gen(other.length))
        length += other.length
        operation = nil
    }

    /// Computes the operator in advance, for bytes that are appended often.
    mutating func prepare() {
        operation = crc32_combine_gen(length)
    }
}
