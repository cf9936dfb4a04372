/// The answer to a scrape: ready bytes that it shares with other scrapes and keeps for as long as it is read.
package struct ScrapeBody<Block: ByteBlock>: Sendable {
    package private(set) var blocks: [Block] = []
    /// Bytes in all.
    package private(set) var length = 0

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        blocks.append(Block(copying: bytes))
        length += bytes.count
    }

    mutating func append(_ family: ReadyFamily<Block>) {
        blocks.append(contentsOf: family.blocks)
        length += family.length
    }
}
