package import Settings
package import Tracking

extension Poller {
    /// The bots that fit a query, those that need attention first.
    package func listing(_ query: BotQuery) -> BotListing {
        withState { $0.listing(query, now: .now) }
    }

    /// The targets that fit a query.
    package func listing(_ query: TargetQuery) -> TargetListing {
        withState { $0.listing(query) }
    }

    /// - Returns: `nil` where there is no such bot.
    package func report(ofBot name: String) -> BotReport? {
        withState { $0.report(ofBot: name, now: .now) }
    }

    /// The targets of a bot; `nil` where there is no such bot.
    package func targets(ofBot name: String) -> [Target]? {
        withState { $0.targets(ofBot: name) }
    }

    /// The bots that are watched.
    package var bots: [BotSettings] {
        withState { $0.plan.bots }
    }
}
