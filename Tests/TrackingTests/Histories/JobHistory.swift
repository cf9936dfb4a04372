import KoreAI

@testable import Tracking

/// What the polls of one bot's exports got, in their order. Polls that failed are left out.
struct JobHistory {
    let jobs: [TrueJob]
    let identity: TrueJob.Identity
    let skew: Int64
    private(set) var polls: [JobPoll] = []
    private let leavesOut: Bool

    init(seed: UInt64) {
        var dice = Dice(seed: seed)
        jobs = TrueJob.several(&dice)
        identity = TrueJob.Identity(rawValue: dice.roll(0, 2)) ?? .new
        skew = dice.percent(50) ? 0 : dice.roll(-400_000_000, 400_000_000)
        leavesOut = dice.percent(40)
        var times = PollTimes(&dice)
        var plain: [JobPoll] = []
        var oldInARow = 0
        for _ in 0..<dice.roll(4, 14) {
            let moment = times.next(&dice)
            if dice.percent(8) { continue }
            if dice.percent(12), oldInARow < 2, var old = oldReply(plain, &dice) {
                old.kind = .old
                old.moment = moment
                polls.append(old)
                oldInARow += 1
                continue
            }
            // Before the first job the call fails.
            guard var poll = reply(at: moment, &dice) else { continue }
            if dice.percent(5) {
                poll.kind = .unknownWord
            } else {
                plain.append(poll)
                oldInARow = 0
            }
            polls.append(poll)
        }
    }

    private func reply(at moment: ClockReading, _ dice: inout Dice) -> JobPoll? {
        let time = moment.uptime
        guard let job = jobs.last(where: { $0.created <= time }), let first = jobs.first else { return nil }
        let told = identity == .stale ? first : job
        let final: JobStatus = job.succeeded ? .success : .failed
        let status: JobStatus = time >= job.ended ? final : time < job.began ? .pending : .inProgress
        return JobPoll(
            kind: .plain,
            moment: moment,
            job: job.number,
            status: status,
            id: leavesOut && dice.percent(20) ? nil : identity == .new ? "ds-\(job.number)" : "ds",
            createdOn: leavesOut && dice.percent(20) ? nil : told.created,
            lastModified: leavesOut && dice.percent(20) ? nil : told.modified(at: min(time, told.ended)),
            requestedTime: job.created + 1
        )
    }

    /// An earlier reply that anyone can tell to be old: about an earlier job, or about the latest one before it ended.
    private func oldReply(_ plain: [JobPoll], _ dice: inout Dice) -> JobPoll? {
        guard let last = plain.last else { return nil }
        let old = plain[Int(dice.roll(0, Int64(plain.count - 1)))]
        if old.job < last.job { return old }
        return last.isFinal && !old.isFinal && old.lastModified != nil ? old : nil
    }
}

extension JobHistory: CustomStringConvertible {
    var description: String {
        let lines = jobs.map { "really: \($0)" }
        let replies = polls.map { poll in
            "\(poll.time): \(poll.kind) job \(poll.job) \(poll.status) id \(poll.id ?? "-") createdOn "
                + "\(poll.createdOn.map(String.init) ?? "-") lMod \(poll.lastModified.map(String.init) ?? "-") "
                + "requestedTime \(poll.requestedTime)"
        }
        return (["export, \(identity), skew \(skew)"] + lines + replies).joined(separator: "\n")
    }
}
