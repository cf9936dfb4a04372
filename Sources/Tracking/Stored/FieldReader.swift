/// Reads what a ``FieldWriter`` wrote. Never traps, whatever the bytes are.
package struct FieldReader: Sendable {
    private let bytes: [UInt8]
    private var index: Int
    private let end: Int

    /// - Parameter sealed: The bytes that ``FieldWriter/sealed()`` gave.
    package init(sealed: [UInt8]) throws(StoredFormError) {
        let end = sealed.count - Checksum.length
        guard end >= 1 else { throw StoredFormError("it has \(sealed.count) bytes, which is too few") }
        let checksum = sealed[end...].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        guard checksum == Checksum.of(sealed[..<end]) else {
            throw StoredFormError("its checksum does not fit what it holds")
        }
        guard sealed[0] == FieldWriter.version else {
            throw StoredFormError("it is in form \(sealed[0]), and this version reads form \(FieldWriter.version)")
        }
        self.init(sealed, from: 1, to: end)
    }

    private init(_ bytes: [UInt8], from start: Int, to end: Int) {
        self.bytes = bytes
        self.index = start
        self.end = end
    }

    /// The next field; `nil` at the end.
    package mutating func next() throws(StoredFormError) -> Field? {
        guard index < end else { return nil }
        let key = try varint()
        guard let number = Int(exactly: key >> 3) else { throw StoredFormError("a field has an impossible number") }
        switch FieldWriter.WireType(rawValue: key & 7) {
        case .varint: return Field(number: number, value: .varint(try varint()))
        case .fixed64: return Field(number: number, value: .fixed(try fixed()))
        case .bytes: return Field(number: number, value: .bytes(try bounded()))
        case nil: throw StoredFormError("field \(number) has an unknown type")
        }
    }

    /// All that is left, as text.
    func string() -> String {
        String(decoding: bytes[index..<end], as: UTF8.self)
    }

    /// All that is left, as numbers without keys.
    package func packedIntegers() throws(StoredFormError) -> [UInt64] {
        var reader = self
        var values: [UInt64] = []
        while reader.index < reader.end {
            values.append(try reader.varint())
        }
        return values
    }

    /// All that is left, as numbers without keys.
    func packedDoubles() throws(StoredFormError) -> [Double] {
        var reader = self
        var values: [Double] = []
        values.reserveCapacity((end - index) / 8)
        while reader.index < reader.end {
            values.append(Double(bitPattern: try reader.fixed()))
        }
        return values
    }

    private mutating func varint() throws(StoredFormError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard index < end else { break }
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw StoredFormError("a number does not end")
    }

    private mutating func fixed() throws(StoredFormError) -> UInt64 {
        guard end - index >= 8 else { throw StoredFormError("a number is cut off") }
        var value: UInt64 = 0
        for position in 0..<8 {
            value |= UInt64(bytes[index + position]) << UInt64(8 * position)
        }
        index += 8
        return value
    }

    private mutating func bounded() throws(StoredFormError) -> FieldReader {
        guard let length = Int(exactly: try varint()), length <= end - index else {
            throw StoredFormError("a field is cut off")
        }
        defer { index += length }
        return FieldReader(bytes, from: index, to: index + length)
    }
}
