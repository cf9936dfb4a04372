import Tracking

/// What probes make the poller do.
enum ProbeWork: Sendable {
    case poll(PollTicket)
    /// To store and show what came of a target, and tell those who wait for it then.
    case tell(ProbeWaiters.Group, ProbeOutcome, of: Target)
}
