import KoreAI

/// An export job as it really was. Times are milliseconds of true time.
struct TrueJob {
    /// What a job has in common with the one before it.
    enum Identity: Int64 {
        case new
        /// The id.
        case reused
        /// The id, `createdOn` and `lMod`: the platform shows the times of the very first job for ever.
        case stale
    }

    var number: Int
    var created: Int64
    var began: Int64
    var ended: Int64
    var succeeded: Bool

    /// `lMod` at a time: cut to seconds at first, then moving on every five seconds.
    func modified(at time: Int64) -> Int64 {
        if time >= ended { return ended }
        if time < began { return created - ((created % 1000) + 1000) % 1000 }
        return began + (time - began) / 5000 * 5000
    }

    static func several(_ dice: inout Dice) -> [TrueJob] {
        var jobs: [TrueJob] = []
        var now: Int64 = -40_000
        for number in 0..<Int(dice.roll(1, 8)) {
            now += dice.percent(20) ? dice.roll(2000, 4000) : dice.roll(2000, 50_000)
            let created = now
            now += dice.percent(50) ? 0 : dice.roll(1, 12_000)
            let began = now
            now += dice.percent(20) ? dice.roll(1, 3000) : dice.roll(1000, 45_000)
            jobs.append(
                TrueJob(number: number, created: created, began: began, ended: now, succeeded: dice.percent(75))
            )
        }
        return jobs
    }
}
