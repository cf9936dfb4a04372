/// A family as it is sent in one form.
struct ReadyFamily<Block: ByteBlock>: Sendable {
    let family: MetricFamily
    private var revision: UInt64?
    private var header: ReadyPart<Block>?
    private var pages: [ReadyPart<Block>] = []
    /// Where it is sent compressed: the header's, and then the pages'.
    private var spans: [ReadySpan<Block>] = []
    private(set) var blocks: [Block] = []
    /// Of the blocks.
    private(set) var length = 0
    /// Where it is sent compressed: of what it decompresses to.
    private(set) var checksum = Checksum.ofNothing
    /// How many pages the spans have.
    private var joinedPages = 0
    /// Of the pages, before compression.
    private var pageBytes = 0

    init(_ family: MetricFamily) {
        self.family = family
    }

    /// Renders what changed, and only that.
    mutating func refresh(_ model: ModelFamily, as form: ScrapeForm, by renderer: PageRenderer) {
        guard revision != model.revision else { return }
        revision = model.revision
        let changed = refreshPages(model, as: form, by: renderer)
        // The length of all its pages stands in the header of one format, and nothing of them in that of the others.
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

    /// - Returns: The places at which another page is than was.
    private mutating func refreshPages(_ model: ModelFamily, as form: ScrapeForm, by renderer: PageRenderer) -> [Int] {
        // Pages move only where their number changes, which is seldom.
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
        // The last one may have had pages that are gone.
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
