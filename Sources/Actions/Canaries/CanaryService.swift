package import Archive
package import Exposition
import KoreAI
package import Logging
package import Polling
import ServiceLifecycle
package import Settings

/// Starts canaries when they are due.
package struct CanaryService: Service {
    /// How often it looks whether one is due: a reload may bring others. So many bots do not start all at once.
    private static let glance = Duration.seconds(1)
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
    ///   - kept: What the store has.
    package init(
        poller: Poller,
        archive: Archive,
        kept: Kept,
        settings: @escaping @Sendable () -> (generation: Int, settings: Settings),
        counter: CounterVector,
        logger: Logger
    ) {
        self.poller = poller
        store = LedgerStore(archive: archive, name: "canaries")
        self.settings = settings
        self.logger = logger
        // A ledger that cannot be read began the day with nothing started: the interval's wait makes up for it.
        ledger = store.ledger(in: kept)
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
                notBefore[canary.key] ?? .now <= .now && canary.rest(by: ledger, now: .now) != .notDue
            }
            if let due, poller.isReady {
                let isDone = try await serve(due, &ledger)
                notBefore[due.key] = isDone ? nil : .now + Self.retry
            }
            try await Task.sleep(for: Self.glance)
        }
    }

    /// Starts one that is due.
    ///
    /// - Returns: Whether it counts; otherwise it is to be tried again.
    private func serve(_ canary: Canary, _ ledger: inout ActionLedger) async throws -> Bool {
        if canary.rest(by: ledger, now: .now) == .limitReached {
            tell(canary, "limit_reached")
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
            tell(canary, "not_stored", error)
            return false
        }
        let outcome = try await poller.start(canary.order, of: canary.key.bot)
        tell(canary, outcome.word, outcome.failure)
        // One that runs anyway is as good as one of ours, and what failed was an attempt.
        if outcome.isFinal { ledger = noted }
        // Where this fails, the history has the attempt.
        entry.take(outcome)
        try? await store.commit(ledger, entry)
        return outcome.isFinal
    }

    private func tell(_ canary: Canary, _ outcome: String, _ error: (any Error)? = nil) {
        counter.add(to: [canary.key.action, outcome])
        var metadata: Logger.Metadata = [
            "action": "\(canary.key.action)", "bot": "\(canary.key.bot)", "outcome": "\(outcome)",
        ]
        if !canary.key.language.isEmpty { metadata["language"] = "\(canary.key.language)" }
        if let error { metadata["error"] = "\(error)" }
        logger.log(level: error == nil ? .info : .warning, "a canary", metadata: metadata)
    }
}
