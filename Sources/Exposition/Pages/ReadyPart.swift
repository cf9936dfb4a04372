/// A page of a family, or its header, as it is sent.
struct ReadyPart<Block: ByteBlock>: Sendable {
    enum Content: Sendable {
        case plain(Block)
        /// Raw deflate, and the checksum of what it decompresses to.
        case compressed([UInt8], Checksum)
    }

    /// The page's when it was rendered.
    let revision: UInt64
    /// Of the bytes before compression.
    let length: Int
    let content: Content
}
