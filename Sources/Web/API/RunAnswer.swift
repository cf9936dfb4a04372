import FoundationEssentials

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

        init(_ action: ActionStatus) {
            time = Date(timeIntervalSince1970: action.at)
            self.action = action.action
            language = action.language.isEmpty ? nil : action.language
            cause = action.cause
            outcome = action.outcome
            error = action.error
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

        init(_ run: RunStatus) {
            collector = run.collector
            language = run.language.isEmpty ? nil : run.language
            state = run.state.isEmpty ? nil : run.state
            outcome = run.outcome
            start = run.start.map(Date.init(timeIntervalSince1970:))
            end = Date(timeIntervalSince1970: run.end)
            duration_seconds = run.duration
            duration_bound_seconds = run.bound
        }
    }
}
