import KoreAI
package import Model

/// Writes numbered fields in the wire form of Protocol Buffers, which is compact and lets a reader pass over fields
/// that it does not know. `protoc --decode_raw` shows what is in it.
///
/// Source: https://protobuf.dev/programming-guides/encoding/
package struct FieldWriter: Sendable {
    enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
    }

    private var bytes: [UInt8] = []

    package init() {
        bytes.reserveCapacity(512)
        bytes.append(Self.version)
    }

    /// The version of the form. It rises when the meaning of a field changes, not when fields are added.
    static let version: UInt8 = 2

    /// The bytes that were written, between the form's version and a checksum.
    package func sealed() -> [UInt8] {
        var sealed = bytes
        withUnsafeBytes(of: Checksum.of(bytes).littleEndian) { sealed.append(contentsOf: $0) }
        return sealed
    }

    /// A `sint64`: small numbers of either sign are short.
    package mutating func write(_ number: Int, _ value: Int64) {
        write(number, UInt64(zigzag: value))
    }

    package mutating func write(_ number: Int, _ value: UInt64) {
        key(number, .varint)
        varint(value)
    }

    package mutating func write(_ number: Int, _ value: Bool) {
        write(number, value ? 1 : 0 as UInt64)
    }

    package mutating func write(_ number: Int, _ value: Double) {
        write(number, fixed: value.bitPattern)
    }

    /// Eight bytes: shorter than a varint for numbers that use all bits.
    package mutating func write(_ number: Int, fixed value: UInt64) {
        key(number, .fixed64)
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func write(_ number: Int, _ value: String) {
        key(number, .bytes)
        varint(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// Writes a time in milliseconds since 1970.
    package mutating func write(_ number: Int, _ value: Timestamp) {
        write(number, value.milliseconds)
    }

    package mutating func write(_ number: Int, _ value: ClockReading) {
        write(number) { value.write(to: &$0) }
    }

    /// Fields within a field.
    package mutating func write(_ number: Int, message: (inout FieldWriter) -> Void) {
        key(number, .bytes)
        let start = bytes.count
        message(&self)
        var length = UInt64(bytes.count - start)
        var position = start
        while length >= 0x80 {
            bytes.insert(UInt8(truncatingIfNeeded: length) | 0x80, at: position)
            length >>= 7
            position += 1
        }
        bytes.insert(UInt8(truncatingIfNeeded: length), at: position)
    }

    /// Numbers without keys, one after the other.
    package mutating func write(_ number: Int, packed values: [UInt64]) {
        write(number) { writer in
            for value in values {
                writer.varint(value)
            }
        }
    }

    /// Numbers without keys, one after the other.
    package mutating func write(_ number: Int, packed values: [Double]) {
        write(number) { writer in
            for value in values {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { writer.bytes.append(contentsOf: $0) }
            }
        }
    }

    mutating func write(_ number: Int, _ value: some Storable) {
        write(number) { value.write(to: &$0) }
    }

    private mutating func key(_ number: Int, _ type: WireType) {
        varint(UInt64(number) << 3 | type.rawValue)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
