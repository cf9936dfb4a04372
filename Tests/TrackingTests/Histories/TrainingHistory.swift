import KoreAI
import Model

@testable import Tracking

/// What the polls of one training target got, in their order. Polls that failed are left out.
struct TrainingHistory {
    let engine: Engine
    let platform: TruePlatform
    private(set) var polls: [TrainingPoll] = []
    /// By so many milliseconds the platform's clock is ahead of the true time.
    let skew: Int64
    /// Whether replies leave out now and then what they should have.
    private let leavesOut: Bool
    /// Whether replies have sync flags.
    let hasFlags: Bool
    /// From when on replies leave the last component's flag out for good.
    private let lastFlagTold: Int64
    /// Whether replies have the versions also while a training runs, or after one that failed.
    private let alwaysTellsVersion: Bool

    init(_ engine: Engine, seed: UInt64) {
        var dice = Dice(seed: seed)
        self.engine = engine
        leavesOut = dice.percent(40)
        hasFlags = engine == .ml && dice.percent(60)
        lastFlagTold = dice.percent(30) ? dice.roll(0, 60_000) : .max
        alwaysTellsVersion = dice.percent(40)
        platform = TruePlatform(&dice)
        skew = dice.percent(50) ? 0 : dice.roll(-400_000_000, 400_000_000)
        var times = PollTimes(&dice)
        var plain: [TrainingPoll] = []
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
            var poll = reply(at: moment, &dice)
            if dice.percent(5) {
                poll.kind = .unknownWord
            } else {
                plain.append(poll)
                oldInARow = 0
            }
            polls.append(poll)
        }
    }

    /// Runs that really ended since the first reply of a known status.
    var endedRuns: Int {
        guard let first = polls.first(where: { $0.kind == .plain }), let last = polls.last else { return 0 }
        return platform.runs.compactMap(\.ended).count { first.time < $0 && $0 <= last.time }
    }

    private func reply(at moment: ClockReading, _ dice: inout Dice) -> TrainingPoll {
        let time = moment.uptime
        var poll = TrainingPoll(kind: .plain, moment: moment, status: platform.status(at: time))
        switch engine {
        case .ml:
            if alwaysTellsVersion || poll.status == .finished, !(leavesOut && dice.percent(25)) {
                poll.version = platform.version(at: time)
            }
            let told = poll.status == .finished ? TruePlatform.components.count : TruePlatform.alwaysTold
            for component in 0..<(hasFlags ? told : 0) where !(leavesOut && dice.percent(10)) {
                if component == TruePlatform.components.count - 1, time >= lastFlagTold { continue }
                let name = TruePlatform.components[component]
                poll.flags.append(SyncFlag(component: name, inSync: platform.isInSync(component, at: time)))
            }
        case .faq:
            if !(leavesOut && dice.percent(25)) { poll.modifiedOn = platform.modifiedOn(at: time) }
        }
        return poll
    }

    /// An earlier reply that anyone can tell to be old.
    private func oldReply(_ plain: [TrainingPoll], _ dice: inout Dice) -> TrainingPoll? {
        guard !plain.isEmpty else { return nil }
        let old = plain[Int(dice.roll(0, Int64(plain.count - 1)))]
        switch engine {
        case .faq:
            guard let told = old.modifiedOn, let last = plain.last(where: { $0.modifiedOn != nil })?.modifiedOn else {
                return nil
            }
            return told < last ? old : nil
        case .ml:
            guard let told = old.version, let last = plain.compactMap(\.version).last else { return nil }
            return told < last ? old : nil
        }
    }
}

extension TrainingHistory: CustomStringConvertible {
    var description: String {
        let lines = platform.runs.map { "really: \($0)" }
        let replies = polls.map { poll in
            let flags = poll.flags.map { "\($0.component)=\($0.inSync)" }.joined(separator: " ")
            return "\(poll.time): \(poll.kind) \(poll.status) version \(poll.version.map(String.init) ?? "-") "
                + "modifiedOn \(poll.modifiedOn.map(String.init) ?? "-") \(flags)"
        }
        let kind = "\(engine), skew \(skew), versions \(platform.versions), set at start: \(platform.setsAtStart)"
        return ([kind] + lines + replies).joined(separator: "\n")
    }
}
