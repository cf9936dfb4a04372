/// The faults that are in force, in the order they were put in.
struct FaultTable: Sendable {
    struct Rule: Sendable {
        var id: Int
        var fault: Fault
        var match: FaultMatch
        /// How many more calls it hits; `nil`: until it is removed.
        var remaining: Int?
        /// How many calls it has hit.
        var hits = 0
    }

    private(set) var rules: [Rule] = []
    private var lastID = 0

    /// - Returns: The id to remove it by.
    mutating func add(_ fault: Fault, matching match: FaultMatch, times: Int?) -> Int {
        lastID += 1
        rules.append(Rule(id: lastID, fault: fault, match: match, remaining: times))
        return lastID
    }

    /// The first fault that hits a call, which counts.
    mutating func hit(_ request: APIRequest, botName: String?) -> Fault? {
        guard
            let index = rules.firstIndex(where: {
                $0.remaining != 0 && $0.match.fits(request, botName: botName)
            })
        else { return nil }
        rules[index].hits += 1
        if let remaining = rules[index].remaining { rules[index].remaining = remaining - 1 }
        return rules[index].fault
    }

    /// - Returns: Whether there was one.
    mutating func remove(_ id: Int) -> Bool {
        let before = rules.count
        rules.removeAll { $0.id == id }
        return rules.count < before
    }

    mutating func removeAll() {
        rules = []
    }
}
