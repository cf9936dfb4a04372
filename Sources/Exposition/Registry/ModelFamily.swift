/// A family with the contents of all its groups, divided into pages.
struct ModelFamily: Sendable {
    let family: MetricFamily
    /// Sorted by group; none is empty.
    private(set) var pages: [ModelPage] = []
    /// Changes when any page changes.
    private(set) var revision: UInt64 = 0

    init(_ family: MetricFamily) {
        self.family = family
    }

    var isEmpty: Bool { pages.isEmpty }

    /// The content of a group; `nil` if the family has none.
    subscript(group: SeriesGroup) -> Content? {
        guard !pages.isEmpty else { return nil }
        let page = pages[page(of: group)]
        let (index, isThere) = page.position(of: group)
        return isThere ? page.entries[index].content : nil
    }

    /// Sets the content of a group. An empty content removes the group.
    ///
    /// - Parameter revisions: The registry's count of changes, which is increased for each page that changes.
    mutating func replace(_ group: SeriesGroup, with content: Content, _ revisions: inout UInt64) {
        let isRemoval = content.isEmpty
        guard !pages.isEmpty else {
            if !isRemoval {
                pages = [ModelPage([.init(group: group, content: content)], revision: next(&revisions))]
            }
            return
        }
        let number = page(of: group)
        let (index, isThere) = pages[number].position(of: group)
        switch (isThere, isRemoval) {
        case (true, false):
            guard !pages[number].entries[index].content.isSame(as: content) else { return }
            pages[number].replace(at: index, with: content)
        case (false, false):
            pages[number].insert(.init(group: group, content: content), at: index)
        case (true, true):
            pages[number].remove(at: index)
        case (false, true):
            return
        }
        pages[number].revision = next(&revisions)
        keepSize(of: number, &revisions)
    }

    /// Changes the content of a group in place, without a copy.
    ///
    /// - Returns: `false` if the family does not have the group.
    mutating func update(_ group: SeriesGroup, _ revisions: inout UInt64, _ change: (inout Content) -> Void) -> Bool {
        guard !pages.isEmpty else { return false }
        let number = page(of: group)
        let (index, isThere) = pages[number].position(of: group)
        guard isThere else { return false }
        change(&pages[number].entries[index].content)
        pages[number].revision = next(&revisions)
        return true
    }

    /// Removes the groups for which the predicate is false.
    mutating func keep(_ revisions: inout UInt64, where isKept: (SeriesGroup) -> Bool) {
        for number in pages.indices.reversed() where !pages[number].entries.allSatisfy({ isKept($0.group) }) {
            let kept = ModelPage(pages[number].entries.filter { isKept($0.group) }, revision: next(&revisions))
            if kept.entries.isEmpty {
                pages.remove(at: number)
            } else {
                pages[number] = kept
            }
        }
    }

    /// Sets the contents of these groups and removes all others.
    ///
    /// - Parameter entries: Sorted by group; none is empty.
    mutating func replaceAll(with entries: [ModelPage.Entry], _ revisions: inout UInt64) {
        let isSameGroups =
            entries.count == pages.reduce(0) { $0 + $1.entries.count }
            && zip(pages.lazy.flatMap(\.entries), entries).allSatisfy { $0.group == $1.group }
        if isSameGroups {
            for entry in entries { replace(entry.group, with: entry.content, &revisions) }
        } else {
            pages = []
            for entry in entries { replace(entry.group, with: entry.content, &revisions) }
            revision = next(&revisions)
        }
    }

    /// The index of the page that has the group or should get it. There must be a page.
    private func page(of group: SeriesGroup) -> Int {
        max(0, pages.partitioningIndex { ($0.entries.first?.group).map { $0 > group } ?? false } - 1)
    }

    /// Removes, splits or merges a page whose size has changed.
    private mutating func keepSize(of number: Int, _ revisions: inout UInt64) {
        if pages[number].entries.isEmpty {
            pages.remove(at: number)
        } else if pages[number].isTooLarge {
            let half = pages[number].split(revision: next(&revisions))
            pages.insert(half, at: number + 1)
        } else if number + 1 < pages.count, pages[number].fits(pages[number + 1]) {
            pages[number].append(pages.remove(at: number + 1))
        }
    }

    private mutating func next(_ revisions: inout UInt64) -> UInt64 {
        revisions += 1
        revision = revisions
        return revisions
    }
}

extension RandomAccessCollection {
    /// The first index whose element satisfies the predicate, in a collection that is partitioned by it.
    func partitioningIndex(where belongsInSecondPart: (Element) -> Bool) -> Index {
        var start = startIndex
        var remaining = count
        while remaining > 0 {
            let half = remaining / 2
            let middle = index(start, offsetBy: half)
            if belongsInSecondPart(self[middle]) {
                remaining = half
            } else {
                start = index(after: middle)
                remaining -= half + 1
            }
        }
        return start
    }
}
