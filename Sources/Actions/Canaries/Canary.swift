package import KoreAI
package import Polling
package import Settings
import Tracking

/// One thing that is started from time to time.
package struct Canary: Sendable, Hashable {
    package let key: ActionLedger.Key
    package let order: StartOrder
    let interval: Duration
    let maxPerDay: Int

    /// Why it is not started now.
    package enum Rest: Sendable, Hashable {
        case notDue
        /// Its interval is over, but it was started too often in a day, as before a change of the configuration.
        case limitReached
    }

    /// All of them, in the order of the configuration. Of several for the same, the first counts.
    package static func all(of settings: Settings) -> [Canary] {
        var seen: Set<ActionLedger.Key> = []
        return settings.canaries.flatMap { canary in
            settings.bots.filter { bot in canary.bots.contains { $0.matches(bot.name) } }.flatMap { bot in
                orders(of: canary, bot).map { order, language in
                    let action = "canary_" + canary.action.rawValue
                    return Canary(
                        key: ActionLedger.Key(action: action, bot: bot.name, language: language),
                        order: order,
                        interval: canary.interval,
                        maxPerDay: canary.maxPerDay
                    )
                }
            }
        }.filter { seen.insert($0.key).inserted }
    }

    private static func orders(of canary: CanarySettings, _ bot: BotSettings) -> [(StartOrder, language: String)] {
        switch canary.action {
        case .export: [(.export(.configured, .csv), "")]
        case .trainML: bot.languages.map { (.train(.ml, language: $0), $0) }
        case .trainFAQ: bot.languages.map { (.train(.faq, language: $0), $0) }
        }
    }

    /// Why it is not to be started now; `nil` where it is. One that was never started is due at once.
    package func rest(by ledger: ActionLedger, now: Timestamp) -> Rest? {
        if let last = ledger.last(key), now >= last, now.since(last) < interval { return .notDue }
        return ledger.count(key, now: now) < maxPerDay ? nil : .limitReached
    }
}
