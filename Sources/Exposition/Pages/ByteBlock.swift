/// Bytes in the form in which they are sent, so that what is ready can be sent as it is.
package protocol ByteBlock: Sendable {
    init(copying bytes: [UInt8])

    /// Copies the bytes of another block after these.
    mutating func append(copying other: Self)

    /// Makes room for so many bytes in all.
    mutating func reserveCapacity(_ count: Int)
}

extension [UInt8]: ByteBlock {
    package init(copying bytes: [UInt8]) {
        self = bytes
    }

    package mutating func append(copying other: [UInt8]) {
        append(contentsOf: other)
    }
}
