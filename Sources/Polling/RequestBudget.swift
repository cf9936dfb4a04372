import Archive
import Exposition
package import KoreAI
package import Model
package import Scheduling
package import Tracking

/// A budget that pays for requests to the platform, named by what the platform counts together.
///
/// Source: "Automation AI - API Rate Limits": status calls are counted by request, what changes or reads a bot by bot, the
/// calls of the admin console by account.
package enum RequestBudget: Sendable, Hashable {
    /// Status calls about a bot or, where the platform counts its bots together, with a credential.
    case status(String)
    /// All other calls about a bot, such as to start a training.
    case bot(String)
    /// Lists of the bots that a credential sees.
    case account(String)

    /// The `budget` label.
    package var label: String {
        switch self {
        case .status(let name): "status:" + name
        case .bot(let name): "bot:" + name
        case .account(let name): "account:" + name
        }
    }
}

extension RequestBudget {
    /// - Returns: `nil` for what is no label of a budget.
    package init?(label: String) {
        let parts = label.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let name = String(parts[1])
        switch parts[0] {
        case "status": self = .status(name)
        case "bot": self = .bot(name)
        case "account": self = .account(name)
        default: return nil
        }
    }

    /// - Parameter key: The name of a value in the store.
    /// - Returns: `nil` for a target's own budget.
    package init?(keptAs key: String) {
        guard key.hasPrefix(StoredBudget.prefix) else { return nil }
        self.init(label: String(key.dropFirst(StoredBudget.prefix.count)))
    }
}

extension Schedule.Outcome {
    /// The outcome of a request that is no poll, as its budget needs it.
    package init(of error: APIError?) {
        self = error?.reason == .throttled ? .throttled(retryAfter: error?.retryAfter) : .quiet
    }
}

/// The numbers that the schedule knows the budgets, bots, credentials and targets of a plan by.
struct BudgetIndex: Sendable {
    /// The name of each budget, by its number.
    private(set) var names: [RequestBudget] = []
    /// The number of each budget.
    private(set) var numbers: [RequestBudget: Int] = [:]
    /// Each target's entry in the schedule, by the target's number.
    var members: [Schedule.Member] = []

    init(_ plan: PollPlan) {
        var bots: [String: Int] = [:]
        var credentials: [String: Int] = [:]
        for target in plan.targets {
            let member = Schedule.Member(
                Schedule.Rhythm(quiet: target.pollInterval, active: target.activeInterval),
                budget: Self.number(of: target.budget, in: &numbers),
                bot: Self.number(of: target.target.bot, in: &bots),
                credential: Self.number(of: target.credential.name, in: &credentials)
            )
            if member.budget == names.count { names.append(target.budget) }
            members.append(member)
        }
    }

    private static func number<Name: Hashable>(of name: Name, in numbers: inout [Name: Int]) -> Int {
        if let known = numbers[name] { return known }
        numbers[name] = numbers.count
        return numbers.count - 1
    }
}

/// The budgets' series. They are made at each scrape, because requests leave their windows while nothing happens.
struct BudgetSource: SampleSource {
    /// The report of each budget, by its name.
    let reports: @Sendable () -> [(name: String, report: BudgetReport)]

    var families: [MetricFamily] { [PollFamilies.budgetLimit, PollFamilies.budgetRemaining] }

    func samples() -> [(family: MetricFamily, samples: [Sample])] {
        let reports = reports().sorted { $0.name < $1.name }
        func samples(_ minute: KeyPath<BudgetReport, Int>, _ hour: KeyPath<BudgetReport, Int>) -> [Sample] {
            reports.flatMap { name, report in
                [
                    Sample([name, "hour"], number: Double(report[keyPath: hour])),
                    Sample([name, "minute"], number: Double(report[keyPath: minute])),
                ]
            }
        }
        return [
            (PollFamilies.budgetLimit, samples(\.minuteLimit, \.hourLimit)),
            (PollFamilies.budgetRemaining, samples(\.minuteRemaining, \.hourRemaining)),
        ]
    }
}

/// A budget in the store, and when it was as it is there.
package struct StoredBudget: Hashable {
    /// How the names of the values in the store begin.
    package static let prefix = "budget/"

    package let budget: SavedBudget
    private let moment: ClockReading

    init(budget: SavedBudget, at moment: ClockReading) {
        self.budget = budget
        self.moment = moment
    }

    /// The name of the value in the store.
    static func key(of budget: RequestBudget) -> String { prefix + budget.label }

    /// The name of the value that keeps a target's own budget. The bot comes last, because its name may hold anything.
    package static func key(of target: Target) -> String {
        prefix + "target:\(target.collector.rawValue)/\(target.language)/\(target.state)/\(target.bot)"
    }

    /// - Throws: Where the bytes are not those that ``bytes`` were.
    package init(_ bytes: [UInt8]) throws(StoredFormError) {
        var moment = ClockReading(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0)
        var budget = SavedBudget()
        var reader = try FieldReader(sealed: bytes)
        while let field = try reader.next() {
            switch field.number {
            case 1: moment.wall = try field.timestamp()
            case 2: moment.uptime = try field.int64()
            case 3: moment.boot = try field.fixed()
            case 4: budget.minute = Self.entries(try field.message().packedIntegers())
            case 5: budget.hour = Self.entries(try field.message().packedIntegers())
            case 6: budget.learnedPerMinute = try field.double()
            case 7: budget.learnedPerHour = try field.double()
            case 8: budget.closedFor = try field.int64()
            default: break
            }
        }
        self.init(budget: budget, at: moment)
    }

    var bytes: [UInt8] {
        var writer = FieldWriter()
        writer.write(1, moment.wall)
        writer.write(2, moment.uptime)
        writer.write(3, fixed: moment.boot)
        writer.write(4, packed: Self.numbers(budget.minute))
        writer.write(5, packed: Self.numbers(budget.hour))
        writer.write(6, budget.learnedPerMinute)
        writer.write(7, budget.learnedPerHour)
        writer.write(8, budget.closedFor)
        return writer.sealed()
    }

    private static func numbers(_ entries: [SavedBudget.Entry]) -> [UInt64] {
        entries.flatMap { [UInt64(bitPattern: $0.age), UInt64(bitPattern: Int64($0.count))] }
    }

    private static func entries(_ numbers: [UInt64]) -> [SavedBudget.Entry] {
        stride(from: 0, to: numbers.count - 1, by: 2).map { index in
            let count = Int(truncatingIfNeeded: numbers[index + 1])
            return SavedBudget.Entry(age: Int64(bitPattern: numbers[index]), count: count)
        }
    }

    /// How long ago it was so; zero where the clocks do not tell.
    package func away(until now: ClockReading) -> Duration {
        .milliseconds(now.milliseconds(since: moment) ?? 0)
    }
}

extension LoadedState {
    /// - Returns: `nil` where nothing is kept of it that can be read: then the budget is as good as new.
    func budget(_ key: String) -> StoredBudget? {
        values[key].flatMap { try? StoredBudget($0) }
    }
}
