import Testing

@testable import Scheduling

/// Budgets by name, of what is asked besides polls.
struct BudgetsTests {
    private let start = ContinuousClock.now

    private func budgets(_ limits: BudgetLimits = BudgetLimits()) -> Budgets<String> {
        Budgets(limits, origin: start)
    }

    @Test("each name has its budget, and one that is used up says when to try again")
    func usedUp() {
        var budgets = budgets(BudgetLimits(perMinute: 2, perHour: 100))
        #expect(budgets.take(.command, of: "a", now: start) == nil)
        #expect(budgets.take(.command, of: "a", now: start) == nil)
        let chance = budgets.take(.command, of: "a", now: start)
        #expect(chance ?? start > start)
        #expect(budgets.take(.command, of: "b", now: start) == nil)
        #expect(budgets.report(of: "a", now: start).minuteRemaining == 0)
        #expect(budgets.report(of: "c", now: start).isUntouched)
        #expect(!budgets.isUsed("c"))
    }

    @Test("a refusal closes a budget and lowers its limit, which other limits and a restart keep")
    func throttled() throws {
        var budgets = budgets()
        for _ in 0..<40 { #expect(budgets.take(.command, of: "a", now: start) == nil) }
        for _ in 0..<39 { budgets.end("a", .quiet, now: start) }
        let isLowered = budgets.end("a", .throttled(retryAfter: .seconds(20)), now: start)
        #expect(isLowered)
        #expect(budgets.take(.command, of: "a", now: start + .seconds(19)) != nil)
        #expect(budgets.report(of: "a", now: start + .seconds(61)).minuteLimit == 36)
        var restarted = self.budgets()
        let saved = budgets.saved("a", now: start)
        restarted.restore("a", try #require(saved), away: .seconds(5), now: start)
        #expect(restarted.report(of: "a", now: start + .seconds(62)).minuteLimit == 36)
        #expect(restarted.report(of: "a", now: start + .seconds(62)).hourRemaining == 1760)
        budgets.change(to: BudgetLimits(perMinute: 30, perHour: 600))
        #expect(budgets.report(of: "a", now: start + .seconds(62)).minuteLimit == 30)
        budgets.keep { $0 != "a" }
        #expect(!budgets.isUsed("a"))
    }

    @Test("a request of another program counts from when it was made, and not once it has left a window")
    func others() {
        var budgets = budgets()
        let now = start + .seconds(7200)
        budgets.add(requestOf: "a", ago: .seconds(10), now: now)
        budgets.add(requestOf: "a", ago: .seconds(90), now: now)
        budgets.add(requestOf: "a", ago: .seconds(4000), now: now)
        let report = budgets.report(of: "a", now: now)
        #expect(report.minuteRemaining == 59)
        #expect(report.hourRemaining == 1798)
        #expect(budgets.report(of: "a", now: now + .seconds(55)).minuteRemaining == 60)
    }

    @Test("a sum of limits comes down to what one of its members has when the platform counts them together")
    func sum() {
        var budget = Budget(BudgetLimits().sum(of: 21), now: 0)
        let taken = (0..<61).count { _ in budget.take(.poll, now: 0) }
        #expect(taken == 61)
        for _ in 0..<60 { budget.accept(now: 0) }
        #expect(budget.limitsInForce == (1260, 37_800))
        let isLowered = budget.throttle(retryAfter: nil, now: 0)
        #expect(isLowered)
        #expect(budget.limitsInForce == (54, 1800))
    }
}
