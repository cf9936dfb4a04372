import KoreAI
import Model
import Testing

@testable import Polling

struct ActionLedgerTests {
    private let key = ActionLedger.Key(action: "canary_export", bot: "a")
    private let start = Timestamp(milliseconds: 1_790_000_000_000)

    @Test("starts count for a day, and the last one is remembered for ever")
    func day() {
        var ledger = ActionLedger()
        #expect(ledger.last(key) == nil)
        for hour in [0, 1, 20] { ledger.note(key, at: start.adding(.seconds(hour * 3600))) }
        #expect(ledger.count(key, now: start.adding(.seconds(23 * 3600))) == 3)
        #expect(ledger.count(key, now: start.adding(.seconds(24 * 3600))) == 2)
        #expect(ledger.count(key, now: start.adding(.seconds(90 * 3600))) == 0)
        #expect(ledger.last(key) == start.adding(.seconds(20 * 3600)))
    }

    @Test("what is stored is read back, and bytes that are something else are refused")
    func stored() throws {
        var ledger = ActionLedger()
        ledger.note(key, at: start)
        ledger.note(ActionLedger.Key(action: "canary_train_ml", bot: "b \"é\"", language: "de"), at: start)
        #expect(try ActionLedger(stored: ledger.stored) == ledger)
        #expect(throws: (any Error).self) { try ActionLedger(stored: Array("{}".utf8)) }
    }

    @Test("what was done is forgotten after a month, and occurrences when told")
    func forgotten() {
        var ledger = ActionLedger()
        ledger.note(key, at: start)
        ledger.note(occurrence: "a", at: start)
        ledger.note(occurrence: "b", at: start)
        ledger.forget(occurrence: "b")
        #expect(ledger.has("a") && !ledger.has("b"))
        ledger.forgetOld(now: start.adding(.seconds(30 * 86_400)))
        #expect(ledger.last(key) == start && ledger.has("a"))
        ledger.forgetOld(now: start.adding(.seconds(32 * 86_400)))
        #expect(ledger.last(key) == nil && !ledger.has("a"))
    }
}
