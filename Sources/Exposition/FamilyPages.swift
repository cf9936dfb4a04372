/// A family's series as ready text, by group.
struct FamilyPages: Sendable {
    let family: MetricFamily
    /// Sorted.
    private var groups: [SeriesGroup] = []
    /// The text of each group's series, in the order of ``groups``.
    private var texts: [[UInt8]] = []
    private(set) var byteCount = 0

    init(_ family: MetricFamily) {
        self.family = family
    }

    /// A family that is all one group.
    init(_ family: MetricFamily, text: [UInt8]) {
        self.family = family
        replace(SeriesGroup([]), text)
    }

    var isEmpty: Bool { groups.isEmpty }

    /// Puts the group's text in its place; an empty text removes the group.
    mutating func replace(_ group: SeriesGroup, _ text: [UInt8]) {
        let position = groups.partitioningIndex { $0 >= group }
        let isKnown = position < groups.count && groups[position] == group
        byteCount += text.count - (isKnown ? texts[position].count : 0)
        switch (isKnown, text.isEmpty) {
        case (true, true):
            groups.remove(at: position)
            texts.remove(at: position)
        case (true, false):
            texts[position] = text
        case (false, true):
            break
        case (false, false):
            groups.insert(group, at: position)
            texts.insert(text, at: position)
        }
    }

    func append(to bytes: inout [UInt8]) {
        for text in texts {
            bytes.append(contentsOf: text)
        }
    }
}
