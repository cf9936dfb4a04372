import Foundation
import Testing

@testable import Scheduling

struct SavedBudgetTests {
    @Test("what was used, learned and asked for survives a restart, less the time away")
    func roundTrip() throws {
        var budget = Budget(BudgetLimits(), now: 5_000_000)
        for _ in 0..<40 {
            let taken1 = budget.take(.poll, now: 5_000_000)
            #expect(taken1)
        }
        for _ in 0..<30 { budget.accept(now: 5_000_000) }
        budget.throttle(retryAfter: 90_000, now: 5_000_000)
        let data = try JSONEncoder().encode(budget.saved(now: 5_010_000))
        let saved = try JSONDecoder().decode(SavedBudget.self, from: data)
        #expect(data.count < 400)
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
        let saved = SavedBudget(
            minute: [
                SavedBudget.Entry(age: .max, count: 1), SavedBudget.Entry(age: -1, count: 1),
                SavedBudget.Entry(age: 0, count: -5), SavedBudget.Entry(age: 5, count: .max),
            ],
            hour: [SavedBudget.Entry(age: .min, count: .min)],
            learnedPerMinute: .nan,
            learnedPerHour: -1e300,
            closedFor: .max
        )
        var budget = Budget(BudgetLimits(), saved: saved, away: 10, now: 0)
        let left5 = budget.remaining(now: 3_700_000)
        #expect(left5 == (60, 1))
        #expect(Budget(BudgetLimits(), saved: saved, away: .max, now: 0).limitsInForce == (60, 1))
    }
}
