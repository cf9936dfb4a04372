package import KoreAI
package import Polling
package import Settings
import Tracking

/// What is done about an alert, by the rules and by what was done before.
///
/// A value: it takes the time as an argument.
package struct AlertJudge: Sendable {
    /// The word for what came of an alert: the `outcome` label of `koreai_actions_total`.
    package enum Refusal: String, Sendable, Hashable, CaseIterable {
        /// No rule names it, or the exporter watches no such bot.
        case unmatched
        /// It tells of something that no training changes: a published version, or no bot at all.
        case notApplicable = "not_applicable"
        /// This occurrence of the alert started a training before.
        case duplicate
        case coolDown = "cool_down"
        case limitReached = "limit_reached"
        case dryRun = "dry_run"
    }

    package enum Verdict: Sendable, Hashable {
        case train(ActionLedger.Key, StartOrder)
        case refuse(Refusal, action: String)
    }

    package let settings: AlertActionSettings
    /// The `bot` labels that are watched.
    package let bots: Set<String>

    package init(_ settings: AlertActionSettings, bots: Set<String>) {
        self.settings = settings
        self.bots = bots
    }

    /// - Parameter alert: One that fires.
    package func verdict(
        on alert: AlertNotification.Alert,
        by ledger: ActionLedger,
        now: Timestamp
    ) -> Verdict {
        let engine = alert.labels["engine"].map(Engine.init(rawValue:)) ?? .ml
        guard let bot = alert.labels["bot"], let language = alert.labels["language"], let engine,
            alert.labels["state"] ?? "configured" == "configured"
        else { return .refuse(.notApplicable, action: "train") }
        let action = "train_" + engine.rawValue
        let name = alert.labels["alertname"] ?? ""
        let rule = settings.rules.first { rule in
            rule.alerts.contains { $0.matches(name) } && rule.bots.contains { $0.matches(bot) }
        }
        guard let rule, bots.contains(bot) else { return .refuse(.unmatched, action: action) }
        if ledger.has(alert.occurrence) { return .refuse(.duplicate, action: action) }
        let key = ActionLedger.Key(action: action, bot: bot, language: language)
        if let last = ledger.last(key), now < last || now.since(last) < rule.coolDown {
            return .refuse(.coolDown, action: action)
        }
        guard ledger.count(ofBot: bot, now: now) < rule.maxPerDay else { return .refuse(.limitReached, action: action) }
        if settings.isDryRun { return .refuse(.dryRun, action: action) }
        return .train(key, .train(engine, language: language))
    }
}
