/// A page: neighbouring groups of a family, which are rendered and compressed again when one of them changes.
struct ModelPage: Sendable {
    struct Entry: Sendable {
        let group: SeriesGroup
        var content: Content
    }

    /// The most lines of text format that a page may have before it is split. Larger pages make a change cost more;
    /// smaller ones make a scrape cost more and compress worse (docs/scrape-benchmark.md).
    static let mostWeight = 128

    /// Sorted by group.
    var entries: [Entry]
    private(set) var weight: Int
    /// Changes when anything in the page changes. No other page has the same revision.
    var revision: UInt64

    init(_ entries: [Entry], revision: UInt64) {
        self.entries = entries
        self.revision = revision
        weight = entries.reduce(0) { $0 + $1.content.weight }
    }

    var isTooLarge: Bool { weight > Self.mostWeight && entries.count > 1 }

    func position(of group: SeriesGroup) -> (index: Int, isThere: Bool) {
        let index = entries.partitioningIndex { $0.group >= group }
        return (index, index < entries.count && entries[index].group == group)
    }

    mutating func replace(at index: Int, with content: Content) {
        weight += content.weight - entries[index].content.weight
        entries[index].content = content
    }

    mutating func insert(_ entry: Entry, at index: Int) {
        weight += entry.content.weight
        entries.insert(entry, at: index)
    }

    mutating func remove(at index: Int) {
        weight -= entries[index].content.weight
        entries.remove(at: index)
    }

    /// Removes the second half and returns it.
    mutating func split(revision: UInt64) -> ModelPage {
        let half = ModelPage(Array(entries[(entries.count / 2)...]), revision: revision)
        entries.removeLast(half.entries.count)
        weight -= half.weight
        return half
    }

    /// Whether the two pages are so small that, as one page, they would not be split again soon.
    func fits(_ next: ModelPage) -> Bool {
        weight + next.weight < Self.mostWeight / 2
    }

    mutating func append(_ next: ModelPage) {
        entries.append(contentsOf: next.entries)
        weight += next.weight
    }
}
