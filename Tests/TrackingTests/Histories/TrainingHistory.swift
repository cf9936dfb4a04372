import KoreAI

@testable import Tracking

/// What the polls of one training target got, in their order. Polls that failed are left out.
struct TrainingHistory {
    let engine: Engine
    let platform: TruePlatform
    private(set) var sights: [Sight] = []
    /// By so many milliseconds the platform's clock is ahead of the true time.
    let skew: Int64
    /// Whether replies leave out now and then what they should have.
    private let leavesOut: Bool
    /// Whether replies have sync flags.
    let hasFlags: Bool

    init(_ engine: Engine, seed: UInt64) {
        var dice = Dice(seed: seed)
        self.engine = engine
        leavesOut = dice.percent(40)
        hasFlags = engine == .ml && dice.percent(30)
        // Where the version is left out nobody can tell a run that was called off from one that succeeded unseen; the
        // FAQ reply, which calls a waiting run running, never can.
        platform = TruePlatform(&dice, calledOff: engine == .ml && !leavesOut)
        skew = dice.percent(50) ? 0 : dice.roll(-400_000_000, 400_000_000)
        var times = PollTimes(&dice)
        var plain: [Sight] = []
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
            var sight = reply(at: moment, &dice)
            if dice.percent(5) {
                sight.kind = .unknownWord
            } else {
                plain.append(sight)
                oldInARow = 0
            }
            sights.append(sight)
        }
    }

    private func reply(at moment: Moment, _ dice: inout Dice) -> Sight {
        let time = moment.uptime
        var sight = Sight(kind: .plain, moment: moment, status: platform.status(at: time))
        switch engine {
        case .ml:
            if sight.status == .finished, !(leavesOut && dice.percent(25)) {
                sight.version = platform.version(at: time)
            }
            let told = sight.status == .finished ? TruePlatform.components.count : TruePlatform.alwaysTold
            for component in 0..<(hasFlags ? told : 0) where !(leavesOut && dice.percent(10)) {
                let name = TruePlatform.components[component]
                sight.flags.append(SyncFlag(component: name, inSync: platform.isInSync(component, at: time)))
            }
        case .faq:
            if !(leavesOut && dice.percent(25)) { sight.modifiedOn = platform.modifiedOn(at: time) }
        }
        return sight
    }

    /// An earlier reply that anyone can tell to be old.
    private func oldReply(_ plain: [Sight], _ dice: inout Dice) -> Sight? {
        guard !plain.isEmpty else { return nil }
        let old = plain[Int(dice.roll(0, Int64(plain.count - 1)))]
        switch engine {
        case .faq:
            guard let told = old.modifiedOn, let last = plain.last(where: { $0.modifiedOn != nil })?.modifiedOn else {
                return nil
            }
            return told < last ? old : nil
        case .ml:
            let versions = plain.compactMap(\.version)
            guard let told = old.version, let last = versions.last, let first = versions.first else { return nil }
            if told < last { return old }
            // The same version again, though a run was seen since that must have raised it, if it succeeded.
            guard last > first, let position = plain.lastIndex(where: { $0.version != nil }) else { return nil }
            return plain[(position + 1)...].contains { $0.status == .inProgress || $0.status == .failed } ? old : nil
        }
    }
}

extension TrainingHistory: CustomStringConvertible {
    var description: String {
        let lines = platform.runs.map { "really: \($0)" }
        let replies = sights.map { sight in
            let flags = sight.flags.map { "\($0.component)=\($0.inSync)" }.joined(separator: " ")
            return "\(sight.time): \(sight.kind) \(sight.status) version \(sight.version.map(String.init) ?? "-") "
                + "modifiedOn \(sight.modifiedOn.map(String.init) ?? "-") \(flags)"
        }
        return (["\(engine), skew \(skew)"] + lines + replies).joined(separator: "\n")
    }
}
