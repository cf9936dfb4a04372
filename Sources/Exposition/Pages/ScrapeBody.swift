/// The body of the response to a scrape: ready blocks, which it shares with other responses and keeps until they are
/// sent.
package struct ScrapeBody<Block: ByteBlock>: Sendable {
    /// A family of up to this many bytes costs less to copy than to send as blocks of its own.
    private static var smallLength: Int { 4096 }

    /// Lengths in bytes of bodies that are joined. Shorter bodies have few blocks anyway; a copy of a longer one would
    /// take too much memory for each slow client.
    private static var joinedLengths: ClosedRange<Int> { 64 << 10...4 << 20 }

    package private(set) var blocks: [Block] = []
    /// The length of all blocks, in bytes.
    package private(set) var length = 0
    /// Whether the last block is a copy, which no other body shares.
    private var endsWithCopy = false

    /// The same bytes as one block, if a copy costs less than to send many blocks.
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

/// The response to scrapes of everything in one form, prepared before they come.
struct PreparedBody<Block: ByteBlock>: Sendable {
    let body: ScrapeBody<Block>
    let time: ContinuousClock.Instant
    /// The revision of the registry that it shows.
    let revision: UInt64
}

/// A format, compressed or not: what a scrape asks for and what is kept ready.
package struct ScrapeForm: Sendable, Hashable {
    package var format: ExpositionFormat
    package var coding: ContentCoding

    package init(_ format: ExpositionFormat, _ coding: ContentCoding) {
        self.format = format
        self.coding = coding
    }
}
