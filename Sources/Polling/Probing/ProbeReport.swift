package import Tracking

/// What came of a probe.
package struct ProbeReport: Sendable {
    /// In the order in which they were asked for.
    package var targets: [(target: Target, outcome: ProbeOutcome)]
    package var duration: Duration

    /// Whether each of them gave a usable reply.
    package var isSuccess: Bool {
        targets.allSatisfy(\.outcome.isSuccess)
    }
}
