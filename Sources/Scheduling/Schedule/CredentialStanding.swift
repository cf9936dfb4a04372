/// How a credential stands with all targets that use it, on whatever budget.
///
/// A refusal may be one bot's affair, so each budget tries for itself; see ``RefusedCredential``. But while the
/// credential lets none in at all, those budgets leave the trying to one of them: one try after another, at growing
/// intervals. A target that was never asked, or fails for another reason, says nothing for the credential.
struct CredentialStanding: Sendable {
    /// Targets that were let in when they were last asked.
    var authorized = 0
    /// How often budgets tried since it lets none in.
    private(set) var tries: UInt8 = 0
    /// No budget tries before this, in milliseconds of the schedule; in the past while it lets some in.
    private(set) var nextTry = Int64.min

    /// Whether it lets none in, and budgets take turns.
    var isRefused: Bool { tries > 0 }

    /// It is tried now, in vain as far as is known.
    mutating func note(nextTry: Int64) {
        tries = min(tries + 1, 32)
        self.nextTry = nextTry
    }

    /// It lets somebody in.
    mutating func recover() {
        tries = 0
        nextTry = .min
    }
}
