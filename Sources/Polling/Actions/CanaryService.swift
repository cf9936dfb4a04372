package import Archive
package import Exposition
import KoreAI
package import Logging
package import Model
import ServiceLifecycle
package import Settings
import Tracking

/// Starts canaries when they are due.
package struct CanaryService: Service {
    /// How often it looks whether one is due: a reload may bring others. So many bots do not start all at once.
    private static let checkInterval = Duration.seconds(1)
    /// After one that could not be started, before it is tried again.
    private static let retry = Duration.seconds(300)

    private let poller: Poller
    private let store: LedgerStore
    private let settings: @Sendable () -> (generation: Int, settings: Settings)
    private let ledger: ActionLedger
    private let counter: CounterVector
    private let logger: Logger

    /// - Parameters:
    ///   - counter: Of ``ActionFamilies/actions``.
    ///   - settings: What the exporter follows now, with the bots that were found; the generation is another with each
    ///     change.
    ///   - loaded: What the store has.
    package init(
        poller: Poller,
        archive: Archive,
        loaded: LoadedState,
        settings: @escaping @Sendable () -> (generation: Int, settings: Settings),
        counter: CounterVector,
        logger: Logger
    ) {
        self.poller = poller
        store = LedgerStore(archive: archive, name: "canaries")
        self.settings = settings
        self.logger = logger
        // A ledger that cannot be read began the day with nothing started: the interval's wait makes up for it.
        ledger = store.ledger(in: loaded)
        self.counter = counter
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown { try await serveAll() }
    }

    private func serveAll() async throws {
        var ledger = ledger
        var notBefore: [ActionLedger.Key: ContinuousClock.Instant] = [:]
        var canaries: [Canary] = []
        var generation: Int?
        while true {
            let followed = settings()
            if followed.generation != generation {
                generation = followed.generation
                canaries = Canary.all(of: followed.settings)
                ledger.forgetOld(now: .now)
            }
            let due = canaries.first { canary in
                notBefore[canary.key] ?? .now <= .now && canary.holdReason(by: ledger, now: .now) != .notDue
            }
            if let due, poller.isReady {
                let isDone = try await serve(due, &ledger)
                notBefore[due.key] = isDone ? nil : .now + Self.retry
            }
            try await Task.sleep(for: Self.checkInterval)
        }
    }

    /// Starts one that is due.
    ///
    /// - Returns: Whether it counts; otherwise it is to be tried again.
    private func serve(_ canary: Canary, _ ledger: inout ActionLedger) async throws -> Bool {
        if canary.holdReason(by: ledger, now: .now) == .limitReached {
            countAndLog(canary, "limit_reached")
            return false
        }
        // Stored before it is done: rather one start too few than, after a crash, one too many.
        let now = Timestamp.now
        var noted = ledger
        noted.note(canary.key, at: now)
        let key = canary.key
        var entry = ActionEntry(at: now, bot: key.bot, action: key.action, language: key.language, cause: "canary")
        do {
            try await store.commit(noted, entry)
        } catch {
            countAndLog(canary, "not_stored", error)
            return false
        }
        let outcome = try await poller.start(canary.order, of: canary.key.bot, entry: entry)
        countAndLog(canary, outcome.word, outcome.failure, id: outcome.runID)
        // One that runs anyway is as good as one of ours, and what failed was an attempt.
        if outcome.isFinal { ledger = noted }
        // Where this fails, the history has the attempt.
        entry.take(outcome)
        try? await store.commit(ledger, entry)
        return outcome.isFinal
    }

    private func countAndLog(_ canary: Canary, _ outcome: String, _ error: (any Error)? = nil, id: String? = nil) {
        counter.add(to: [canary.key.action, outcome])
        var metadata: Logger.Metadata = [
            "action": "\(canary.key.action)", "bot": "\(canary.key.bot)", "outcome": "\(outcome)",
        ]
        if !canary.key.language.isEmpty { metadata["language"] = "\(canary.key.language)" }
        if let id { metadata["id"] = "\(id)" }
        if let error { metadata["error"] = "\(error)" }
        logger.log(level: error == nil ? .info : .warning, "a canary", metadata: metadata)
    }
}

/// One thing that is started from time to time.
package struct Canary: Sendable, Hashable {
    package let key: ActionLedger.Key
    package let order: StartOrder
    let interval: Duration
    let maxPerDay: Int

    /// Why it is not started now.
    package enum HoldReason: Sendable, Hashable {
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
    package func holdReason(by ledger: ActionLedger, now: Timestamp) -> HoldReason? {
        if let last = ledger.last(key), now >= last, now.since(last) < interval { return .notDue }
        return ledger.count(key, now: now) < maxPerDay ? nil : .limitReached
    }
}
