import Exposition
import NIOCore

extension ByteBuffer: ByteBlock {
    package init(copying bytes: [UInt8]) {
        self = ByteBufferAllocator().buffer(bytes: bytes)
    }
}
