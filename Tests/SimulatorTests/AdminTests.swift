import Testing

@testable import Simulator

@Suite("The admin path")
struct AdminTests {
    @Test("steers trainings, drift, publishing and exports, and tells what happened")
    func steers() async throws {
        let fixture = try await Fixture(clock: .manual(ManualClock()))
        try await fixture.simulator.withRunning { baseURL in
            func post(_ path: String, _ body: String = "") async throws {
                let answer = try await fixture.post("/_simulator/\(path)", baseURL, body: body)
                #expect(answer.status == 200, "\(path): \(answer.body)")
            }
            try await post("bots/st-1/train", #"{"language":"de","queued":"5s","takes":"20s"}"#)
            try await post("clock", #"{"advance":"30s"}"#)
            try await post("bots/banking/train", #"{"engine":"faq"}"#)
            try await post("bots/banking/fail", #"{"engine":"faq"}"#)
            try await post("bots/banking/drift", #"{"components":["ub_training"]}"#)
            try await post("bots/banking/sync")
            try await post("bots/banking/status", #"{"status":"in_progress"}"#)
            try await post("bots/banking/finish")
            try await post("bots/banking/publish", #"{"initiate_training":false}"#)
            try await post("bots/banking/publish/finish")
            try await post("bots/banking/publish", #"{"needs_approval":true}"#)
            try await post("bots/banking/publish/approve")
            try await post("bots/banking/publish/fail", #"{"fails_in":["CHANNELS"]}"#)
            try await post("bots/banking/publish", #"{"needs_approval":true}"#)
            try await post("bots/banking/publish/reject")
            try await post("bots/banking/drop", #"{"components":["traits"]}"#)
            try await post("bots/banking/unlist")
            try await post("bot_list", #"{"offset":"pages","page_size":20,"empty_pages":1,"always_more":true}"#)
            let refused = try await fixture.post("/_simulator/bot_list", baseURL, body: #"{"page_size":51}"#)
            #expect(refused.status == 400)
            #expect(refused.body.contains("bot_list.page_size: expected 1 to 50, found 51"))
            try await post("bots/banking/list", #"{"name":"banking 2"}"#)
            try await post("bots/banking/export", #"{"file":false}"#)
            try await post("bots/banking/export/finish")
            try await post("bots/banking/export", #"{"queued":"1s"}"#)
            try await post("bots/banking/export/fail")
            try await post("bots/banking/unpublish")
            try await post("bots/banking/forget")
            let events = try await fixture.get("/_simulator/events", baseURL).body
            let kinds = events.matches(of: /"kind":"([a-z_]+)"/).map { String($0.1) }
            let training = ["training_started", "training_ended"]
            let publish = ["publish_requested", "publish_started", "publish_ended"]
            let export = ["export_requested", "export_started", "export_ended"]
            #expect(
                kinds == ["training_queued"] + training + training + ["drifted", "synced"] + training + publish
                    + publish + ["publish_requested", "publish_rejected"] + export + export
                    + ["unpublished", "forgotten"]
            )
            let later = try await fixture.get("/_simulator/events?after=24", baseURL).body
            #expect(later.hasPrefix(#"[{"at":""#))
            #expect(later.contains(#""kind":"forgotten","number":25}]"#))
        }
    }

    @Test("puts in faults and takes them out")
    func injects() async throws {
        let fixture = try await Fixture()
        try await fixture.simulator.withRunning { baseURL in
            let answer = try await fixture.post(
                "/_simulator/faults",
                baseURL,
                body: #"{"fault":{"kind":"html"},"match":{"bot":"banking","collector":"ml_export"},"times":5}"#
            )
            #expect(answer.body == "{\"id\":1}\n")
            #expect(try await fixture.get(Fixture.export, baseURL).body.hasPrefix("<!DOCTYPE"))
            #expect(try await fixture.get(Fixture.training, baseURL).body.hasPrefix("{"))
            let list = try await fixture.get("/_simulator/faults", baseURL).body
            #expect(
                list == """
                    [{"fault":"html","hits":1,"id":1,"match":{"bot":"banking","collector":"ml_export"},"remaining":4}]

                    """
            )
            let removed = try await RawClient.send("DELETE", "/_simulator/faults/1", to: baseURL)
            #expect(removed.status == 200)
            #expect(try await RawClient.send("DELETE", "/_simulator/faults/1", to: baseURL).status == 400)
            fixture.simulator.inject(.html)
            #expect(try await RawClient.send("DELETE", "/_simulator/faults", to: baseURL).status == 200)
            #expect(try await fixture.get(Fixture.export, baseURL).body == "{}")
        }
    }

    @Test("shows bots and requests, which it does not count itself among")
    func shows() async throws {
        let fixture = try await Fixture()
        try await fixture.simulator.withRunning { baseURL in
            _ = try await fixture.get(Fixture.export, baseURL)
            let requests = try await fixture.get("/_simulator/requests", baseURL).body
            #expect(requests.contains(#""by_endpoint":{"ml_export_status":1}"#))
            #expect(requests.contains(#""total":1}"#))
            #expect(try await RawClient.send("DELETE", "/_simulator/requests", to: baseURL).status == 200)
            #expect(fixture.simulator.requests().total == 0)
            let bots = try await fixture.get("/_simulator/bots", baseURL).body
            #expect(
                bots.contains(
                    #""id":"st-1","name":"banking","publish":"successful","published":true,"trainings":[{"engine":"faq","language":"de""#
                )
            )
        }
    }

    @Test(
        "tells what was wrong with a call",
        arguments: [
            ("bots/nobody/train", "", 400, "expected the id or name of a bot of the scenario, found \\\"nobody\\\""),
            ("bots/banking/train", #"{"language":"fr"}"#, 400, "expected a language and a state that banking has"),
            ("bots/banking/train", #"{"outcome":"luck"}"#, 400, "outcome: expected one of finished, failed, hang"),
            (
                "bots/banking/train", #"{"take":"1s"}"#, 400,
                "take: unknown key \\\"take\\\"; did you mean \\\"takes\\\"?"
            ),
            ("bots/banking/train", "{", 400, "the body: "),
            ("bots/banking/finish", "", 400, "expected a training of st-1 that runs, found none"),
            ("bots/banking/publish/finish", "", 400, "expected a publish of banking that runs, found none"),
            ("bots/banking/publish/approve", "", 400, "expected a publish of banking that awaits approval, found none"),
            ("bots/banking/export/finish", "", 400, "expected an export of banking that runs, found none"),
            ("clock", #"{"advance":"1s"}"#, 400, "expected a simulator with a manual clock"),
            ("certificate", #"{"present":"expired"}"#, 400, "expected a simulator with TLS"),
            ("faults", #"{"fault":{}}"#, 400, "fault: expected the key \\\"kind\\\""),
            ("bots/banking/dance", "", 404, "no such call"), ("nothing", "", 404, "no such call"),
        ]
    )
    func explains(path: String, body: String, status: Int, message: String) async throws {
        let fixture = try await Fixture()
        try await fixture.simulator.withRunning { baseURL in
            let answer = try await fixture.post("/_simulator/\(path)", baseURL, body: body)
            #expect(answer.status == status)
            #expect(answer.body.contains(message), "\(answer.body)")
        }
    }

    @Test("is not there unless it is wanted")
    func isOffByDefault() async throws {
        let fixture = try await Fixture(configuration: SimulatorConfiguration())
        try await fixture.simulator.withRunning { baseURL async throws in
            #expect(try await fixture.get("/_simulator/events", baseURL).status == 404)
            #expect(try await fixture.post("/_simulator/faults", baseURL, body: "{}").status == 404)
        }
    }

    @Test("counts who follows a redirect")
    func countsFollowers() async throws {
        let fixture = try await Fixture()
        try await fixture.simulator.withRunning { baseURL in
            _ = try await fixture.get("/_simulator/redirected", baseURL)
            #expect(fixture.simulator.requests().redirectsFollowed == 1)
        }
    }
}
