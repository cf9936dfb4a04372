import FoundationEssentials

/// The answer of `/api/v1/runs`, as docs/openapi.yaml describes it.
struct RunAnswer: Encodable {
    let bot: String
    let runs: [Run]

    init(bot: String, runs: [RunStatus]) {
        self.bot = bot
        self.runs = runs.map(Run.init)
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
