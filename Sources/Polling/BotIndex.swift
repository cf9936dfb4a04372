import Archive
import KoreAI
import Model
import Settings
import Tracking

/// The bots of a plan in the ways that listings look for them, made once for each plan.
struct BotIndex: Sendable {
    /// The numbers of the bots, in the order of their names.
    let byName: [Int]
    /// The number of each bot.
    let numbers: [String: Int]
    /// The numbers of each bot's targets, which a plan has in the order of its bots.
    let targets: [Range<Int>]
    /// Each bot's name, id and labels, in small letters.
    private let texts: [String]

    init(_ plan: PollPlan) {
        byName = plan.bots.indices.sorted { plan.bots[$0].name < plan.bots[$1].name }
        numbers = Dictionary(
            plan.bots.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        var end = 0
        targets = plan.bots.map { bot in
            let start = end
            while end < plan.targets.count, plan.targets[end].target.bot == bot.name { end += 1 }
            return start..<end
        }
        // No part of one of them goes on in the next.
        texts = plan.bots.map { ([$0.name, $0.id] + $0.labels.values).joined(separator: "\n").lowercased() }
    }

    /// Whether the bot's name, id or labels contain a text.
    ///
    /// - Parameter text: Lower case; an empty text matches every bot.
    func bot(_ number: Int, has text: String) -> Bool {
        text.isEmpty || texts[number].contains(text)
    }
}

/// The id of the bot whose counts the store has under a name. The configuration may give the name to another bot: what
/// was known of the first one is of no use then.
enum BotIdentity {
    /// The name of the value in the store.
    static func key(of bot: String) -> String { "bot/" + bot }
}

extension LoadedState {
    /// Whether what is kept of this bot is of another bot that had its name.
    func isOfOtherBot(_ target: PollTarget) -> Bool {
        values[BotIdentity.key(of: target.target.bot)].map { $0 != Array(target.address.id.utf8) } ?? false
    }
}

extension PollTarget {
    func isSameBot(as other: PollTarget) -> Bool {
        address.id == other.address.id
    }
}
