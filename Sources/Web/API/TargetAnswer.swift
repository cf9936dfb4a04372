import FoundationEssentials

/// The answer of `/api/v1/targets`, as docs/openapi.yaml describes it.
struct TargetAnswer: Encodable {
    let targets: [Target]
    let matching: Int
    let page: Int
    let pages: Int

    init(_ page: TargetPage) {
        targets = page.targets.map(Target.init)
        matching = page.matching
        self.page = page.page + 1
        pages = page.pages
    }

    struct Target: Encodable {
        let bot: String
        let bot_id: String
        let collector: String
        let language: String?
        let state: String?
        let attention: String
        let status: String?
        let last_attempt: Date?
        let last_success: Date?
        let poll_interval_seconds: Double?
        let running_since: Date?
        let mean_duration_seconds: Double?
        let runs_ended: UInt64
        let runs_failed: UInt64
        let progress_ratio: Double?
        let components: [Component]
        let failure: Failure?

        init(_ entry: TargetPage.Entry) {
            let status = entry.status
            bot = entry.bot
            bot_id = entry.botID
            collector = status.collector
            language = status.language.isEmpty ? nil : status.language
            state = status.state.isEmpty ? nil : status.state
            attention = status.attention.rawValue
            self.status = status.status
            last_attempt = status.lastAttempt.map(Date.init(timeIntervalSince1970:))
            last_success = status.lastSuccess.map(Date.init(timeIntervalSince1970:))
            poll_interval_seconds = status.interval
            running_since = status.runningSince.map(Date.init(timeIntervalSince1970:))
            mean_duration_seconds = status.meanDuration
            runs_ended = status.ended
            runs_failed = status.failed
            progress_ratio = status.progress
            components = status.flags.map {
                Component(
                    name: $0.component,
                    in_sync: $0.inSync,
                    out_of_sync_since: $0.since.map(Date.init(timeIntervalSince1970:))
                )
            }
            failure = status.failure.map { Failure(reason: $0.reason, message: $0.advice) }
        }
    }

    struct Component: Encodable {
        let name: String
        let in_sync: Bool
        let out_of_sync_since: Date?
    }

    struct Failure: Encodable {
        let reason: String
        let message: String
    }
}
