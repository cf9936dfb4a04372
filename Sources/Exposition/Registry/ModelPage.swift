/// Neighbouring groups of a family: what is rendered and compressed anew when one of them changes.
struct ModelPage: Sendable {
    struct Entry: Sendable {
        let group: SeriesGroup
        var content: Content
    }

    /// Lines of text format beyond which a page is split. A change costs more with larger pages; a scrape costs more with
    /// more of them, and they compress worse (docs/scrape-benchmark.md).
    static let mostWeight = 128

    /// By group.
    var entries: [Entry]
    private(set) var weight: Int
    /// Changes when anything in the page changes, and is of this page alone.
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

    /// Takes away its second half.
    mutating func split(revision: UInt64) -> ModelPage {
        let half = ModelPage(Array(entries[(entries.count / 2)...]), revision: revision)
        entries.removeLast(half.entries.count)
        weight -= half.weight
        return half
    }

    /// Whether the two are small enough to be one page for long.
    func fits(_ next: ModelPage) -> Bool {
        weight + next.weight < Self.mostWeight / 2
    }

    mutating func append(_ next: ModelPage) {
        entries.append(contentsOf: next.entries)
        weight += next.weight
    }
}
