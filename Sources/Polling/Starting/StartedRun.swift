import Archive
import KoreAI
package import Model
package import Tracking

/// A run that the platform was told to start, and what its replies since say of it.
///
/// A training may be too short to be seen: of a model that was in sync before and after, and with a version that never
/// changes, no reply shows anything. So where the platform took the start and then shows a finished model, and nothing
/// under way, in six replies, the training is done. A failure is told only where the platform tells of one.
///
/// A value: it takes replies as arguments.
package struct StartedRun: Sendable {
    package enum Verdict: Sendable, Hashable {
        /// The run was seen to end well, or something proves that it did.
        case done
        /// Nothing was seen of it, and nothing is wrong.
        case doneUnseen
        case failed(ActionFailure)
    }

    /// The replies in a row that settle the run where they show nothing new and nothing under way.
    static let repliesToSettle = 6

    private var tracker: TargetTracker
    /// The id that the platform gave the job, where its replies tell of jobs by their ids and the one before had another.
    private let jobID: String?
    /// The id of the job before it.
    private let lastJobID: String?
    /// Whether the platform had nothing to tell before the start, so that the first end is that of this run.
    private let isFirstOfAll: Bool
    /// Whether a reply, before the start or since, told when its status last changed.
    private var isDated: Bool
    /// Replies in a row that show neither the run nor its end.
    private var quietReplies = 0
    /// The run that ended, as the replies showed it.
    package private(set) var run: EndedRun?

    /// - Parameters:
    ///   - tracker: What was known before the start.
    ///   - id: What the reply to the start called it, as the platform wrote it.
    ///   - isStateKnown: Whether the platform told, before the start, all there was to tell.
    package init(after tracker: TargetTracker, id: String? = nil, isStateKnown: Bool = true) {
        self.tracker = tracker
        lastJobID = tracker.jobID
        // The platform may use an id again: then it tells nothing.
        jobID = id == lastJobID ? nil : id
        isFirstOfAll = isStateKnown && tracker.lastSeen == nil
        isDated = tracker.modifiedOn != nil
    }

    /// Takes in a reply that came after the start.
    ///
    /// - Returns: How it ended; `nil` where that is not known yet.
    package mutating func observe(_ reply: Observation, at moment: ClockReading) -> Verdict? {
        defer { isDated = isDated || reply.modifiedOn != nil }
        let ended = tracker.observe(reply, at: moment)
        if let jobID, let reading = reply.job, let told = reading.id {
            return verdict(on: reading, isOwn: told == jobID, told, ended, at: moment)
        }
        if let last = ended.last {
            run = last
            return verdict(on: last, reply)
        }
        // A reply from before the start, or with an unknown status, tells nothing.
        guard tracker.lastSeen == moment else { return nil }
        switch reply.stage {
        case .queued, .running:
            quietReplies = 0
            return nil
        case .unknown:
            return nil
        case .succeeded:
            if isFirstOfAll { return .done }
            quietReplies += 1
            // Exports and publishes are known by their jobs: the one from before is never taken for another.
            guard quietReplies >= Self.repliesToSettle, reply.isOfTraining else { return nil }
            return .doneUnseen
        case .failed:
            if isFirstOfAll { return .failed(.failed) }
            // The time of a failure tells that it is the one from before.
            guard !isDated || reply.modifiedOn == nil else { return nil }
            quietReplies += 1
            return quietReplies >= Self.repliesToSettle ? .failed(.failedUnseen) : nil
        }
    }

    /// The verdict on a reply that names its job.
    private mutating func verdict(
        on reading: JobReading,
        isOwn: Bool,
        _ id: String,
        _ ended: [EndedRun],
        at moment: ClockReading
    ) -> Verdict? {
        guard isOwn else {
            // The job from before, from a server that lags behind, is no other that took its place.
            return id == lastJobID || tracker.lastSeen != moment ? nil : .failed(.replaced)
        }
        guard let outcome = reading.outcome else { return nil }
        run = ended.last ?? EndedRun(outcome, reading, at: moment)
        return outcome == .failed ? .failed(.failed) : .done
    }

    private func verdict(on run: EndedRun, _ reply: Observation) -> Verdict {
        switch run.outcome {
        case .success: .done
        case .failed: .failed(.failed)
        // A training ended since the start, and the platform says that the last one failed.
        case .unknown: .failed(reply.isOfTraining ? .failed : .replaced)
        }
    }
}

/// A run that the exporter started by itself and follows until it ends.
struct FollowedStart: Sendable {
    private let order: StartOrder
    /// The history's entry, with what came of the start.
    private var entry: ActionEntry
    private var run: StartedRun

    init(_ order: StartOrder, _ entry: ActionEntry, after tracker: TargetTracker) {
        self.order = order
        self.entry = entry
        run = StartedRun(after: tracker)
    }

    /// Takes in a reply.
    ///
    /// - Returns: The entry with how the run ended; `nil` where that is not known yet.
    mutating func observe(_ reply: Observation, at moment: ClockReading) -> ActionEntry? {
        guard let verdict = run.observe(reply, at: moment) else { return nil }
        entry.error = nil
        switch verdict {
        case .done: entry.outcome = "done"
        case .doneUnseen: entry.outcome = "done_unseen"
        case .failed(let failure):
            entry.outcome = failure == .replaced ? "replaced" : "failed"
            entry.error = failure.sentence(of: order.noun)
        }
        return entry
    }
}

/// Why a started run counts as failed.
package enum ActionFailure: Sendable, Hashable {
    /// The platform says so.
    case failed
    /// The platform says that the last one failed, as it may have said before, and has shown none under way since the
    /// start.
    case failedUnseen
    /// Another one took its place before it was seen to end.
    case replaced

    /// - Parameter noun: ``StartOrder/noun``.
    package func sentence(of noun: String) -> String {
        switch self {
        case .failed: "the \(noun) failed"
        case .failedUnseen:
            "the platform says that the last \(noun) failed, and has shown none under way since the start: "
                + "yours failed too soon to be seen, or it never ran"
        case .replaced: "another \(noun) took its place, so how it ended is not known"
        }
    }
}

extension EndedRun {
    /// A job that the first reply about it shows as ended.
    fileprivate init(_ outcome: RunOutcome, _ reading: JobReading, at moment: ClockReading) {
        self.init(
            outcome: outcome,
            start: reading.start,
            end: reading.lastModified ?? moment.wall,
            duration: reading.duration,
            bound: 0,
            id: RunID.shown(reading.id),
            reason: reading.reason
        )
    }
}

extension Observation {
    fileprivate var job: JobReading? {
        switch self {
        case .mlTraining, .faqTraining: nil
        case .mlExport(let reply): JobReading(reply)
        case .publish(let reply): JobReading(reply)
        }
    }

    fileprivate var isOfTraining: Bool { collector == .mlTraining || collector == .faqTraining }

    /// When the status of an FAQ reply last changed.
    fileprivate var modifiedOn: Timestamp? {
        if case .faqTraining(let reply) = self { reply.modifiedOn } else { nil }
    }
}

extension Observation {
    /// The stage of the latest run or job.
    package enum Stage: Sendable, Hashable {
        case queued
        case running(progress: Double?)
        case succeeded
        case failed
        case unknown
    }

    package var stage: Stage {
        switch self {
        case .mlTraining(let reply): Self.stage(of: reply.status)
        case .faqTraining(let reply): Self.stage(of: reply.status)
        case .mlExport(let reply): Self.stage(of: JobReading(reply))
        case .publish(let reply): Self.stage(of: JobReading(reply))
        }
    }

    /// Why the latest run or job failed, where the reply tells.
    package var reason: String? {
        if case .faqTraining(let reply) = self { reply.reason } else { job?.reason }
    }

    private static func stage(of job: JobReading) -> Stage {
        switch job.status {
        case .pending: .queued
        case .inProgress: .running(progress: job.progress)
        case .success: .succeeded
        case .failed: .failed
        case .unknown: .unknown
        }
    }

    private static func stage(of status: TrainingStatus) -> Stage {
        switch status {
        case .queued: .queued
        case .inProgress: .running(progress: nil)
        case .finished: .succeeded
        case .failed: .failed
        case .unknown: .unknown
        }
    }
}
