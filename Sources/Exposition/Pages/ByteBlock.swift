/// Bytes in the form in which they are sent, so that what is ready can be sent as it is.
package protocol ByteBlock: Sendable {
    init(copying bytes: [UInt8])
}

extension [UInt8]: ByteBlock {
    package init(copying bytes: [UInt8]) {
        self = bytes
    }
}
