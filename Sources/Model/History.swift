/// A training, export or publish that ended.
package struct EndedRun: Sendable, Hashable {
    package var outcome: RunOutcome
    /// `nil` if no poll saw it and the platform does not tell it.
    package var start: Timestamp?
    package var end: Timestamp
    /// Milliseconds; `nil` where polls did not see it start and end and the platform does not tell its times.
    package var duration: Int64?
    /// How many milliseconds ``duration`` may be too long or too short: half of the time between the polls around the
    /// start and the end. 0 where the duration is the platform's own or not known.
    package var bound: Int64
    /// The platform's id of the run or job, checked to be safe to show. A training has one only if the exporter started
    /// it.
    package var id: String?
    /// Why it failed, in the platform's words, or which parts of a publish failed; made safe to show by
    /// ``PrintableText``. `nil` where the platform told nothing.
    package var reason: String?

    package init(
        outcome: RunOutcome,
        start: Timestamp?,
        end: Timestamp,
        duration: Int64?,
        bound: Int64,
        id: String? = nil,
        reason: String? = nil
    ) {
        self.outcome = outcome
        self.start = start
        self.end = end
        self.duration = duration
        self.bound = bound
        self.id = id
        self.reason = reason
    }
}

extension EndedRun {
    /// ``duration`` in seconds.
    package var seconds: Double? { duration.map { Double($0) / 1000 } }
}

/// How a run or job ended. The raw value is stored in the history.
package enum RunOutcome: String, Sendable, Hashable, CaseIterable {
    case success
    case failed
    /// No poll saw the end, and what came after it hides the outcome.
    case unknown
}

/// An ended run or job and its target, as the history stores them.
package struct HistoryEntry: Sendable, Hashable {
    package var target: Target
    package var run: EndedRun

    package init(target: Target, run: EndedRun) {
        self.target = target
        self.run = run
    }
}

/// An action that the exporter started by itself, or tried to start, as the history stores it.
package struct ActionEntry: Sendable, Hashable {
    /// When the exporter tried to start the action.
    ///
    /// Together with ``bot``, ``action``, ``language`` and ``cause`` it identifies the entry: to write the entry again
    /// only changes its outcome, error and run id.
    package var at: Timestamp
    package var bot: String
    /// The `action` label of `koreai_actions_total`.
    package var action: String
    /// Empty for an action without a language, such as an export.
    package var language: String
    /// What the action was started for: `canary`, or the name of an alert.
    package var cause: String
    /// A value of the `outcome` label of `koreai_actions_total`, or ``attempted``. Once polls tell how a started action
    /// ended: `done`, `done_unseen`, `failed` or `replaced`.
    package var outcome: String
    /// What went wrong; `nil` if nothing did.
    package var error: String?
    /// The platform's id of the run or job that was started; `nil` where it told none.
    package var runID: String?

    /// The outcome of an action that is under way. It stays if the exporter ends before it knows what came of the
    /// action.
    package static let attempted = "attempted"
    /// The platform took the start.
    package static let started = "started"

    package init(
        at: Timestamp,
        bot: String,
        action: String,
        language: String,
        cause: String,
        outcome: String = Self.attempted,
        error: String? = nil,
        runID: String? = nil
    ) {
        self.at = at
        self.bot = bot
        self.action = action
        self.language = language
        self.cause = cause
        self.outcome = outcome
        self.error = error
        self.runID = runID
    }
}

/// The ended runs and jobs of a bot and the actions that were started for it, latest first.
package struct BotHistory: Sendable {
    package var runs: [HistoryEntry]
    package var actions: [ActionEntry]

    package init(runs: [HistoryEntry] = [], actions: [ActionEntry] = []) {
        self.runs = runs
        self.actions = actions
    }
}
