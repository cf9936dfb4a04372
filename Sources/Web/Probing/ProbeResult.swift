package import Exposition

/// What came of a probe.
package enum ProbeResult: Sendable {
    case unknownBot
    /// The bot has no target of that kind, but these.
    case noTarget(available: [String])
    case answered(Answer)

    package struct Answer: Sendable {
        package var isSuccess: Bool
        package var duration: Duration
        /// The bot's families, of the targets that were asked for alone.
        package var families: Registry
        /// What was asked, how long it took and what came, without secrets.
        package var details: @Sendable () -> String

        package init(
            isSuccess: Bool,
            duration: Duration,
            families: Registry,
            details: @escaping @Sendable () -> String
        ) {
            self.isSuccess = isSuccess
            self.duration = duration
            self.families = families
            self.details = details
        }
    }
}
