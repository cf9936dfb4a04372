import Archive
import Foundation
import KoreAI
import Model
import Scheduling
import Settings
import TestSupport
import Testing

@testable import App
@testable import Polling

struct BudgetGateTests {
    @Test("a budget that is used up says when to try again, and leaves others alone")
    func usedUp() throws {
        let gate = BudgetGate(BudgetLimits(perMinute: 2, perHour: 100))
        let before = ContinuousClock.now
        #expect(gate.take(.command, .call(.bot("a"))) == nil)
        #expect(gate.take(.command, .call(.bot("a"))) == nil)
        gate.settle(.call(.bot("a")), nil)
        gate.settle(.call(.bot("a")), nil)
        let after = ContinuousClock.now
        let chance = try #require(gate.take(.command, .call(.bot("a"))))
        #expect(chance > before + .seconds(50) && chance < after + .seconds(70))
        #expect(gate.take(.command, .call(.bot("b"))) == nil)
    }

    @Test("a refusal by the platform closes the budget for as long as it asks")
    func throttled() throws {
        let gate = BudgetGate(BudgetLimits())
        #expect(gate.take(.poll, .call(.bot("a"))) == nil)
        let before = ContinuousClock.now
        gate.settle(.call(.bot("a")), APIError(reason: .throttled, code: 429, message: "", retryAfter: .seconds(30)))
        let after = ContinuousClock.now
        let chance = try #require(gate.take(.poll, .call(.bot("a"))))
        #expect(chance > before + .seconds(28) && chance < after + .seconds(31))
    }

    @Test("several actions on a budget share half of what it sustains")
    func sharing() {
        let gate = BudgetGate(BudgetLimits())
        #expect(gate.interval(of: .seconds(10), sharing: 1) == .seconds(10))
        #expect(gate.interval(of: .seconds(10), sharing: 2) == .seconds(10))
        #expect(gate.interval(of: .seconds(10), sharing: 10) == .seconds(40))
    }

    /// A bot with a target for each language.
    private func targets(_ per: BudgetSettings.Scope, languages: Int = 3) -> [PollTarget] {
        PollPlan(
            Settings(
                credentials: [CredentialSettings(name: "main", source: .token(Secret("t")))],
                budgets: BudgetSettings(per: per),
                bots: [
                    BotSettings(
                        name: "a",
                        id: "st-a",
                        baseURL: "http://127.0.0.1",
                        credential: "main",
                        languages: (0..<languages).map { "l\($0)" },
                        states: [.configured],
                        collectors: [.mlTraining]
                    )
                ]
            )
        ).targets
    }

    @Test("targets have their own budgets, or share their bot's, and starts have neither", arguments: [true, false])
    func kinds(byTarget: Bool) {
        let gate = BudgetGate(BudgetLimits(perMinute: 1, perHour: 100))
        let targets = targets(byTarget ? .target : .bot)
        #expect(gate.take(.poll, .poll(targets[0])) == nil)
        #expect(gate.take(.poll, .poll(targets[0])) != nil)
        #expect((gate.take(.poll, .poll(targets[1])) == nil) == byTarget)
        #expect(gate.take(.command, .call(.bot("a"))) == nil)
    }

    @Test("a status call that is refused although its target had room closes the bot's other targets too")
    func ceiling() {
        let gate = BudgetGate(BudgetLimits())
        let targets = targets(.target)
        let error = APIError(reason: .throttled, code: 429, message: "", retryAfter: .seconds(30))
        #expect(gate.take(.poll, .poll(targets[0])) == nil)
        gate.settle(.poll(targets[0]), error)
        #expect(gate.take(.poll, .poll(targets[1])) != nil)
        #expect(gate.take(.command, .call(.bot("a"))) == nil)
    }

    @Test("commands one after another keep within one budget, and within what the exporter beside them has asked")
    func resumed() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gate-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let archive = try await Archive.open(at: folder, logger: .quiet)
        var loaded = SavedBudget()
        loaded.minute = [SavedBudget.Entry(age: 0, count: 57)]
        var batch = Batch()
        batch.values[StoredBudget.prefix + "bot:a"] = StoredBudget(budget: loaded, at: SystemClocks().now).bytes
        try await archive.commit(batch)
        for left in [3, 2] {
            let gate = BudgetGate(BudgetLimits(), ledger: await CommandLedger(at: folder))
            await gate.resume()
            #expect((0..<60).prefix { _ in gate.take(.command, .call(.bot("a"))) == nil }.count == left)
            let call = APICall<Int>(endpoint: .mlTrain, code: 200, duration: .zero, result: .success(Decoded(1)))
            gate.settle(.call(.bot("a")), call)
            await gate.report()
        }
        #expect(try await archive.takeCommandRequests().map(\.budget) == ["bot:a", "bot:a"])
    }
}
