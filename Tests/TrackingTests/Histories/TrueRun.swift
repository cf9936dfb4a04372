/// A training run as it really was. Times are milliseconds of true time.
struct TrueRun {
    enum Outcome {
        case success
        case failure
        case calledOff
    }

    /// When it was ordered, where it had to wait; it may be called off then.
    var queued: Int64?
    /// `nil`: it was called off.
    var began: Int64?
    /// `nil`: it hangs.
    var ended: Int64?
    var outcome: Outcome

    var first: Int64 { queued ?? began ?? 0 }

    /// How long it took, without and with the time that it waited.
    var length: ClosedRange<Int64>? {
        guard let began, let ended else { return nil }
        return ended - began...ended - first
    }

    /// Runs one after the other, the first of them before the first poll.
    static func several(_ dice: inout Dice, calledOff: Bool) -> [TrueRun] {
        var runs: [TrueRun] = []
        var now: Int64 = -40_000
        for _ in 0..<dice.roll(1, 9) {
            now += dice.percent(20) ? dice.roll(1, 2000) : dice.roll(1000, 50_000)
            var run = TrueRun(outcome: dice.percent(30) ? .failure : .success)
            if dice.percent(40) {
                run.queued = now
                now += dice.roll(1, 15_000)
            }
            if run.queued != nil, calledOff, dice.percent(30) {
                run.outcome = .calledOff
                run.ended = now
            } else {
                run.began = now
                now += dice.percent(20) ? dice.roll(1, 3000) : dice.roll(1000, 45_000)
                run.ended = dice.percent(2) ? nil : now
            }
            runs.append(run)
            if run.ended == nil { break }
        }
        return runs
    }
}
