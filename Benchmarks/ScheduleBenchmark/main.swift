import Foundation
import Scheduling

// Sizes as `bots:hours`, such as `100:4`; without arguments those of the issue. The times are simulated.
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
let rhythm = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))
var meetsGoals = true
print("| | | schedule | fixed interval | ratio | goal |")
print("|---|---|---:|---:|---:|---:|")
for size in sizes.isEmpty ? [(1, 720), (100, 24), (10_000, 3)] : sizes {
    for publishedStates in 1...Day.states {
        // No parameter of the schedule was chosen by this seed.
        let comparison = Comparison(
            bots: size.bots,
            publishedStates: publishedStates,
            hours: size.hours,
            rhythm: rhythm,
            seed: 20_261_121
        )
        for row in comparison.rows { print(row) }
        meetsGoals = meetsGoals && comparison.meetsGoals
        let cost = Comparison.text(comparison.cost, 2)
        FileHandle.standardError.write(Data("\(size.bots) bots: \(cost) µs of simulation for a request\n".utf8))
    }
}
exit(meetsGoals ? 0 : 1)
