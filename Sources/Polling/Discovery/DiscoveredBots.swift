package import KoreAI
package import Settings

/// The bots that one discovery has found.
///
/// A value: it takes lists and times as arguments.
package struct DiscoveredBots: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct Found: Sendable {
        var bot: BotPage.Bot
        var lastSeen: Instant
    }

    package let settings: DiscoverySettings
    /// By id.
    private var found: [String: Found] = [:]

    package init(_ settings: DiscoverySettings) {
        self.settings = settings
    }

    /// The same bots under other rules.
    package func continued(with settings: DiscoverySettings) -> DiscoveredBots {
        var continued = DiscoveredBots(settings)
        continued.found = found.filter { settings.wants($0.value.bot.name) }
        return continued
    }

    /// The whole list came.
    ///
    /// - Returns: What is new, and what is watched no more, by the platform's names.
    package mutating func see(_ list: [BotPage.Bot], now: Instant) -> (found: [String], retired: [String]) {
        let before = found
        for bot in list where settings.wants(bot.name) {
            found[bot.id] = Found(bot: bot, lastSeen: now)
        }
        // One that was renamed so that it is not wanted any more is still in the list: it goes at once.
        for bot in list where !settings.wants(bot.name) { found[bot.id] = nil }
        found = found.filter { now - $0.value.lastSeen < settings.gracePeriod || $0.value.lastSeen == now }
        return (
            found.filter { before[$0.key] == nil }.map(\.value.bot.name).sorted(),
            before.filter { found[$0.key] == nil }.map(\.value.bot.name).sorted()
        )
    }

    package var count: Int { found.count }

    /// How they are watched, in the order of their ids.
    ///
    /// - Parameters:
    ///   - addresses: Of bots that are watched already, and get no second time.
    ///   - names: The `bot` labels that are taken.
    package func bots(addresses: inout Set<BotAddress>, names: inout Set<String>) -> [BotSettings] {
        found.values.sorted { $0.bot.id < $1.bot.id }.compactMap { found in
            let address = BotAddress(baseURL: settings.watch.baseURL, id: found.bot.id)
            guard addresses.insert(address).inserted else { return nil }
            var bot = settings.watch
            bot.name = BotName.label(for: found.bot, taken: &names)
            bot.id = found.bot.id
            bot.labels = settings.labels(of: found.bot.name)
            if settings.usesDefaultLanguage, let language = found.bot.defaultLanguage, !language.isEmpty {
                bot.languages = [language]
            }
            return bot
        }
    }
}
