package import KoreAI
import Polling
package import Tracking

extension ActionTracker {
    /// Takes in the reply to the status call, or its failure.
    package mutating func looked(_ result: Result<Observation, APIError>, at moment: ClockReading, now: Instant) {
        switch (result, phase) {
        case (_, .starting), (_, .ended): break
        case (.success(let reply), .looking): began(reply, at: moment, now: now)
        case (.success(let reply), .waitingForOther):
            observe(reply, at: moment, now: now)
            if !reply.isActive { beginToStart(now: now) }
        case (.success(let reply), .following): follow(reply, at: moment, now: now)
        case (.success(let reply), .awaitingFile): awaitFile(reply, now: now)
        case (.failure(let error), .looking): lookFailed(error, now: now)
        case (.failure(let error), .waitingForOther), (.failure(let error), .following),
            (.failure(let error), .awaitingFile):
            if error.reason == .auth || error.reason == .scope { return end(.refused(error)) }
            troubles += 1
            update = .troubled(error.reason)
            putOff(error.retryAfter, now: now)
        }
    }

    /// Takes in the first reply, which shows the state before the start.
    private mutating func began(_ reply: Observation, at moment: ClockReading, now: Instant) {
        observe(reply, at: moment, now: now)
        if reply.isActive {
            switch intent {
            case .start: end(.busy)
            case .startAndWait:
                phase = .waitingForOther
                update = .waitingForOther
            case .resume:
                phase = .following
                startedAt = now
                started = StartedRun(after: tracker)
                show(reply)
            }
        } else if intent == .resume {
            conclude(reply, now: now)
        } else {
            beginToStart(now: now)
        }
    }

    private mutating func beginToStart(now: Instant) {
        phase = .starting
        update = .starting
        nextTry = now
        troubles = 0
    }

    /// Takes in a failure of the first status call.
    private mutating func lookFailed(_ error: APIError, now: Instant) {
        switch error.reason {
        case .auth, .scope: return end(.refused(error))
        case .throttled:
            obstacle = error.message
            if intent == .start { return end(.outOfBudget(error.message)) }
            troubles += 1
            update = .troubled(error.reason)
            return putOff(error.retryAfter, now: now)
        case .badRequest, .notFound, .malformed:
            // The platform does not document its reply about a bot that was never trained or exported.
            if intent != .resume { return beginToStart(now: now) }
            return end(.unavailable(error))
        case .dns, .connect, .tls, .timeout, .serverError, .tooLarge, .other: break
        }
        troubles += 1
        guard troubles < Self.mostTries else {
            // Not documented either: some platforms answer with a server error where there is nothing to report.
            guard error.reason == .serverError, intent != .resume else { return end(.unavailable(error)) }
            isBlind = true
            return beginToStart(now: now)
        }
        update = .troubled(error.reason)
        putOff(error.retryAfter, now: now)
    }

    private mutating func follow(_ reply: Observation, at moment: ClockReading, now: Instant) {
        settle(now: now)
        let verdict = started?.observe(reply, at: moment)
        if reply.isActive {
            unclearStart = nil
            startedAt = startedAt ?? now
            show(reply)
        }
        switch verdict {
        case .done: succeeded(reply, now: now)
        case .doneUnseen: end(unclearStart.map(ActionOutcome.unavailable) ?? .doneUnseen)
        case .failed(.failed):
            reason = reply.reason
            end(.failed(.failed))
        case .failed(.failedUnseen): end(unclearStart.map(ActionOutcome.unavailable) ?? .failed(.failedUnseen))
        case .failed(let failure): end(.failed(failure))
        case nil: break
        }
    }

    /// Ends as the reply says: nothing runs, and nothing was started.
    private mutating func conclude(_ reply: Observation, now: Instant) {
        switch reply.stage {
        case .succeeded: succeeded(reply, now: now)
        case .failed:
            reason = reply.reason
            end(.failed(.failed))
        case .queued, .running, .unknown:
            end(
                .unavailable(
                    APIError(reason: .other, code: 0, message: "none runs, and the platform knows of none that ended")
                )
            )
        }
    }

    private mutating func succeeded(_ reply: Observation, now: Instant) {
        guard case .mlExport(let export) = reply else { return end(.done) }
        self.export = export
        guard wantsFile, export.downloadURL == nil else { return end(.done) }
        phase = .awaitingFile
        update = .awaitingFile
        emptyLooks = 0
    }

    private mutating func awaitFile(_ reply: Observation, now: Instant) {
        troubles = 0
        nextTry = now + interval
        guard case .mlExport(let export) = reply, reply.stage == .succeeded else { return }
        self.export = export
        if export.downloadURL != nil { return end(.done) }
        emptyLooks += 1
        if emptyLooks >= Self.repliesToBelieve { end(.noFile(Self.missingLink(of: export))) }
    }

    private mutating func observe(_ reply: Observation, at moment: ClockReading, now: Instant) {
        settle(now: now)
        _ = tracker.observe(reply, at: moment)
    }

    /// Resets what counts failures in a row, after a usable reply.
    private mutating func settle(now: Instant) {
        troubles = 0
        obstacle = nil
        nextTry = now + interval
    }

    private mutating func show(_ reply: Observation) {
        switch reply.stage {
        case .queued: update = .queued
        case .running(let progress): update = .running(progress: progress)
        case .succeeded, .failed, .unknown: break
        }
    }
}
