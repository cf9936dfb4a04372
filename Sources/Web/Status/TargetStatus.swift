/// How a target of a bot does. Times are Unix times and lengths of time are seconds.
package struct TargetStatus: Sendable {
    /// Whether a component is in sync with its model.
    package struct Flag: Sendable {
        package var component: String
        package var inSync: Bool
        /// Since when it is not.
        package var since: Double?

        package init(component: String, inSync: Bool, since: Double?) {
            self.component = component
            self.inSync = inSync
            self.since = since
        }
    }

    /// Why its last poll failed.
    package struct Failure: Sendable {
        package var reason: String
        /// What happened and what to check.
        package var advice: String

        package init(reason: String, advice: String) {
            self.reason = reason
            self.advice = advice
        }
    }

    /// As the `collector` label has it.
    package var collector: String
    /// Empty where the collector has none.
    package var language: String
    /// Empty where the collector has none.
    package var state: String
    /// `nil` where nothing is known, or nothing that is young enough.
    package var status: String?
    /// Whether the platform answers that nothing of the kind ever ran.
    package var isBlank: Bool
    package var attention: BotAttention
    package var lastAttempt: Double?
    package var lastSuccess: Double?
    /// Between two polls, as things stand.
    package var interval: Double?
    package var runningSince: Double?
    package var meanDuration: Double?
    package var ended: UInt64
    package var failed: UInt64
    package var flags: [Flag]
    /// Of an export, from 0 to 1.
    package var progress: Double?
    package var failure: Failure?

    package init(
        collector: String,
        language: String = "",
        state: String = "",
        status: String? = nil,
        isBlank: Bool = false,
        attention: BotAttention,
        lastAttempt: Double? = nil,
        lastSuccess: Double? = nil,
        interval: Double? = nil,
        runningSince: Double? = nil,
        meanDuration: Double? = nil,
        ended: UInt64 = 0,
        failed: UInt64 = 0,
        flags: [Flag] = [],
        progress: Double? = nil,
        failure: Failure? = nil
    ) {
        self.collector = collector
        self.language = language
        self.state = state
        self.status = status
        self.isBlank = isBlank
        self.attention = attention
        self.lastAttempt = lastAttempt
        self.lastSuccess = lastSuccess
        self.interval = interval
        self.runningSince = runningSince
        self.meanDuration = meanDuration
        self.ended = ended
        self.failed = failed
        self.flags = flags
        self.progress = progress
        self.failure = failure
    }
}
