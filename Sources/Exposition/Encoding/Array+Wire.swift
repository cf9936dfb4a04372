/// The wire form of Protocol Buffers.
///
/// Source: <https://protobuf.dev/programming-guides/encoding/>.
extension [UInt8] {
    @inline(__always)
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    @inline(__always)
    mutating func append(littleEndian value: UInt64) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// The text's length and its UTF-8.
    mutating func append(text: String) {
        append(varint: UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }

    mutating func append(text: some Collection<UInt8>) {
        append(varint: UInt64(text.count))
        append(contentsOf: text)
    }
}

/// Fields.
extension [UInt8] {
    mutating func append(field number: UInt64, varint value: UInt64) {
        append(varint: number << 3)
        append(varint: value)
    }

    /// An `sint32` or `sint64`.
    mutating func append(field number: UInt64, signed value: Int64) {
        append(field: number, varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func append(field number: UInt64, double value: Double) {
        append(varint: number << 3 | 1)
        // Only one of the many NaNs: another tells Prometheus that the series has ended.
        // Source: https://github.com/prometheus/prometheus/blob/main/model/value/value.go
        append(littleEndian: (value.isNaN ? .nan : value).bitPattern)
    }

    /// A text, or a message.
    mutating func append(field number: UInt64, text: some Collection<UInt8>) {
        append(varint: number << 3 | 2)
        append(text: text)
    }

    /// A `google.protobuf.Timestamp`.
    ///
    /// - Parameter seconds: Since 1970; one that no `Int64` holds is left out.
    mutating func append(field number: UInt64, timestamp seconds: Double) {
        let whole = seconds.rounded(.down)
        guard let integer = Int64(exactly: whole) else { return }
        var timestamp: [UInt8] = []
        timestamp.append(field: 1, varint: UInt64(bitPattern: integer))
        timestamp.append(field: 2, varint: UInt64(Swift.min((seconds - whole) * 1e9, 999_999_999)))
        append(field: number, text: timestamp)
    }
}
