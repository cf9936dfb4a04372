package import KoreAI

/// What came of the wish to ask a target now.
package enum ProbeOutcome: Sendable {
    /// It was asked, or was being asked, and what came is stored and shown, where the store works.
    case polled(PollReply)
    /// Not even the reserve of its budget had a request left, or the platform asked for a pause. Nothing was sent.
    case outOfBudget
    /// Its credential is refused, and another target of its budget finds out when that is over. Nothing was sent.
    case credentialRefused(APIError?)
    /// It is not watched any more. Nothing was sent.
    case gone
    /// Nothing came in time. What comes later is taken in as every other reply.
    case late

    package var isSuccess: Bool {
        guard case .polled(let reply) = self, case .success = reply.result else { return false }
        return true
    }
}
