import Simulator
import Testing

@Suite("A simulator on a socket")
struct SimulatorTests {
    @Test("answers the three status calls as the documentation's samples do")
    func answersStatusCalls() async throws {
        let simulator = try Simulator(scenario: .one(), clock: .manual(ManualClock()))
        let token = try await Token.sign()
        try await simulator.withRunning { baseURL in
            let ml = try await RawClient.send(
                "GET",
                "/api/public/bot/st-1/ml/train/status?language=en&state=configured",
                to: baseURL,
                headers: ["auth": token]
            )
            #expect(ml.status == 200)
            #expect(ml.body.hasPrefix(#"{"trainingStatus":"Finished","isMlInSyncWithSentences":true,"#))
            #expect(ml.body.hasSuffix(#""trainDetails":{"nlpVersion":1,"trainVersion":1}}"#))

            let faq = try await RawClient.send(
                "GET",
                "/api/public/bot/st-1/faqs/train/status?language=en",
                to: baseURL,
                headers: ["auth": token]
            )
            #expect(faq.status == 200)
            #expect(faq.body.contains(#""message":"Success","status":"success","__v":0,"modifiedOn":""#))

            try simulator.startExport("banking")
            let export = try await RawClient.send(
                "GET",
                "/api/public/bot/st-1/mlexport/status",
                to: baseURL,
                headers: ["auth": token]
            )
            #expect(export.body.contains(#""status":"IN_PROGRESS","percentageComplete":0,"streamId":"st-1""#))
        }
    }

    @Test(
        "ends connections as its faults say",
        arguments: [(Fault.close, RawClient.Answer.End.closed), (.reset, .reset)]
    )
    func endsConnections(fault: Fault, end: RawClient.Answer.End) async throws {
        let simulator = try Simulator(scenario: .one())
        let token = try await Token.sign()
        simulator.inject(fault, times: 1)
        try await simulator.withRunning { baseURL in
            let path = "/api/public/bot/st-1/mlexport/status"
            let broken = try await RawClient.send("GET", path, to: baseURL, headers: ["auth": token])
            #expect(broken.end == end)
            #expect(broken.text.isEmpty)
            let whole = try await RawClient.send("GET", path, to: baseURL, headers: ["auth": token])
            #expect(whole.status == 200)
        }
    }
}
