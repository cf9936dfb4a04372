import FoundationEssentials
import Model

/// The answer of `/api/v1/runs`, as docs/openapi.yaml describes it.
struct RunAnswer: Encodable {
    let bot: String
    let runs: [Run]
    let actions: [Action]

    init(bot: String, _ history: BotHistory) {
        self.bot = bot
        runs = history.runs.map(Run.init)
        actions = history.actions.map(Action.init)
    }

    struct Action: Encodable {
        let time: Date
        let action: String
        let language: String?
        let cause: String
        let outcome: String
        let error: String?
        let run_id: String?

        init(_ action: ActionEntry) {
            time = Date(timeIntervalSince1970: action.at.seconds)
            self.action = action.action
            language = action.language.isEmpty ? nil : action.language
            cause = action.cause
            outcome = action.outcome
            error = action.error
            run_id = action.runID
        }
    }

    struct Run: Encodable {
        let collector: String
        let language: String?
        let state: String?
        let outcome: String
        let start: Date?
        let end: Date
        let duration_seconds: Double?
        let duration_bound_seconds: Double?
        let id: String?
        let reason: String?

        init(_ entry: HistoryEntry) {
            let (target, run) = (entry.target, entry.run)
            collector = target.collector.rawValue
            language = target.language.isEmpty ? nil : target.language
            state = target.state.isEmpty ? nil : target.state
            outcome = run.outcome.rawValue
            start = run.start.map { Date(timeIntervalSince1970: $0.seconds) }
            end = Date(timeIntervalSince1970: run.end.seconds)
            duration_seconds = run.seconds
            duration_bound_seconds = run.duration.map { _ in Double(run.bound) / 1000 }
            id = run.id
            reason = run.reason
        }
    }
}
