import Archive
import KoreAI
import Tracking

/// Which bot of the platform the store's counts are of. The configuration may give a bot's name to another one: what was
/// known is nothing to go on from then.
enum BotIdentity {
    /// The name of the value in the store.
    static func key(of bot: String) -> String { "bot/" + bot }
}

extension Kept {
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
