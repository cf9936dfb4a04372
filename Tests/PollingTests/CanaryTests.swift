import KoreAI
import Model
import Settings
import Testing
import Tracking

@testable import Polling

struct CanaryTests {
    private let start = Timestamp(milliseconds: 1_790_000_000_000)

    private func canaries(_ settings: CanarySettings...) -> [Canary] {
        Canary.all(
            of: Settings(
                credentials: [],
                bots: [
                    BotSettings(name: "banking", id: "st-1", credential: "", languages: ["en", "de"]),
                    BotSettings(name: "travel", id: "st-2", credential: ""),
                ],
                canaries: settings
            )
        )
    }

    @Test("an export is one for a bot, a training one for each language; of several alike the first counts")
    func all() {
        let found = canaries(
            CanarySettings(bots: [NamePattern("bank*")]),
            CanarySettings(bots: [NamePattern("*")], interval: .seconds(60)),
            CanarySettings(action: .trainFAQ, bots: [NamePattern("banking")])
        )
        #expect(found.map(\.key.action) == ["canary_export", "canary_export", "canary_train_faq", "canary_train_faq"])
        #expect(found.map(\.key.bot) == ["banking", "travel", "banking", "banking"])
        #expect(found.map(\.interval) == [.seconds(86_400), .seconds(60), .seconds(86_400), .seconds(86_400)])
        #expect(found.last?.order == .train(.faq, language: "de"))
        #expect(canaries(CanarySettings(bots: [NamePattern("nobody")])).isEmpty)
    }

    @Test("it is due at once, then at its interval, and no more often than allowed in a day")
    func rest() throws {
        let canary = try #require(
            canaries(CanarySettings(bots: [NamePattern("travel")], interval: .seconds(3600), maxPerDay: 2)).first
        )
        var ledger = ActionLedger()
        #expect(canary.holdReason(by: ledger, now: start) == nil)
        ledger.note(canary.key, at: start)
        #expect(canary.holdReason(by: ledger, now: start.adding(.seconds(3599))) == .notDue)
        #expect(canary.holdReason(by: ledger, now: start.adding(.seconds(3600))) == nil)
        ledger.note(canary.key, at: start.adding(.seconds(3600)))
        #expect(canary.holdReason(by: ledger, now: start.adding(.seconds(7200))) == .limitReached)
        #expect(canary.holdReason(by: ledger, now: start.adding(.seconds(86_400))) == nil)
        // A clock that was set back far is no reason to wait for it.
        #expect(canary.holdReason(by: ledger, now: start.adding(.seconds(-90_000))) == .limitReached)
    }
}
