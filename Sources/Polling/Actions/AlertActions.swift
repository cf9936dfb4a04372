package import Archive
package import Exposition
import FoundationEssentials
import KoreAI
package import Logging
package import Model
package import Settings
import Synchronization
import Tracking

/// Starts trainings because of alerts.
package final class AlertActions: Sendable {
    private let poller: Poller
    private let store: LedgerStore
    private let settings: @Sendable () -> Settings
    private let ledger: Mutex<ActionLedger>
    private let counter: CounterVector
    private let logger: Logger
    /// Held while a notification is dealt with, one at a time.
    private let lock = AsyncLock()

    /// - Parameters:
    ///   - counter: Of ``ActionFamilies/actions``.
    ///   - loaded: What the store has.
    ///   - settings: What the exporter follows now, with the bots that were found.
    package init(
        poller: Poller,
        archive: Archive,
        loaded: LoadedState,
        settings: @escaping @Sendable () -> Settings,
        counter: CounterVector,
        logger: Logger
    ) {
        self.poller = poller
        store = LedgerStore(archive: archive, name: "alert-actions")
        self.settings = settings
        self.counter = counter
        self.logger = logger
        ledger = Mutex(store.ledger(in: loaded))
    }

    /// Deals with what was posted.
    ///
    /// - Parameter authorization: The header of that name.
    /// - Returns: An HTTP status and a text. Where trying again may help, the status is one that makes Alertmanager do so.
    package func handle(authorization: String?, body: [UInt8]) async -> (status: Int, text: String) {
        let followed = settings()
        guard let actions = followed.actions else {
            return (404, "Actions are not configured: add the section `actions` to the configuration.\n")
        }
        guard let authorization, Self.isSame(authorization, "Bearer " + actions.token.reveal()) else {
            return (401, "The bearer token is missing or wrong.\n")
        }
        let notification: AlertNotification
        do {
            notification = try AlertNotification(json: body)
        } catch {
            return (400, "This is not a notification of Alertmanager's webhook, version 4.\n")
        }
        return await lock.hold { await act(on: notification, settings: followed, actions) }
    }

    private func act(
        on notification: AlertNotification,
        settings: Settings,
        _ actions: AlertActionSettings
    ) async -> (status: Int, text: String) {
        let judge = AlertJudge(actions, bots: Set(settings.bots.map(\.name)))
        var lines: [String] = []
        var isComplete = true
        for alert in notification.alerts where alert.isFiring {
            let outcome = await deal(with: alert, by: judge)
            if outcome.isWorthAnotherTry { isComplete = false }
            lines.append("\(alert.labels["alertname"] ?? "")@\(alert.labels["bot"] ?? ""): \(outcome.word)\n")
        }
        return (isComplete ? 200 : 503, lines.joined())
    }

    private func deal(
        with alert: AlertNotification.Alert,
        by judge: AlertJudge
    ) async -> (word: String, isWorthAnotherTry: Bool) {
        let (before, now) = (ledger.withLock { $0 }, Timestamp.now)
        switch judge.verdict(on: alert, by: before, now: now) {
        case .refuse(let refusal, let action):
            countAndLog(alert, action, refusal.rawValue)
            // Of these the bot's history tells why nothing was done; others are no news, or no bot's.
            if [.coolDown, .limitReached, .dryRun].contains(refusal) {
                _ = await keep(before, entry(of: alert, action, at: now, outcome: refusal.rawValue))
            }
            return (refusal.rawValue, false)
        case .train(let key, let order):
            var noted = before
            noted.note(key, at: now)
            noted.note(occurrence: alert.occurrence, at: now)
            var entry = entry(of: alert, key.action, at: now)
            // Stored before it is done: rather one start too few than, after a crash, one too many.
            if let error = await keep(noted, entry) {
                countAndLog(alert, key.action, "not_stored", error)
                return ("not_stored", true)
            }
            let outcome = (try? await poller.start(order, of: key.bot, entry: entry)) ?? .outOfBudget
            entry.take(outcome)
            if case .failed = outcome {
                // It counts as one of the day's, but the alert may be tried again when it is next told of.
                noted.forget(occurrence: alert.occurrence)
            }
            // What was not sent does not count. Where one runs already, it may end the alert; if not, it is told of again.
            let wasSent = outcome != .alreadyRunning && outcome.isFinal
            _ = await keep(wasSent ? noted : before, entry)
            countAndLog(alert, key.action, outcome.word, outcome.failure, id: outcome.runID)
            return (outcome.word, !outcome.isFinal)
        }
    }

    private func entry(
        of alert: AlertNotification.Alert,
        _ action: String,
        at now: Timestamp,
        outcome: String = ActionEntry.attempted
    ) -> ActionEntry {
        ActionEntry(
            at: now,
            bot: alert.labels["bot"] ?? "",
            action: action,
            language: alert.labels["language"] ?? "",
            cause: "alert \(alert.labels["alertname"] ?? "")",
            outcome: outcome
        )
    }

    private func keep(_ changed: ActionLedger, _ entry: ActionEntry) async -> (any Error)? {
        var changed = changed
        changed.forgetOld(now: .now)
        do {
            try await store.commit(changed, entry)
            ledger.withLock { $0 = changed }
            return nil
        } catch {
            return error
        }
    }

    private func countAndLog(
        _ alert: AlertNotification.Alert,
        _ action: String,
        _ outcome: String,
        _ error: (any Error)? = nil,
        id: String? = nil
    ) {
        counter.add(to: [action, outcome])
        var metadata: Logger.Metadata = [
            "action": "\(action)", "outcome": "\(outcome)", "alert": "\(alert.labels["alertname"] ?? "")",
            "bot": "\(alert.labels["bot"] ?? "")", "fingerprint": "\(alert.fingerprint)",
        ]
        if let language = alert.labels["language"] { metadata["language"] = "\(language)" }
        if let id { metadata["id"] = "\(id)" }
        if let error { metadata["error"] = "\(error)" }
        logger.log(level: error == nil ? .info : .warning, "an alert", metadata: metadata)
    }

    /// Takes as long for any text of the same length, so that nobody can guess the token letter by letter.
    private static func isSame(_ told: String, _ expected: String) -> Bool {
        let (told, expected) = (Array(told.utf8), Array(expected.utf8))
        guard told.count == expected.count else { return false }
        return zip(told, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// What Alertmanager posts to a webhook.
///
/// Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config, version 4.
package struct AlertNotification: Sendable, Hashable, Decodable {
    package struct Alert: Sendable, Hashable, Decodable {
        /// `firing` or `resolved`.
        package var status: String
        package var labels: [String: String]
        package var startsAt: String
        package var fingerprint: String

        package init(status: String, labels: [String: String], startsAt: String, fingerprint: String) {
            self.status = status
            self.labels = labels
            self.startsAt = startsAt
            self.fingerprint = fingerprint
        }

        package var isFiring: Bool { status == "firing" }

        /// The same while one alert fires, another when it fires again after it was resolved.
        package var occurrence: String { fingerprint + "@" + startsAt }
    }

    package var version: String
    package var alerts: [Alert]

    /// - Throws: Where it is not version 4 of it.
    package init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(AlertNotification.self, from: Data(json))
        guard version == "4" else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "expected version 4, found another one")
            )
        }
    }
}

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
