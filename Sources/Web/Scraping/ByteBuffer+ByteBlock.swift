import Exposition
package import NIOCore

extension ByteBuffer: ByteBlock {
    package init(copying bytes: [UInt8]) {
        self = ByteBufferAllocator().buffer(bytes: bytes)
    }

    package mutating func append(copying other: ByteBuffer) {
        writeImmutableBuffer(other)
    }
}
