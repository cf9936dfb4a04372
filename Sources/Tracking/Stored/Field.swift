import KoreAI
package import Model

/// A numbered field from a store.
package struct Field: Sendable {
    enum Value: Sendable {
        case varint(UInt64)
        case fixed(UInt64)
        case bytes(FieldReader)
    }

    package let number: Int
    let value: Value

    package func uint64() throws(StoredFormError) -> UInt64 {
        guard case .varint(let value) = value else { throw wrongType("a number") }
        return value
    }

    package func int64() throws(StoredFormError) -> Int64 {
        Int64(zigzag: try uint64())
    }

    package func bool() throws(StoredFormError) -> Bool {
        try uint64() != 0
    }

    package func fixed() throws(StoredFormError) -> UInt64 {
        guard case .fixed(let value) = value else { throw wrongType("eight bytes") }
        return value
    }

    package func double() throws(StoredFormError) -> Double {
        Double(bitPattern: try fixed())
    }

    package func message() throws(StoredFormError) -> FieldReader {
        guard case .bytes(let reader) = value else { throw wrongType("a list of fields") }
        return reader
    }

    package func string() throws(StoredFormError) -> String {
        try message().string()
    }

    package func timestamp() throws(StoredFormError) -> Timestamp {
        Timestamp(milliseconds: try int64())
    }

    package func clockReading() throws(StoredFormError) -> ClockReading {
        try stored()
    }

    func stored<Value: Storable>(_: Value.Type = Value.self) throws(StoredFormError) -> Value {
        try Value(from: message())
    }

    /// A word of a fixed set, or `unknown` for one that this version does not know.
    func word<Word: RawRepresentable<String>>(orElse unknown: Word) throws(StoredFormError) -> Word {
        try Word(rawValue: string()) ?? unknown
    }

    private func wrongType(_ expected: String) -> StoredFormError {
        StoredFormError("field \(number) should hold \(expected)")
    }
}

/// Tells bytes that a disk or a stray write changed from those that were written.
enum Checksum {
    static let length = 4

    /// FNV-1a, 32 bits. Source: RFC 9923
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}

extension UInt64 {
    /// A number of either sign, so that small ones are short as a varint.
    ///
    /// Source: https://protobuf.dev/programming-guides/encoding/#signed-ints
    package init(zigzag value: Int64) {
        self.init(bitPattern: value << 1 ^ value >> 63)
    }
}

extension Int64 {
    /// What ``UInt64/init(zigzag:)`` was given.
    package init(zigzag value: UInt64) {
        self = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}

/// A value that is kept in a store as numbered fields.
///
/// The numbers and what they mean are an interface between versions of the exporter: a field gets a new number, a
/// number is never used for something else, and a field that is missing has the value it had before it existed.
protocol Storable {
    func write(to writer: inout FieldWriter)
    init(from reader: consuming FieldReader) throws(StoredFormError)
}

/// Why bytes from a store are not what was written there.
package struct StoredFormError: Error, Sendable, Hashable {
    /// What was expected and what is there instead, to stand after "the state of … cannot be read: ".
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}

extension StoredFormError: CustomStringConvertible {
    package var description: String { message }
}
