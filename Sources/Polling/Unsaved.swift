import Archive

/// What is not in the store yet, and what is to be shown once it is.
struct Unsaved: Sendable {
    /// A budget of which much is left is saved after so many requests: a process that is killed forgets fewer of them,
    /// which the reserve for triggers covers.
    static let requestsBetweenSaves = 5

    /// The numbers of targets that were polled.
    var targets: Set<Int> = []
    /// The numbers of budgets that were used.
    var budgets: Set<Int> = []
    var outbox = Outbox()
    private var requests: [Int: Int] = [:]

    mutating func count(requestOf budget: Int, isScarce: Bool) {
        let count = (requests[budget] ?? 0) + 1
        let isDue = isScarce || count >= Self.requestsBetweenSaves
        requests[budget] = isDue ? nil : count
        if isDue { budgets.insert(budget) }
    }

    /// The numbers are those of another plan from now on.
    ///
    /// - Parameter number: What a target's number is now; `nil` for one that is gone.
    mutating func renumber(_ number: (Int) -> Int?) {
        targets = Set(targets.compactMap(number))
        budgets = []
        requests = [:]
    }
}
