/// What the platform counts status calls by, and what the exporter takes it to be.
enum Counting: CaseIterable {
    /// Both count by target.
    case byTarget
    /// Both count by bot.
    case byBot
    /// The platform counts by bot, and refuses what is too much; the exporter is set to count by target, and learns.
    case learned

    var name: String {
        switch self {
        case .byTarget: "by target"
        case .byBot: "by bot"
        case .learned: "by bot, learned"
        }
    }

    /// What the platform counts a target's requests by.
    func key(of target: Int) -> Int {
        self == .byTarget ? target : target / Day.targetsPerBot
    }

    var exporterCountsByTarget: Bool { self != .byBot }
}
