/// The answer to a scrape: ready bytes that it shares with other scrapes and keeps for as long as it is read.
package struct ScrapeBody<Block: ByteBlock>: Sendable {
    /// A family of up to so many bytes costs less to copy than to be sent as blocks of its own.
    private static var smallLength: Int { 4096 }

    /// Shorter bodies have few blocks anyway; of longer ones each slow reader would hold too much memory.
    private static var joinedLengths: ClosedRange<Int> { 64 << 10...4 << 20 }

    package private(set) var blocks: [Block] = []
    /// Bytes in all.
    package private(set) var length = 0
    /// Whether the last block is a copy, which no other body shares.
    private var endsWithCopy = false

    /// The same bytes as one block, where a copy costs less than many blocks do when they are sent.
    func joined() -> ScrapeBody {
        guard Self.joinedLengths.contains(length) else { return self }
        var block = Block(copying: [])
        block.reserveCapacity(length)
        for part in blocks { block.append(copying: part) }
        var body = ScrapeBody()
        body.blocks = [block]
        body.length = length
        return body
    }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        appendCopy(of: Block(copying: bytes))
        length += bytes.count
    }

    mutating func append(_ family: ReadyFamily<Block>) {
        length += family.length
        if family.length <= Self.smallLength {
            for block in family.blocks { appendCopy(of: block) }
        } else {
            blocks.append(contentsOf: family.blocks)
            endsWithCopy = false
        }
    }

    private mutating func appendCopy(of block: Block) {
        if !endsWithCopy { blocks.append(Block(copying: [])) }
        blocks[blocks.count - 1].append(copying: block)
        endsWithCopy = true
    }
}

/// The answer to scrapes of everything in one form, made ready before they come.
struct PreparedBody<Block: ByteBlock>: Sendable {
    let body: ScrapeBody<Block>
    let time: ContinuousClock.Instant
    /// The registry's that it shows.
    let revision: UInt64
}

/// What a scrape asks for and what is kept ready: a format, compressed or not.
package struct ScrapeForm: Sendable, Hashable {
    package var format: ExpositionFormat
    package var coding: ContentCoding

    package init(_ format: ExpositionFormat, _ coding: ContentCoding) {
        self.format = format
        self.coding = coding
    }
}
