/// Parts that are sent as one block: single compressed ones would be too small for it.
struct ReadySpan<Block: ByteBlock>: Sendable {
    /// How many pages it joins at most. With it, one changed page costs as much in a large family as in a small one.
    static var mostPages: Int { 32 }

    let block: Block
    /// Of the block.
    let length: Int
    /// Of what the block decompresses to.
    let checksum: Checksum

    init(_ parts: some Collection<ReadyPart<Block>>) {
        var bytes: [UInt8] = []
        var checksum = Checksum.ofNothing
        for case .compressed(let segment, let ofPart) in parts.lazy.map(\.content) {
            bytes.append(contentsOf: segment)
            checksum.append(ofPart)
        }
        checksum.prepare()
        block = Block(copying: bytes)
        length = bytes.count
        self.checksum = checksum
    }
}
