import Foundation
import KoreAI
import Model
import Settings
import Testing
import Tracking

@testable import Polling

struct AlertJudgeTests {
    private let now = Timestamp(milliseconds: 1_790_000_000_000)

    private func alert(
        _ labels: [String: String] = [:],
        fingerprint: String = "f1"
    ) -> AlertNotification.Alert {
        AlertNotification.Alert(
            status: "firing",
            labels: ["alertname": "KoreAIModelOutOfSync", "bot": "banking", "language": "en"].merging(labels) { $1 },
            startsAt: "2026-11-21T15:00:00Z",
            fingerprint: fingerprint
        )
    }

    private func judge(_ rules: [AlertActionSettings.Rule]? = nil, isDryRun: Bool = false) -> AlertJudge {
        let standard = [
            AlertActionSettings.Rule(alerts: [NamePattern("KoreAIModel*")], coolDown: .seconds(600), maxPerDay: 2)
        ]
        return AlertJudge(
            AlertActionSettings(token: Secret("x"), isDryRun: isDryRun, rules: rules ?? standard),
            bots: ["banking", "travel"]
        )
    }

    private let key = ActionLedger.Key(action: "train_ml", bot: "banking", language: "en")

    @Test("an alert that a rule names trains its bot, engine and language")
    func train() {
        #expect(judge().verdict(on: alert(), by: ActionLedger(), now: now) == .train(key, .train(.ml, language: "en")))
        let faq = alert(["engine": "faq", "language": "de", "state": "configured"])
        let faqKey = ActionLedger.Key(action: "train_faq", bot: "banking", language: "de")
        #expect(judge().verdict(on: faq, by: ActionLedger(), now: now) == .train(faqKey, .train(.faq, language: "de")))
    }

    @Test(
        "what no rule names, no training changes or nobody watches starts nothing",
        arguments: [
            (["alertname": "Other"], AlertJudge.Refusal.unmatched), (["bot": "nobody"], .unmatched),
            (["state": "published"], .notApplicable), (["engine": "nlp"], .notApplicable),
        ]
    )
    func refused(labels: [String: String], refusal: AlertJudge.Refusal) {
        guard case .refuse(refusal, _) = judge().verdict(on: alert(labels), by: ActionLedger(), now: now) else {
            Issue.record("\(refusal) was expected")
            return
        }
    }

    @Test("the same occurrence starts nothing twice, another waits for the cool-down, and a day has its limit")
    func limits() {
        var ledger = ActionLedger()
        ledger.note(key, at: now)
        ledger.note(occurrence: alert().occurrence, at: now)
        #expect(
            judge().verdict(on: alert(), by: ledger, now: now.adding(.seconds(7200)))
                == .refuse(.duplicate, action: "train_ml")
        )
        let other = alert(fingerprint: "f2")
        #expect(
            judge().verdict(on: other, by: ledger, now: now.adding(.seconds(599)))
                == .refuse(.coolDown, action: "train_ml")
        )
        #expect(
            judge().verdict(on: other, by: ledger, now: now.adding(.seconds(600)))
                != .refuse(.coolDown, action: "train_ml")
        )
        ledger.note(ActionLedger.Key(action: "train_faq", bot: "banking", language: "de"), at: now)
        #expect(
            judge().verdict(on: other, by: ledger, now: now.adding(.seconds(3600)))
                == .refuse(.limitReached, action: "train_ml")
        )
        let travel = alert(["bot": "travel"], fingerprint: "f3")
        let travelKey = ActionLedger.Key(action: "train_ml", bot: "travel", language: "en")
        #expect(judge().verdict(on: travel, by: ledger, now: now) == .train(travelKey, .train(.ml, language: "en")))
        #expect(
            judge(isDryRun: true).verdict(on: travel, by: ledger, now: now) == .refuse(.dryRun, action: "train_ml")
        )
    }

    @Test("Alertmanager's notification is read, and anything else refused")
    func notification() throws {
        let json = """
            {"version":"4","groupKey":"{}","truncatedAlerts":0,"status":"firing","receiver":"koreai","groupLabels":{},
             "commonLabels":{},"commonAnnotations":{},"externalURL":"http://am","alerts":[{"status":"firing",
             "labels":{"alertname":"A","bot":"b"},"annotations":{},"startsAt":"2026-11-21T15:00:00Z",
             "endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"abc"}]}
            """
        let read = try AlertNotification(json: Array(json.utf8))
        #expect(read.alerts.map(\.occurrence) == ["abc@2026-11-21T15:00:00Z"])
        for other in ["", "[]", "{}", json.replacing("\"4\"", with: "\"3\""), "{\"version\":\"4\"}"] {
            #expect(throws: (any Error).self) { try AlertNotification(json: Array(other.utf8)) }
        }
    }
}
