/// A training run or an export job that ended: an entry of the history.
package struct EndedRun: Sendable, Hashable {
    package var outcome: RunOutcome
    /// `nil` where no poll saw it.
    package var start: Timestamp?
    package var end: Timestamp
    /// Milliseconds; `nil` for one that was not seen to start and end, and whose times the platform does not tell.
    package var duration: Int64?
    /// By so many milliseconds the duration may be longer or shorter: half of the time between the polls around its
    /// start and its end. 0 where the platform's own times gave it, and where the duration is not known.
    package var bound: Int64
    /// The platform's id of it, fit to be shown: of a training only where the exporter started it.
    package var id: String?
    /// Why it failed, in the platform's words, or which parts of a publish did, fit to be shown; `nil` where nothing was told.
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
    /// The duration in seconds.
    package var seconds: Double? { duration.map { Double($0) / 1000 } }
}

/// How a run or job ended. The raw value stands in the history.
package enum RunOutcome: String, Sendable, Hashable, CaseIterable {
    case success
    case failed
    /// It ended unseen, and what came after it hides how.
    case unknown
}

/// A run or job of a target, as the history keeps it.
package struct HistoryEntry: Sendable, Hashable {
    package var target: Target
    package var run: EndedRun

    package init(target: Target, run: EndedRun) {
        self.target = target
        self.run = run
    }
}

/// Something that the exporter started by itself, or meant to, as the history keeps it.
package struct ActionEntry: Sendable, Hashable {
    /// With ``bot``, ``action``, ``language`` and ``cause`` it tells entries apart: one that is written again only gets
    /// another outcome.
    package var at: Timestamp
    package var bot: String
    /// The `action` label of `koreai_actions_total`.
    package var action: String
    /// Empty for an export.
    package var language: String
    /// Why, for people: `canary`, or an alert by its name.
    package var cause: String
    /// The `outcome` label of `koreai_actions_total`, or ``attempted``; of what was started, how it ended, once polls tell:
    /// `done`, `done_unseen`, `failed` or `replaced`.
    package var outcome: String
    /// What went wrong; `nil` where nothing did.
    package var error: String?
    /// The platform's id of what was started, where it told one.
    package var runID: String?

    /// It is under way, or the exporter ended before it knew what came of it.
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

/// What ended and what was started for a bot, the latest first.
package struct BotHistory: Sendable {
    package var runs: [HistoryEntry]
    package var actions: [ActionEntry]

    package init(runs: [HistoryEntry] = [], actions: [ActionEntry] = []) {
        self.runs = runs
        self.actions = actions
    }
}
