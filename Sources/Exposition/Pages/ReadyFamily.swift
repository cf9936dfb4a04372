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

    init(_ family: MetricFamily) {
        self.family = family
    }

    /// Renders what changed, and only that.
    mutating func refresh(_ model: ModelFamily, as form: ScrapeForm, by renderer: PageRenderer) {
        guard revision != model.revision else { return }
        revision = model.revision
        let changed = refreshPages(model, as: form, by: renderer)
        let pageBytes = pages.reduce(0) { $0 + $1.length }
        // The length of all its pages stands in the header of one format, and nothing of them in that of the others.
        if header == nil || (form.format == .protobuf && header?.revision != UInt64(pageBytes)) {
            header = renderer.part(form.coding, revision: UInt64(pageBytes)) {
                form.format.header(of: family, pageBytes: pageBytes)
            }
            if form.coding == .gzip, let header { spans = [ReadySpan([header])] + spans.dropFirst() }
        }
        switch form.coding {
        case .identity: joinPlain(pageBytes)
        case .gzip: joinCompressed(changed)
        }
    }

    /// - Returns: Whether each page is another than the one that was at its place.
    private mutating func refreshPages(_ model: ModelFamily, as form: ScrapeForm, by renderer: PageRenderer) -> [Bool] {
        // Pages move only where their number changes, which is seldom.
        let moved: [UInt64: ReadyPart<Block>] =
            model.pages.count == pages.count
            ? [:] : Dictionary(pages.map { ($0.revision, $0) }, uniquingKeysWith: { first, _ in first })
        var changed: [Bool] = []
        changed.reserveCapacity(model.pages.count)
        if pages.count > model.pages.count { pages.removeLast(pages.count - model.pages.count) }
        for (number, page) in model.pages.enumerated() {
            let isSame = number < pages.count && pages[number].revision == page.revision
            changed.append(!isSame)
            guard !isSame else { continue }
            let part =
                moved[page.revision]
                ?? renderer.part(form.coding, revision: page.revision) { form.format.render(page, of: family) }
            if number < pages.count {
                pages[number] = part
            } else {
                pages.append(part)
            }
        }
        return changed
    }

    private mutating func joinPlain(_ pageBytes: Int) {
        blocks.removeAll(keepingCapacity: true)
        for case .plain(let block) in ([header].compactMap(\.self) + pages).lazy.map(\.content) {
            blocks.append(block)
        }
        length = (header?.length ?? 0) + pageBytes
    }

    private mutating func joinCompressed(_ changed: [Bool]) {
        let most = ReadySpan<Block>.mostPages
        let count = 1 + (pages.count + most - 1) / most
        // The last one may have had pages that are gone.
        let hasFewer = spans.count > count || joinedPages > pages.count
        if spans.count > count { spans.removeLast(spans.count - count) }
        for number in 1..<count {
            let range = (number - 1) * most..<min(number * most, pages.count)
            let isLast = number == count - 1
            guard number >= spans.count || changed[range].contains(true) || (isLast && hasFewer) else { continue }
            let span = ReadySpan(pages[range])
            if number < spans.count {
                spans[number] = span
            } else {
                spans.append(span)
            }
        }
        joinedPages = pages.count
        blocks = spans.map(\.block)
        length = spans.reduce(0) { $0 + $1.length }
        checksum = spans.reduce(into: .ofNothing) { $0.append($1.checksum) }
        checksum.prepare()
    }
}
