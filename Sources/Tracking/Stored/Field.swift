package import KoreAI

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
