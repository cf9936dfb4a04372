import KoreAI

@testable import Tracking

/// What the polls of one bot's exports got, in their order. Polls that failed are left out.
struct JobHistory {
    let jobs: [TrueJob]
    let identity: TrueJob.Identity
    let skew: Int64
    private(set) var sights: [JobSight] = []
    private let leavesOut: Bool

    init(seed: UInt64) {
        var dice = Dice(seed: seed)
        jobs = TrueJob.several(&dice)
        identity = TrueJob.Identity(rawValue: dice.roll(0, 2)) ?? .new
        skew = dice.percent(50) ? 0 : dice.roll(-400_000_000, 400_000_000)
        leavesOut = dice.percent(40)
        var times = PollTimes(&dice)
        var plain: [JobSight] = []
        var oldInARow = 0
        for _ in 0..<dice.roll(4, 14) {
            let moment = times.next(&dice)
            if dice.percent(8) { continue }
            if dice.percent(12), oldInARow < 2, var old = oldReply(plain, &dice) {
                old.kind = .old
                old.moment = moment
                sights.append(old)
                oldInARow += 1
                continue
            }
            // Before the first job the call fails.
            guard var sight = reply(at: moment, &dice) else { continue }
            if dice.percent(5) {
                sight.kind = .unknownWord
            } else {
                plain.append(sight)
                oldInARow = 0
            }
            sights.append(sight)
        }
    }

    private func reply(at moment: Moment, _ dice: inout Dice) -> JobSight? {
        let time = moment.uptime
        guard let job = jobs.last(where: { $0.created <= time }), let first = jobs.first else { return nil }
        let told = identity == .stale ? first : job
        let final: ExportStatus = job.succeeded ? .success : .failed
        let status: ExportStatus = time >= job.ended ? final : time < job.began ? .pending : .inProgress
        return JobSight(
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
    private func oldReply(_ plain: [JobSight], _ dice: inout Dice) -> JobSight? {
        guard let last = plain.last else { return nil }
        let old = plain[Int(dice.roll(0, Int64(plain.count - 1)))]
        if old.job < last.job { return old }
        return last.isFinal && !old.isFinal && old.lastModified != nil ? old : nil
    }
}

extension JobHistory: CustomStringConvertible {
    var description: String {
        let lines = jobs.map { "really: \($0)" }
        let replies = sights.map { sight in
            "\(sight.time): \(sight.kind) job \(sight.job) \(sight.status) id \(sight.id ?? "-") createdOn "
                + "\(sight.createdOn.map(String.init) ?? "-") lMod \(sight.lastModified.map(String.init) ?? "-") "
                + "requestedTime \(sight.requestedTime)"
        }
        return (["export, \(identity), skew \(skew)"] + lines + replies).joined(separator: "\n")
    }
}
