extension Schedule {
    /// The target was let in: where it tried for others, these come back.
    mutating func authorize(_ target: Int32, now: Int64) {
        setAuthorized(target, true)
        let lane = Int(targets[Int(target)].lane)
        let credential = lanes[lane].credential
        let isTrial = lanes[lane].refusal.trial == target
        comeBack(lanes[lane].refusal.release(target), now: now)
        guard credentials[credential].isRefused else { return }
        credentials[credential].recover()
        let trials = lanes.indices.compactMap { lanes[$0].credential == credential ? lanes[$0].refusal.trial : nil }
        if isTrial {
            comeBack(trials, now: now)
        } else {
            // One that was never refused says little for those that were: each budget goes on for itself.
            for trial in trials where targets[Int(trial)].phase == .waiting {
                let known = targets[Int(trial)]
                let failures = lanes[Int(known.lane)].refusal.failures
                place(trial, regular: now + wait(upTo: backoff(first: known.quiet, failures: failures)))
                refresh(Int(known.lane))
            }
        }
    }

    /// The target was refused.
    ///
    /// - Returns: The longest wait until a target tries again.
    mutating func refuse(_ target: Int32, now: Int64) -> Int64 {
        setAuthorized(target, false)
        let lane = Int(targets[Int(target)].lane)
        let quiet = targets[Int(target)].quiet
        let verdict = lanes[lane].refusal.refuse(target)
        let credentialState = credentials[lanes[lane].credential]
        let longest = backoff(
            first: quiet,
            failures: credentialState.isRefused ? credentialState.tries : lanes[lane].refusal.failures
        )
        targets[Int(target)].failures = 1
        targets[Int(target)].phase = .parked
        // It leaves its share of the minute to others.
        setEnding(Int(target), false)
        if case .tryNext(let next) = verdict {
            place(next, regular: credentialState.isRefused ? timeOfNextTry(lane) : now + wait(upTo: longest))
        }
        return longest
    }

    /// Whether the target was let in when it was last asked.
    mutating func setAuthorized(_ target: Int32, _ isAuthorized: Bool) {
        let known = targets[Int(target)]
        guard known.isAuthorized != isAuthorized else { return }
        targets[Int(target)].isAuthorized = isAuthorized
        credentials[lanes[Int(known.lane)].credential].authorized += isAuthorized ? 1 : -1
    }

    /// Puts the next try off, where the target's credential lets none in.
    mutating func noteTry(_ target: Int32, now: Int64) {
        let known = targets[Int(target)]
        let credential = lanes[Int(known.lane)].credential
        guard credentials[credential].authorized == 0 else { return }
        let longest = backoff(first: known.quiet, failures: credentials[credential].tries + 1)
        credentials[credential].note(nextTry: now + wait(upTo: longest))
    }

    /// Puts the lane's due try back where it is too early for one.
    mutating func holdBack(_ lane: Int, now: Int64) {
        guard let trial = lanes[lane].refusal.trial, now < credentials[lanes[lane].credential].nextTry else { return }
        let known = targets[Int(trial)]
        guard known.phase == .waiting, min(known.regularDue, known.extraDue) <= now else { return }
        place(trial, regular: timeOfNextTry(lane))
    }

    /// When the lane tries next, unless another one did by then. Those that were refused less often go first: so all
    /// of them try, and one that was let in a while ago need not wait for those that hardly ever are.
    private mutating func timeOfNextTry(_ lane: Int) -> Int64 {
        let spacing = Self.shortestSpread / 33
        let nextTry = credentials[lanes[lane].credential].nextTry
        return nextTry + Int64(lanes[lane].refusal.failures) * spacing + .random(in: 0..<spacing, using: &random)
    }

    private mutating func comeBack(_ waiting: [Int32], now: Int64) {
        let spread = max(Self.shortestSpread, Int64(waiting.count * 1000 / Self.firstPollsPerSecond))
        for target in waiting where targets[Int(target)].phase != .inFlight {
            let longest = min(spread, targets[Int(target)].quiet)
            place(target, regular: now + Int64.random(in: 0...longest, using: &random))
            refresh(Int(targets[Int(target)].lane))
        }
    }
}

/// Chooses which of a budget's targets finds out whether a credential that was refused is good again.
///
/// Each target is refused once by itself, so that each shows that its polls fail, and a refusal that is one bot's or one
/// call's affair stops no other target. From then on one of them tries at a time, with growing intervals, and after each
/// refusal the next one tries. When one is let in, all come back.
struct RefusedCredential: Sendable {
    /// The target that tries next; `nil` while none is refused.
    private(set) var trial: Int32?
    private(set) var failures: UInt8 = 0
    private var parked: [Int32] = []
    private var next = 0

    /// The next step after a refusal.
    enum Verdict: Hashable {
        /// The target waits until all come back, or until it is the next to try.
        case park
        /// This target tries next.
        case tryNext(Int32)
    }

    mutating func refuse(_ target: Int32) -> Verdict {
        guard let trial else {
            self.trial = target
            failures = 1
            return .tryNext(target)
        }
        guard trial == target else {
            parked.append(target)
            return .park
        }
        failures = failures < 32 ? failures + 1 : failures
        guard !parked.isEmpty else { return .tryNext(target) }
        // The one that was refused takes the place of the one that tries next.
        if next >= parked.count { next = 0 }
        let following = parked[next]
        parked[next] = target
        next += 1
        self.trial = following
        return .tryNext(following)
    }

    /// This state for targets that have other numbers now, or none. Where the one that tries next is gone, another does.
    func renumbered(_ number: (Int32) -> Int32?) -> RefusedCredential {
        var renumbered = self
        renumbered.parked = parked.compactMap(number)
        renumbered.next = 0
        renumbered.trial = trial.flatMap(number) ?? renumbered.parked.popLast()
        return renumbered.trial == nil ? RefusedCredential() : renumbered
    }

    /// The target whose turn it is did not come to be refused, for another reason.
    ///
    /// - Returns: All others, which may come back if the target was let in.
    mutating func release(_ target: Int32) -> [Int32] {
        guard trial == target else { return [] }
        let released = parked
        self = RefusedCredential()
        return released
    }
}

/// The state of a credential for all targets that use it, on whatever budget.
///
/// A refusal may be one bot's affair, so each budget tries for itself; see ``RefusedCredential``. But while the
/// credential lets none in at all, those budgets leave the trying to one of them: one try after another, at growing
/// intervals. A target that was never asked, or fails for another reason, says nothing for the credential.
struct CredentialState: Sendable {
    /// Targets that were let in when they were last asked.
    var authorized = 0
    /// How often budgets tried since it lets none in.
    private(set) var tries: UInt8 = 0
    /// No budget tries before this, in milliseconds of the schedule; in the past while it lets some in.
    private(set) var nextTry = Int64.min

    /// Whether it lets none in, and budgets take turns.
    var isRefused: Bool { tries > 0 }

    /// The credential is tried now. Until the reply comes, it counts as refused.
    mutating func note(nextTry: Int64) {
        tries = min(tries + 1, 32)
        self.nextTry = nextTry
    }

    /// The platform accepted the credential for some target.
    mutating func recover() {
        tries = 0
        nextTry = .min
    }
}
