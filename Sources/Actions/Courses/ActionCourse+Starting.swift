package import KoreAI

extension ActionCourse {
    /// The call that starts it was answered, or not.
    package mutating func started(_ error: APIError?, now: Instant) {
        guard phase == .starting else { return }
        guard let error else { return accepted(now: now) }
        switch error.reason {
        case .auth, .scope: end(.refused(error))
        case .throttled:
            obstacle = error.message
            if intent == .start { return end(.outOfBudget(error.message)) }
            troubles += 1
            sight = .troubled(error.reason)
            putOff(error.retryAfter, now: now)
        case .badRequest, .notFound, .dns, .tls: end(.unavailable(error))
        case .connect, .timeout, .serverError, .malformed, .tooLarge, .other:
            // The platform may have taken it all the same. It must not be sent again, and a status call tells.
            guard intent == .startAndWait else { return end(.unavailable(Self.unclear(error))) }
            accepted(now: now)
            unclearStart = error
        }
    }

    /// There was nothing in the budget for the next request.
    ///
    /// - Parameters:
    ///   - reason: Whose budget, and what it is.
    ///   - chance: When there may be something.
    package mutating func waitForBudget(_ reason: String, until chance: Instant) {
        if !hasStarted { obstacle = reason }
        if intent == .start, !hasStarted { return end(.outOfBudget(reason)) }
        nextTry = max(nextTry, chance)
    }

    private mutating func accepted(now: Instant) {
        startedAt = now
        obstacle = nil
        troubles = 0
        guard intent == .startAndWait else { return end(.started) }
        phase = .following
        sight = .accepted
        nextTry = now + soon
    }

    private static func unclear(_ error: APIError) -> APIError {
        var error = error
        error.message += ". Nobody knows whether it was started: ask with `koreai-exporter status`"
        return error
    }
}
