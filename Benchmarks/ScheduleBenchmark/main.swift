import Foundation
import Scheduling

// Sizes as `bots:hours`, such as `100:4`; without arguments those of the table in docs. The times are simulated.
let sizes = CommandLine.arguments.dropFirst().compactMap { argument -> (bots: Int, hours: Double)? in
    let parts = argument.split(separator: ":")
    guard parts.count == 2, let bots = Int(parts[0]), let hours = Double(parts[1]), bots > 0, hours > 0 else {
        return nil
    }
    return (bots, hours)
}
guard sizes.count == CommandLine.arguments.count - 1 else {
    print("usage: schedule-benchmark [BOTS:HOURS ...]")
    exit(2)
}
let plays: [(counting: Counting, active: Duration)] = [
    (.byTarget, .seconds(10)), (.byTarget, .seconds(2)), (.byBot, .seconds(10)), (.learned, .seconds(10)),
]
var meetsGoals = true
print("| | | schedule | fixed interval | ratio | goal |")
print("|---|---|---:|---:|---:|---:|")
for (counting, active) in plays {
    // A large fleet shows that a request costs no more there, which a few plays show as well.
    let large: [(bots: Int, hours: Double)] = counting != .learned && active == .seconds(10) ? [(10_000, 1)] : []
    for size in sizes.isEmpty ? [(1, 720), (100, 24)] + large : sizes {
        for publishedStates in (size.bots >= 10_000 ? Day.states : 1)...Day.states {
            // No parameter of the schedule was chosen by this seed.
            let comparison = Comparison(
                bots: size.bots,
                counting: counting,
                publishedStates: publishedStates,
                hours: size.hours,
                rhythm: Schedule.Rhythm(quiet: .seconds(60), active: active),
                seed: 20_261_121
            )
            for row in comparison.rows { print(row) }
            meetsGoals = meetsGoals && comparison.meetsGoals
            let cost = Comparison.text(comparison.cost, 2)
            FileHandle.standardError.write(Data("\(size.bots) bots: \(cost) µs of simulation for a request\n".utf8))
        }
    }
}
exit(meetsGoals ? 0 : 1)
