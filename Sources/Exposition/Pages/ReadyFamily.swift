/// A family that is rendered in one form, in blocks that are ready to be sent.
struct ReadyFamily<Block: ByteBlock>: Sendable {
    let family: MetricFamily
    private var revision: UInt64?
    private var header: ReadyPart<Block>?
    private var pages: [ReadyPart<Block>] = []
    /// If the form is compressed: the span of the header, and then those of the pages.
    private var spans: [ReadySpan<Block>] = []
    private(set) var blocks: [Block] = []
    /// The length of the blocks, in bytes.
    private(set) var length = 0
    /// If the form is compressed: the checksum of what the blocks decompress to.
    private(set) var checksum = Checksum.ofNothing
    /// How many pages the spans have.
    private var joinedPages = 0
    /// The length of the pages before compression, in bytes.
    private var pageBytes = 0

    init(_ family: MetricFamily) {
        self.family = family
    }

    /// Renders what changed, and only that.
    mutating func refresh(_ model: ModelFamily, as form: ScrapeForm, by renderer: PageRenderer) {
        guard revision != model.revision else { return }
        revision = model.revision
        let changed = refreshPages(model, as: form, by: renderer)
        // The header of protobuf has the length of all pages; those of the other formats do not depend on the pages.
        let isNewHeader = header == nil || (form.format == .protobuf && header?.revision != UInt64(pageBytes))
        if isNewHeader {
            header = renderer.part(form.coding, revision: UInt64(pageBytes)) {
                form.format.header(of: family, pageBytes: pageBytes)
            }
        }
        switch form.coding {
        case .identity: joinPlain(changed, isNewHeader: isNewHeader)
        case .gzip: joinCompressed(changed, isNewHeader: isNewHeader)
        }
    }

    /// Renders the pages that changed.
    ///
    /// - Returns: The indices at which the page is another than before.
    private mutating func refreshPages(_ model: ModelFamily, as form: ScrapeForm, by renderer: PageRenderer) -> [Int] {
        // Pages move only if their number changes, which is rare.
        let moved: [UInt64: ReadyPart<Block>] =
            model.pages.count == pages.count
            ? [:] : Dictionary(pages.map { ($0.revision, $0) }, uniquingKeysWith: { first, _ in first })
        for part in pages.dropFirst(model.pages.count) { pageBytes -= part.length }
        pages.removeLast(max(0, pages.count - model.pages.count))
        var changed: [Int] = []
        for number in model.pages.indices {
            let revision = model.pages[number].revision
            if number < pages.count, pages[number].revision == revision { continue }
            changed.append(number)
            let part =
                moved[revision]
                ?? renderer.part(form.coding, revision: revision) {
                    form.format.render(model.pages[number], of: family)
                }
            pageBytes += part.length
            if number < pages.count {
                pageBytes -= pages[number].length
                pages[number] = part
            } else {
                pages.append(part)
            }
        }
        return changed
    }

    private mutating func joinPlain(_ changed: [Int], isNewHeader: Bool) {
        blocks.removeLast(max(0, blocks.count - 1 - pages.count))
        if isNewHeader, case .plain(let block) = header?.content { replaceBlock(at: 0, with: block) }
        for number in changed {
            if case .plain(let block) = pages[number].content { replaceBlock(at: number + 1, with: block) }
        }
        length = (header?.length ?? 0) + pageBytes
    }

    private mutating func replaceBlock(at number: Int, with block: Block) {
        if number < blocks.count {
            blocks[number] = block
        } else {
            blocks.append(block)
        }
    }

    private mutating func joinCompressed(_ changed: [Int], isNewHeader: Bool) {
        let most = ReadySpan<Block>.mostPages
        let count = 1 + (pages.count + most - 1) / most
        var changedSpans = Set(changed.map { $0 / most + 1 })
        // The last span may have had pages that are gone.
        if joinedPages > pages.count { changedSpans.insert(count - 1) }
        if isNewHeader { changedSpans.insert(0) }
        joinedPages = pages.count
        spans.removeLast(max(0, spans.count - count))
        for number in 0..<count where changedSpans.contains(number) {
            let span =
                number == 0
                ? ReadySpan([header].compactMap(\.self))
                : ReadySpan(pages[(number - 1) * most..<min(number * most, pages.count)])
            if number < spans.count {
                spans[number] = span
            } else {
                spans.append(span)
            }
        }
        blocks = spans.map(\.block)
        length = spans.reduce(0) { $0 + $1.length }
        checksum = spans.reduce(into: .ofNothing) { $0.append($1.checksum) }
        checksum.prepare()
    }
}

/// All families of one moment, rendered in one form.
struct ReadyForm<Block: ByteBlock>: Sendable {
    private let form: ScrapeForm
    /// Sorted by name.
    private var families: [ReadyFamily<Block>] = []
    private let end: ReadyPart<Block>?

    init(_ form: ScrapeForm, by renderer: PageRenderer) {
        self.form = form
        end = form.format.end.isEmpty ? nil : renderer.part(form.coding, revision: 0) { form.format.end }
    }

    mutating func refresh(_ snapshot: Snapshot, by renderer: PageRenderer) {
        for (number, model) in snapshot.families.enumerated() {
            while number < families.count, families[number].family.isBefore(model.family) {
                families.remove(at: number)
            }
            if number == families.count || families[number].family != model.family {
                families.insert(ReadyFamily(model.family), at: number)
            }
            families[number].refresh(model, as: form, by: renderer)
        }
        families.removeLast(families.count - snapshot.families.count)
    }

    /// The response with the families for which the predicate is true.
    func body(where isWanted: (MetricFamily) -> Bool) -> ScrapeBody<Block> {
        var body = ScrapeBody<Block>()
        let wanted = families.filter { isWanted($0.family) }
        switch form.coding {
        case .identity:
            for family in wanted { body.append(family) }
            body.append(form.format.end)
        case .gzip:
            var checksum = Checksum.ofNothing
            body.append(GzipMember.header)
            for family in wanted {
                body.append(family)
                checksum.append(family.checksum)
            }
            if case .compressed(let segment, let ofEnd) = end?.content {
                checksum.append(ofEnd)
                body.append(segment + GzipMember.trailer(checksum))
            } else {
                body.append(GzipMember.trailer(checksum))
            }
        }
        return body
    }
}

/// The header of a family or one of its pages, rendered in one form.
struct ReadyPart<Block: ByteBlock>: Sendable {
    enum Content: Sendable {
        case plain(Block)
        /// Raw deflate, and the checksum of what it decompresses to.
        case compressed([UInt8], Checksum)
    }

    /// The revision that the page had when it was rendered; for a header, the length of the pages.
    let revision: UInt64
    /// The length before compression, in bytes.
    let length: Int
    let content: Content
}

/// Compressed parts that are sent as one block, because single ones would be too small for a block each.
struct ReadySpan<Block: ByteBlock>: Sendable {
    /// The most pages in a span. It makes a changed page cost as much in a large family as in a small one.
    static var mostPages: Int { 32 }

    let block: Block
    /// The length of the block, in bytes.
    let length: Int
    /// The checksum of what the block decompresses to.
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

/// A buffer of bytes in the form in which the server sends them, so that ready bytes can be sent without a copy.
package protocol ByteBlock: Sendable {
    init(copying bytes: [UInt8])

    /// Copies the bytes of another block after these.
    mutating func append(copying other: Self)

    /// Makes room for `count` bytes in all.
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
