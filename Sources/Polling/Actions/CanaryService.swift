package import Archive
package import Exposition
package import Logging
package import Model
import ServiceLifecycle
package import Settings

/// Starts canaries when they are due.
package struct CanaryService: Service {
    /// How often the service looks for a canary that is due, as a reload may bring others. One is started at a time, so
    /// that the canaries of many bots do not start all at once.
    private static let checkInterval = Duration.seconds(1)
    /// How long a canary that could not be started waits until it is tried again.
    private static let retry = Duration.seconds(300)

    private let poller: Poller
    private let starter: ActionStarter
    private let settings: @Sendable () -> (generation: Int, settings: Settings)

    /// - Parameters:
    ///   - loaded: The values of the store.
    ///   - settings: The settings in force, with the bots that were found; each change has another generation.
    ///   - counter: The counter of ``ActionFamilies/actions``.
    package init(
        poller: Poller,
        archive: Archive,
        loaded: LoadedState,
        settings: @escaping @Sendable () -> (generation: Int, settings: Settings),
        counter: CounterVector,
        logger: Logger
    ) {
        self.poller = poller
        self.settings = settings
        starter = ActionStarter(
            name: "canaries",
            poller: poller,
            archive: archive,
            loaded: loaded,
            counter: counter,
            logger: logger
        )
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown { try await serveAll() }
    }

    private func serveAll() async throws {
        var notBefore: [ActionLedger.Key: ContinuousClock.Instant] = [:]
        var canaries: [Canary] = []
        var generation: Int?
        while true {
            let followed = settings()
            if followed.generation != generation {
                generation = followed.generation
                canaries = Canary.all(of: followed.settings)
            }
            let ledger = starter.ledger
            let due = canaries.first { canary in
                notBefore[canary.key] ?? .now <= .now && canary.holdReason(by: ledger, now: .now) != .notDue
            }
            if let due, poller.isReady {
                let isDone = try await serve(due, ledger)
                notBefore[due.key] = isDone ? nil : .now + Self.retry
            }
            try await Task.sleep(for: Self.checkInterval)
        }
    }

    /// Starts a canary that is due.
    ///
    /// - Returns: Whether it is done; otherwise it is to be tried again.
    private func serve(_ canary: Canary, _ ledger: ActionLedger) async throws -> Bool {
        let cause = ActionStarter.Cause(key: canary.key, words: "canary", message: "a canary")
        if canary.holdReason(by: ledger, now: .now) == .limitReached {
            await starter.refuse(cause, as: "limit_reached")
            return false
        }
        return try await starter.start(canary.order, because: cause).isFinal
    }
}

/// An action that is started from time to time to prove that it works.
package struct Canary: Sendable, Hashable {
    package let key: ActionLedger.Key
    package let order: StartOrder
    let interval: Duration
    let maxPerDay: Int

    /// Why the canary is not started now.
    package enum HoldReason: Sendable, Hashable {
        case notDue
        /// Its interval is over, but it was started too often in a day, such as before a change of the configuration.
        case limitReached
    }

    /// All canaries of the configuration, in its order. Where several have the same key, the first counts.
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

    /// Why the canary is not to be started now; `nil` where it is. A canary that was never started is due at once.
    package func holdReason(by ledger: ActionLedger, now: Timestamp) -> HoldReason? {
        if let last = ledger.last(key), now >= last, now.since(last) < interval { return .notDue }
        return ledger.count(key, now: now) < maxPerDay ? nil : .limitReached
    }
}
