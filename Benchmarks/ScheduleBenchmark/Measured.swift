/// How a poller did.
struct Measured {
    /// Milliseconds from when something happened until a reply showed it.
    var starts: [Int64] = []
    var completions: [Int64] = []
    /// The longest time without a reply about a target, in milliseconds.
    var longestGap: Int64 = 0

    /// - Parameter share: From 0 to 1.
    static func percentile(_ share: Double, of sorted: [Int64]) -> Int64 {
        guard let last = sorted.last else { return 0 }
        let place = Int((Double(sorted.count) * share).rounded(.up)) - 1
        return sorted.indices.contains(place) ? sorted[max(0, place)] : last
    }
}
