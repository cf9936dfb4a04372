import KoreAI
import Model

@testable import Tracking

/// When a history's polls are, by a machine whose wall clock jumps.
struct PollTimes {
    /// Milliseconds of the machine's uptime, which is also the true time.
    private(set) var now: Int64 = 0
    private var wallAhead: Int64 = 1_700_000_000_000
    private let jumps: Bool

    init(_ dice: inout Dice) {
        jumps = dice.percent(25)
    }

    mutating func next(_ dice: inout Dice) -> ClockReading {
        // Often the shortest there are, now and then a poller that was away.
        now += dice.percent(5) ? dice.roll(20_000, 120_000) : dice.roll(1000, 15_000)
        if jumps, dice.percent(15) { wallAhead += dice.roll(-90_000_000, 90_000_000) }
        return ClockReading(wall: Timestamp(milliseconds: wallAhead + now), uptime: now, boot: 7)
    }
}
