import Archive
package import Exposition
import KoreAI
import Logging
import Model
import Synchronization

/// Starts runs for alerts or for canaries, and remembers them over restarts.
///
/// Each start has two phases. First the ledger and the history get the attempt and are stored; then the run is started,
/// and what came of it is stored, counted and logged. So a crash between the two makes one start too few, never one too
/// many. Attempts are not made side by side: the caller waits for one before it asks for the next.
///
/// A command does not start its run here. The exporter, not the command, owns the store and its budgets; the command
/// waits for the end of its run and tells a person, so it needs neither ledger nor history. Both share ``StartOrder``,
/// `KoreAIClient.start` and ``StartedRun``, which judges how a run ended.
final class ActionStarter: Sendable {
    /// Why a run is started: an alert or a canary.
    struct Cause: Sendable {
        let key: ActionLedger.Key
        /// The `cause` of the history's entry.
        let words: String
        /// The message of the log line.
        let message: Logger.Message
        /// What the log line tells besides the action, its bot, its language and its outcome.
        var metadata: Logger.Metadata = [:]
        /// The alert's, which starts a run once; `nil` for a canary.
        var occurrence: String?
    }

    private let poller: Poller
    private let archive: Archive
    /// The name of the ledger's value in the store.
    private let name: String
    private let memory: Mutex<ActionLedger>
    private let counter: CounterVector
    private let logger: Logger

    /// - Parameters:
    ///   - loaded: The values of the store. A ledger that cannot be read begins empty.
    ///   - counter: The counter of ``ActionFamilies/actions``.
    init(
        name: String,
        poller: Poller,
        archive: Archive,
        loaded: LoadedState,
        counter: CounterVector,
        logger: Logger
    ) {
        (self.name, self.poller, self.archive, self.counter, self.logger) = (name, poller, archive, counter, logger)
        memory = Mutex(loaded.values[name].flatMap { try? ActionLedger(stored: $0) } ?? ActionLedger())
    }

    var ledger: ActionLedger { memory.withLock { $0 } }

    /// - Throws: `CancellationError`. The ledger and the history keep the attempt then, as after a crash.
    func start(_ order: StartOrder, because cause: Cause) async throws -> StartOutcome {
        let now = Timestamp.now
        let before = memory.withLock { ledger in
            ledger.forgetOld(now: now)
            return ledger
        }
        var noted = before
        noted.note(cause.key, at: now)
        if let occurrence = cause.occurrence { noted.note(occurrence: occurrence, at: now) }
        var entry = ActionEntry(cause, at: now)
        do {
            try await store(noted, entry)
        } catch {
            countAndLog(cause, .notStored(error))
            return .notStored(error)
        }
        memory.withLock { $0 = noted }
        let outcome = try await poller.start(order, of: cause.key.bot, entry: entry)
        if case .failed = outcome, let occurrence = cause.occurrence {
            // The start counts as one of the day's, but the alert may be tried again when it is next told of.
            noted.forget(occurrence: occurrence)
        }
        // A run that was under way proves as much as a canary's own, but it may not end the alert: that is told of again.
        let counts = outcome == .alreadyRunning ? cause.occurrence == nil : outcome.isFinal
        let after = counts ? noted : before
        memory.withLock { $0 = after }
        entry.outcome = outcome.word
        entry.error = outcome.failure?.message
        entry.runID = outcome.runID
        // Where this fails, the history has the attempt.
        try? await store(after, entry)
        countAndLog(cause, outcome)
        return outcome
    }

    /// Counts and logs that nothing is started.
    ///
    /// - Parameters:
    ///   - word: The `outcome` label of ``ActionFamilies/actions``.
    ///   - isKept: Whether the history gets it, too.
    func refuse(_ cause: Cause, as word: String, isKept: Bool = false) async {
        countAndLog(cause, word)
        if isKept { try? await store(ledger, ActionEntry(cause, at: .now, outcome: word)) }
    }

    /// Stores both, or neither.
    private func store(_ ledger: ActionLedger, _ entry: ActionEntry) async throws(ArchiveError) {
        var batch = Batch()
        batch.values[name] = ledger.stored
        batch.actions = [entry]
        try await archive.commit(batch)
    }

    private func countAndLog(_ cause: Cause, _ outcome: StartOutcome) {
        countAndLog(cause, outcome.word, outcome.error, id: outcome.runID)
    }

    private func countAndLog(_ cause: Cause, _ word: String, _ error: (any Error)? = nil, id: String? = nil) {
        let key = cause.key
        counter.add(to: [key.action, word])
        var metadata = cause.metadata
        metadata["action"] = "\(key.action)"
        metadata["bot"] = "\(key.bot)"
        metadata["outcome"] = "\(word)"
        if !key.language.isEmpty { metadata["language"] = "\(key.language)" }
        if let id { metadata["id"] = "\(id)" }
        if let error { metadata["error"] = "\(error)" }
        logger.log(level: error == nil ? .info : .warning, cause.message, metadata: metadata)
    }
}

extension ActionEntry {
    fileprivate init(_ cause: ActionStarter.Cause, at now: Timestamp, outcome: String = Self.attempted) {
        let key = cause.key
        self.init(
            at: now,
            bot: key.bot,
            action: key.action,
            language: key.language,
            cause: cause.words,
            outcome: outcome
        )
    }
}

extension StartOutcome {
    /// The `outcome` label of ``ActionFamilies/actions``.
    var word: String {
        switch self {
        case .started: ActionEntry.started
        case .alreadyRunning: "already_running"
        case .outOfBudget: "out_of_budget"
        case .unknownBot: "unknown_bot"
        case .notStored: "not_stored"
        case .failed: "failed"
        }
    }

    /// Whether there is no use in trying the same start again soon.
    var isFinal: Bool {
        switch self {
        case .started, .alreadyRunning, .failed: true
        case .outOfBudget, .unknownBot, .notStored: false
        }
    }

    fileprivate var runID: String? {
        if case .started(let id) = self { id } else { nil }
    }

    fileprivate var failure: APIError? {
        if case .failed(let error) = self { error } else { nil }
    }

    fileprivate var error: (any Error)? {
        if case .notStored(let error) = self { error } else { failure }
    }
}

/// The families about what the exporter starts by itself.
package enum ActionFamilies {
    package static let actions = MetricFamily.counter("koreai_actions_total", ["action", "outcome"])
        .help("Runs that the exporter meant to start by itself, by what came of it.")

    package static let all = [actions]
}
