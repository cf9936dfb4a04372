package import KoreAI
package import Model
package import Settings
package import Tracking

/// The bots that the list of one discovery has.
///
/// A value: it takes lists and times as arguments.
package struct DiscoveredBots: Sendable, Hashable {
    /// One bot as lists told of it.
    struct Known: Sendable, Hashable {
        var name: String
        var defaultLanguage: String?
        /// `nil` where no list said whether it is published.
        var isPublished: Bool?
        /// When a list last had the bot, by a clock that goes on over a restart, as the grace period does.
        var lastSeen: ClockReading
    }

    /// The changes that a list brought, by the platform's names of the bots.
    package struct News: Sendable, Hashable {
        /// Bots that are watched from now on.
        package var found: [String]
        /// Bots that are watched no more.
        package var retired: [String]
    }

    package let settings: DiscoverySettings
    /// All bots of the account by id, with those that are not watched: whether they are published may matter.
    private(set) var known: [String: Known] = [:]
    /// When a list last came whole.
    package private(set) var lastSuccess: Timestamp?

    package init(_ settings: DiscoverySettings) {
        self.settings = settings
    }

    /// The state as it was stored.
    init(_ settings: DiscoverySettings, known: [String: Known], lastSuccess: Timestamp?) {
        self.settings = settings
        self.known = known
        self.lastSuccess = lastSuccess
    }

    /// These bots under other rules.
    func continued(with settings: DiscoverySettings) -> DiscoveredBots {
        DiscoveredBots(settings, known: known, lastSuccess: lastSuccess)
    }

    /// A list came.
    ///
    /// A list that is not whole tells only of the bots that are in it: what is missing there is not taken to be gone.
    package mutating func see(_ list: BotList, now: ClockReading) -> News {
        let before = wanted
        for bot in list.bots {
            known[bot.id] = Known(
                name: bot.name,
                defaultLanguage: bot.defaultLanguage,
                isPublished: bot.isPublished ?? known[bot.id]?.isPublished,
                lastSeen: now
            )
        }
        if list.isWhole {
            lastSuccess = now.wall
            let listed = Set(list.bots.lazy.map(\.id))
            let grace = Int64(settings.gracePeriod / .milliseconds(1))
            known = known.filter { id, bot in
                listed.contains(id) || now.milliseconds(since: bot.lastSeen) ?? 0 < grace
            }
        }
        // One that was renamed so that it is not wanted any more is gone at once.
        let after = wanted
        return News(
            found: after.filter { before[$0.key] == nil }.map(\.value.name).sorted(),
            retired: before.filter { after[$0.key] == nil }.map(\.value.name).sorted()
        )
    }

    /// How many are to be watched.
    package var count: Int { known.values.count { settings.wants($0.name) } }

    /// Those that are to be watched, by id.
    var wanted: [String: Known] { known.filter { settings.wants($0.value.name) } }

    /// The settings of a bot, but for its label.
    func bot(_ id: String, _ known: Known) -> BotSettings {
        var bot = settings.watch
        bot.id = id
        bot.labels = settings.labels(of: known.name)
        if settings.usesDefaultLanguage, let language = known.defaultLanguage, !language.isEmpty {
            bot.languages = [language]
        }
        return bot
    }
}
