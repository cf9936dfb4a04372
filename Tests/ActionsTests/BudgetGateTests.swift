import KoreAI
import Scheduling
import Testing

@testable import Actions

struct BudgetGateTests {
    @Test("a budget that is used up says when to try again, and leaves others alone")
    func usedUp() throws {
        let gate = BudgetGate(BudgetLimits(perMinute: 2, perHour: 100))
        #expect(gate.take(.command, of: "a") == nil)
        #expect(gate.take(.command, of: "a") == nil)
        gate.settle("a", nil)
        gate.settle("a", nil)
        let chance = try #require(gate.take(.command, of: "a"))
        let wait = chance - .now
        #expect(wait > .seconds(50) && wait < .seconds(70))
        #expect(gate.take(.command, of: "b") == nil)
    }

    @Test("a refusal by the platform closes the budget for as long as it asks")
    func throttled() throws {
        let gate = BudgetGate(BudgetLimits())
        #expect(gate.take(.poll, of: "a") == nil)
        gate.settle("a", APIError(reason: .throttled, code: 429, message: "", retryAfter: .seconds(30)))
        let chance = try #require(gate.take(.poll, of: "a"))
        let wait = chance - .now
        #expect(wait > .seconds(28) && wait < .seconds(31))
    }

    @Test("several actions on a budget share half of what it sustains")
    func sharing() {
        let gate = BudgetGate(BudgetLimits())
        #expect(gate.interval(of: .seconds(10), sharing: 1) == .seconds(10))
        #expect(gate.interval(of: .seconds(10), sharing: 2) == .seconds(10))
        #expect(gate.interval(of: .seconds(10), sharing: 10) == .seconds(40))
    }
}
