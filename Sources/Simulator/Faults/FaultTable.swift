/// The faults in force, in the order in which they were added.
struct FaultTable: Sendable {
    /// A fault in force, as the admin path shows it.
    struct Rule: Sendable, Encodable {
        var id: Int
        var fault: Fault
        var match: FaultMatch
        /// How many more calls it hits; `nil` until it is removed.
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

    /// The first fault that matches the call. Counts the hit.
    mutating func hit(_ request: APIRequest, botName: String?) -> Fault? {
        let index = rules.firstIndex { $0.remaining != 0 && $0.match.fits(request, botName: botName) }
        guard let index else { return nil }
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

extension Simulator {
    /// Adds a fault. Of several faults that match a call, the one that was added first hits it.
    ///
    /// - Parameter times: How many calls it hits; `nil` until it is removed.
    /// - Returns: The id to remove it by.
    @discardableResult
    package func inject(_ fault: Fault, matching match: FaultMatch = FaultMatch(), times: Int? = nil) -> Int {
        update { state, _ in state.faults.add(fault, matching: match, times: times) }
    }

    /// - Returns: Whether there was one.
    @discardableResult
    package func removeFault(_ id: Int) -> Bool {
        update { state, _ in state.faults.remove(id) }
    }

    package func removeFaults() {
        update { state, _ in state.faults.removeAll() }
    }
}
