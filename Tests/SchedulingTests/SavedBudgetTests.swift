import Testing

@testable import Scheduling

struct SavedBudgetTests {
    @Test("what was used, learned and asked for survives a restart, less the time away")
    func roundTrip() {
        var budget = Budget(BudgetLimits(), now: 5_000_000)
        for _ in 0..<40 {
            let taken1 = budget.take(.poll, now: 5_000_000)
            #expect(taken1)
        }
        for _ in 0..<30 { budget.accept(now: 5_000_000) }
        budget.throttle(retryAfter: 90_000, now: 5_000_000)
        let saved = budget.saved(now: 5_010_000)
        var restored = Budget(BudgetLimits(), saved: saved, away: 20_000, now: 7)
        #expect(restored.limitsInForce.minute == budget.limitsInForce.minute)
        let left2 = restored.remaining(now: 7)
        #expect(left2 == (0, 0))
        let taken3 = restored.take(.command, now: 60_006)
        #expect(!taken3)
        let left4 = restored.remaining(now: 60_007).hour
        #expect(left4 == 1800 - 40)
    }

    @Test("nonsense from a file is left out")
    func nonsense() {
        var saved = SavedBudget()
        saved.minute = [
            SavedBudget.Entry(age: .max, count: 1), SavedBudget.Entry(age: -1, count: 1),
            SavedBudget.Entry(age: 0, count: -5), SavedBudget.Entry(age: 5, count: .max),
        ]
        saved.hour = [SavedBudget.Entry(age: .min, count: .min)]
        saved.learnedPerMinute = .nan
        saved.learnedPerHour = -1e300
        saved.closedFor = .max
        let budget = Budget(BudgetLimits(), saved: saved, away: 10, now: 0)
        let left5 = budget.remaining(now: 3_700_000)
        #expect(left5 == (60, 1))
        #expect(Budget(BudgetLimits(), saved: saved, away: .max, now: 0).limitsInForce == (60, 1))
    }
}
