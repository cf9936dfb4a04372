import Model

/// Finds the known word that is closest to a misspelled one.
package enum NearestWord {
    /// "did you mean …?" with the nearest candidate; `nil` if none is close enough.
    static func proposal(for word: String, among candidates: [String]) -> String? {
        nearest(to: word, among: candidates).map { "did you mean \(Quotation.quoted($0))?" }
    }

    /// The candidate that is closest to `word`; `nil` if none is close enough. The first of equally close ones wins.
    ///
    /// Letter case does not count, nor does `-` for `_`. A third of the shorter word, at least one letter, may differ.
    /// Also close are words of four letters or more of which one begins with the other.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = folded(word)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let letters = folded(candidate)
            guard letters.count <= 64 else { continue }
            let distance = self.distance(wanted, letters)
            let isClose = distance <= max(1, min(wanted.count, letters.count) / 3)
            let begins =
                min(wanted.count, letters.count) >= 4 && (letters.starts(with: wanted) || wanted.starts(with: letters))
            guard isClose || begins else { continue }
            if let found = best, found.distance <= distance { continue }
            best = (candidate, distance)
        }
        return best?.candidate
    }

    /// The Damerau–Levenshtein distance (optimal string alignment): how many letters are inserted, deleted, replaced or
    /// swapped with their neighbour.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        if left.isEmpty { return right.count }
        if right.isEmpty { return left.count }
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let exchange = previous[column] + (letter == other ? 0 : 1)
                var least = min(exchange, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    least = min(least, beforePrevious[column - 1] + 1)
                }
                current.append(least)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }

    private static func folded(_ word: String) -> [Unicode.Scalar] {
        word.lowercased().unicodeScalars.map { $0 == "-" ? "_" : $0 }
    }
}
