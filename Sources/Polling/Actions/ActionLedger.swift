import Archive
package import Exposition
import FoundationEssentials
import KoreAI
package import Model

/// When the exporter started what by itself, so that limits hold over restarts.
///
/// A value: it takes the time as an argument.
package struct ActionLedger: Sendable, Hashable {
    /// What limits are kept for: a kind of action on one target.
    package struct Key: Sendable, Hashable, Codable {
        /// The `action` label of `koreai_actions_total`.
        package var action: String
        package var bot: String
        /// Empty for an export.
        package var language: String

        package init(action: String, bot: String, language: String = "") {
            self.action = action
            self.bot = bot
            self.language = language
        }
    }

    /// Of what limits count: starts in the last 24 hours. A clock that was set back makes it at most too many.
    private static let day: Int64 = 86_400_000
    /// So long what was done is remembered: longer than any interval and cool-down may be.
    private static let memory = 31 * day
    private static let mostKept = 1000
    private static let mostOccurrences = 10_000

    /// In milliseconds since 1970, in their order.
    private(set) var starts: [Key: [Int64]] = [:]
    /// What was dealt with once and for all, and when.
    private(set) var occurrences: [String: Int64] = [:]

    package init() {}

    init(starts: [Key: [Int64]], occurrences: [String: Int64]) {
        self.starts = starts
        self.occurrences = occurrences
    }

    package func last(_ key: Key) -> Timestamp? {
        starts[key]?.last.map { Timestamp(milliseconds: $0) }
    }

    /// Starts in the 24 hours before `now`.
    package func count(_ key: Key, now: Timestamp) -> Int {
        (starts[key] ?? []).count { now.milliseconds - $0 < Self.day }
    }

    /// The same of all actions on a bot.
    package func count(ofBot bot: String, now: Timestamp) -> Int {
        starts.keys.filter { $0.bot == bot }.reduce(0) { $0 + count($1, now: now) }
    }

    package func has(_ occurrence: String) -> Bool {
        occurrences[occurrence] != nil
    }

    package mutating func note(_ key: Key, at now: Timestamp) {
        let times = (starts[key] ?? []) + [now.milliseconds]
        // The last one stays, however old: the interval is counted from it.
        starts[key] = times.suffix(Self.mostKept).filter { now.milliseconds - $0 < Self.day || $0 == times.last }
    }

    package mutating func note(occurrence: String, at now: Timestamp) {
        occurrences[occurrence] = now.milliseconds
        if occurrences.count > Self.mostOccurrences, let oldest = occurrences.min(by: { $0.value < $1.value }) {
            occurrences[oldest.key] = nil
        }
    }

    package mutating func forget(occurrence: String) {
        occurrences[occurrence] = nil
    }

    /// Forgets what is too old to matter.
    package mutating func forgetOld(now: Timestamp) {
        starts = starts.filter { $0.value.contains { now.milliseconds - $0 < Self.memory } }
        occurrences = occurrences.filter { now.milliseconds - $0.value < Self.memory }
    }
}

extension ActionLedger {
    private struct Form: Codable {
        struct Entry: Codable {
            var key: Key
            var starts: [Int64]
        }

        var entries: [Entry]
        var occurrences: [String: Int64]
    }

    /// - Throws: Where the bytes are not those that ``stored`` were.
    package init(stored: [UInt8]) throws {
        let form = try JSONDecoder().decode(Form.self, from: Data(stored))
        self.init(
            starts: Dictionary(form.entries.map { ($0.key, $0.starts.sorted()) }) { first, _ in first },
            occurrences: form.occurrences
        )
    }

    package var stored: [UInt8] {
        let entries = starts.map { Form.Entry(key: $0.key, starts: $0.value) }
        let form = Form(entries: entries, occurrences: occurrences)
        return (try? JSONEncoder().encode(form)).map { [UInt8]($0) } ?? []
    }
}

extension ActionEntry {
    /// What came of it.
    mutating func take(_ outcome: StartOutcome) {
        self.outcome = outcome.word
        error = outcome.failure?.message
        runID = outcome.runID
    }
}

/// Where a ledger is kept, with the history of what was done by it.
struct LedgerStore: Sendable {
    let archive: Archive
    /// The ledger's in the store.
    let name: String

    /// The ledger as it was kept; an empty one where there is none that can be read.
    func ledger(in loaded: LoadedState) -> ActionLedger {
        loaded.values[name].flatMap { try? ActionLedger(stored: $0) } ?? ActionLedger()
    }

    /// Keeps both, or neither.
    func commit(_ ledger: ActionLedger, _ entry: ActionEntry? = nil) async throws(ArchiveError) {
        var batch = Batch()
        batch.values[name] = ledger.stored
        batch.actions = entry.map { [$0] } ?? []
        try await archive.commit(batch)
    }
}

extension StartOutcome {
    /// The `outcome` label of `koreai_actions_total`.
    var word: String {
        switch self {
        case .started: ActionEntry.started
        case .alreadyRunning: "already_running"
        case .outOfBudget: "out_of_budget"
        case .unknownBot: "unknown_bot"
        case .failed: "failed"
        }
    }

    /// Whether there is no use in trying the same again soon.
    var isFinal: Bool {
        switch self {
        case .started, .alreadyRunning, .failed: true
        case .outOfBudget, .unknownBot: false
        }
    }

    /// The platform's id of what was started.
    var runID: String? {
        if case .started(let id) = self { id } else { nil }
    }

    var failure: APIError? {
        if case .failed(let error) = self { error } else { nil }
    }
}

/// The families about what the exporter does by itself.
package enum ActionFamilies {
    package static let actions = MetricFamily(
        "koreai_actions_total",
        .counter,
        labels: ["action", "outcome"],
        help: "Runs that the exporter meant to start by itself, by what came of it."
    )

    package static let all = [actions]
}
