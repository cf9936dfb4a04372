/// A training run as it really was. Times are milliseconds of true time.
struct TrueRun {
    /// When it was ordered, where it had to wait.
    var queued: Int64?
    var began: Int64
    /// `nil`: it hangs.
    var ended: Int64?
    var succeeds: Bool
    /// By how much it raises the version, on a platform that raises it.
    var raise: Int64

    var first: Int64 { queued ?? began }

    /// How long it took, without and with the time that it waited.
    var length: ClosedRange<Int64>? {
        ended.map { $0 - began...$0 - first }
    }

    /// Runs one after the other, the first of them before the first poll.
    static func several(_ dice: inout Dice) -> [TrueRun] {
        var runs: [TrueRun] = []
        var now: Int64 = -40_000
        for _ in 0..<dice.roll(1, 9) {
            now += dice.percent(20) ? dice.roll(1, 2000) : dice.roll(1000, 50_000)
            let isQueued = dice.percent(40)
            let queued = now
            if isQueued { now += dice.roll(1, 15_000) }
            let began = now
            now += dice.percent(20) ? dice.roll(1, 3000) : dice.roll(1000, 45_000)
            runs.append(
                TrueRun(
                    queued: isQueued ? queued : nil,
                    began: began,
                    ended: dice.percent(2) ? nil : now,
                    succeeds: !dice.percent(30),
                    raise: dice.roll(1, 6)
                )
            )
            if runs.last?.ended == nil { break }
        }
        return runs
    }
}
