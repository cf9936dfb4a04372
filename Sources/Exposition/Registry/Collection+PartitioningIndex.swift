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
