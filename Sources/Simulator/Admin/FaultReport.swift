/// A fault as the admin path shows it.
struct FaultReport: Encodable {
    var id: Int
    var fault: String
    var match: FaultMatch
    /// `nil`: until it is removed.
    var remaining: Int?
    var hits: Int

    init(_ rule: FaultTable.Rule) {
        id = rule.id
        fault = "\(rule.fault)"
        match = rule.match
        remaining = rule.remaining
        hits = rule.hits
    }
}
