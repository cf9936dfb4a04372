/// The fields of a message in the wire form of Protocol Buffers, written from its specification and sharing no code with
/// the encoder.
public struct ProtobufMessage: Sendable {
    public enum Value: Equatable, Sendable {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes([UInt8])
    }

    public let fields: [(number: Int, value: Value)]

    public init(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        var fields: [(Int, Value)] = []
        while !rest.isEmpty {
            let key = try Self.varint(&rest)
            let value: Value
            switch key & 7 {
            case 0: value = .varint(try Self.varint(&rest))
            case 1:
                guard rest.count >= 8 else { throw ReadError("eight bytes are cut off") }
                value = .fixed64(rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
                rest.removeFirst(8)
            case 2: value = .bytes(try Self.bytes(&rest))
            default: throw ReadError("wire type \(key & 7)")
            }
            fields.append((Int(key >> 3), value))
        }
        self.fields = fields
    }

    /// Messages one after the other, each after its length.
    public static func delimited(_ bytes: [UInt8]) throws -> [ProtobufMessage] {
        var rest = bytes[...]
        var messages: [ProtobufMessage] = []
        while !rest.isEmpty { messages.append(try ProtobufMessage(self.bytes(&rest))) }
        return messages
    }

    public func messages(_ number: Int) throws -> [ProtobufMessage] {
        try fields.filter { $0.number == number }.map { field in
            guard case .bytes(let bytes) = field.value else { throw ReadError("field \(number) is no message") }
            return try ProtobufMessage(bytes)
        }
    }

    public func string(_ number: Int) -> String? {
        guard case .bytes(let bytes) = fields.last(where: { $0.number == number })?.value else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    public func double(_ number: Int) -> Double? {
        guard case .fixed64(let bits) = fields.last(where: { $0.number == number })?.value else { return nil }
        return Double(bitPattern: bits)
    }

    public func uint(_ number: Int) -> UInt64? {
        guard case .varint(let value) = fields.last(where: { $0.number == number })?.value else { return nil }
        return value
    }

    /// Each `sint64` of a repeated field.
    public func sints(_ number: Int) -> [Int64] {
        fields.compactMap { field in
            guard field.number == number, case .varint(let value) = field.value else { return nil }
            return Int64(value >> 1) ^ -Int64(value & 1)
        }
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { break }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw ReadError("a number does not end")
    }

    private static func bytes(_ bytes: inout ArraySlice<UInt8>) throws -> [UInt8] {
        guard let length = Int(exactly: try varint(&bytes)), length <= bytes.count else { throw ReadError("cut off") }
        defer { bytes.removeFirst(length) }
        return Array(bytes.prefix(length))
    }
}
