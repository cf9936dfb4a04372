package import Archive
package import Exposition
import FoundationEssentials
import KoreAI
package import Logging
package import Model
package import Settings

/// Starts trainings because of alerts.
package final class AlertActions: Sendable {
    private let starter: ActionStarter
    private let settings: @Sendable () -> Settings
    /// Held while a notification is dealt with, one at a time.
    private let lock = AsyncLock()

    /// - Parameters:
    ///   - loaded: The values of the store.
    ///   - settings: The settings in force, with the bots that were found.
    ///   - counter: The counter of ``ActionFamilies/actions``.
    package init(
        poller: Poller,
        archive: Archive,
        loaded: LoadedState,
        settings: @escaping @Sendable () -> Settings,
        counter: CounterVector,
        logger: Logger
    ) {
        self.settings = settings
        starter = ActionStarter(
            name: "alert-actions",
            poller: poller,
            archive: archive,
            loaded: loaded,
            counter: counter,
            logger: logger
        )
    }

    /// Deals with a notification of Alertmanager.
    ///
    /// - Parameters:
    ///   - authorization: The request's header of that name.
    ///   - body: The request's body.
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
        switch judge.verdict(on: alert, by: starter.ledger, now: .now) {
        case .refuse(let refusal, let action):
            let key = ActionLedger.Key(
                action: action,
                bot: alert.labels["bot"] ?? "",
                language: alert.labels["language"] ?? ""
            )
            // The bot's history tells why nothing was done; other refusals are no news, or of no bot.
            let isKept = [.coolDown, .limitReached, .dryRun].contains(refusal)
            await starter.refuse(.alert(alert, key), as: refusal.rawValue, isKept: isKept)
            return (refusal.rawValue, false)
        case .train(let key, let order):
            // Where it is cancelled, as at shutdown, nothing is known of it: the attempt stays in the ledger.
            let outcome = (try? await starter.start(order, because: .alert(alert, key))) ?? .outOfBudget
            return (outcome.word, !outcome.isFinal)
        }
    }

    /// Takes as long for any text of the same length, so that the token cannot be guessed letter by letter.
    private static func isSame(_ told: String, _ expected: String) -> Bool {
        let (told, expected) = (Array(told.utf8), Array(expected.utf8))
        guard told.count == expected.count else { return false }
        return zip(told, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension ActionStarter.Cause {
    fileprivate static func alert(_ alert: AlertNotification.Alert, _ key: ActionLedger.Key) -> Self {
        let name = alert.labels["alertname"] ?? ""
        return Self(
            key: key,
            words: "alert \(name)",
            message: "an alert",
            metadata: ["alert": "\(name)", "fingerprint": "\(alert.fingerprint)"],
            occurrence: alert.occurrence
        )
    }
}

/// The notification that Alertmanager posts to a webhook.
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

        /// Names the alert from when it fires until it is resolved; when it fires again, the name is another.
        package var occurrence: String { fingerprint + "@" + startsAt }
    }

    package var version: String
    package var alerts: [Alert]

    /// - Throws: A `DecodingError` where the JSON is not a notification of version 4.
    package init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(AlertNotification.self, from: Data(json))
        guard version == "4" else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "expected version 4, found another one")
            )
        }
    }
}

/// Decides what is done about an alert, by the rules and by what was done before.
///
/// A value: it takes the time as an argument.
package struct AlertJudge: Sendable {
    /// Why nothing is started. The raw value is the `outcome` label of `koreai_actions_total`.
    package enum Refusal: String, Sendable, Hashable, CaseIterable {
        /// No rule names the alert, or the exporter watches no such bot.
        case unmatched
        /// The alert is about something that no training changes: a published version, or no bot at all.
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
