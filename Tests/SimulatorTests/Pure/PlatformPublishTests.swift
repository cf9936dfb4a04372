import Testing

@testable import Simulator

@Suite("Publishes on the platform")
struct PlatformPublishTests {
    private let published = ["language": "en", "state": "published"]

    private func bot(
        _ publish: Scenario.Publish = Scenario.Publish(),
        states: [Platform.State] = Platform.State.allCases,
        drifting components: [SyncComponent] = []
    ) -> Scenario.Bot {
        Scenario.Bot(
            id: "st-1",
            name: "banking",
            states: states,
            onTrain: Scenario.Training(queued: .fixed(.seconds(2)), takes: .fixed(.seconds(20))),
            onPublish: publish,
            timeline: components.isEmpty
                ? [] : [Scenario.Step(at: .zero, .drift(Scenario.Drift(components: components)))]
        )
    }

    private func takes(_ seconds: Int) -> Scenario.Takes { .fixed(.seconds(seconds)) }

    private func publish(_ asker: PlatformAsker, at second: Double, _ body: String = #"{"versionComment":"x"}"#)
        -> String
    {
        String(decoding: asker.ask(.publish, at: second, body: body).body, as: UTF8.self)
    }

    @Test("A publish makes progress part by part and ends like the documented sample")
    func endsLikeTheSample() {
        let asker = PlatformAsker(bot(Scenario.Publish(queued: takes(2), takes: takes(8))))
        _ = publish(asker, at: 10)
        #expect(asker.member("status", of: .publishStatus, at: 11) == "inprogress")
        #expect(asker.member("initiatedOn", of: .publishStatus, at: 11) == nil)
        #expect(asker.member("percentageComplete", of: .publishStatus, at: 16) == "50")
        let halfway = asker.text(.publishStatus, at: 16)
        #expect(halfway.matches(of: /"status":"SUCCESS"/).count == 2)
        let reply = asker.text(.publishStatus, at: 30).replacing(/ds-[-0-9a-f]{36}/) { _ in "ds-…" }
        #expect(
            reply == """
                {"_id":"ds-…","action":"RUN","jobType":"PUBLISH_BOT","streamId":"st-1","percentageComplete":100,\
                "requestedTime":"2023-07-26T13:15:14.983Z","status":"successful",\
                "lastModifiedOn":"2023-07-26T13:15:24.983Z","initiatedOn":"2023-07-26T13:15:16.983Z",\
                "statusSummary":[\
                {"resourceId":"SETTINGS","resourceType":"SETTINGS","name":"Settings","status":"SUCCESS"},\
                {"resourceId":"CHANNELS","resourceType":"CHANNELS","name":"Channels","status":"SUCCESS"},\
                {"resourceId":"NL","resourceType":"NL","name":"Natural Language","status":"SUCCESS"},\
                {"resourceId":"AUTOVERSIONING","resourceType":"AUTOVERSIONING","name":"Creating New Version",\
                "status":"SUCCESS"}]}
                """
        )
        let ended = asker.platform.events.last { $0.kind == .publishEnded }
        #expect(ended?.outcome == "success")
        #expect(ended?.duration == .seconds(8))
    }

    @Test("The reply to a start is a list of parts, in the dialog's of which an approval is told")
    func startsLikeTheSample() {
        var reply = publish(PlatformAsker(bot()), at: 0)
        #expect(
            reply.replacing(/dg-[-0-9a-f]{36}/) { _ in "dg-…" }.hasPrefix(
                """
                [{"resourceType":"dialog","resourceId":"dg-…","sbResourceId":"dg-…","status":"SUCCESS",\
                "result":{"state":"published","versionComment":"x","publishedOn":"2023-07-26T13:15:04.983Z",\
                "name":"banking"}},{"resourceType":"CHANNELS",
                """
            )
        )
        #expect(reply.contains(#""resourceType":"EXTENSIONS""#))
        reply = publish(PlatformAsker(bot(Scenario.Publish(needsApproval: true))), at: 0)
        #expect(reply.contains(#""result":{"state":"awaitingApproval","approvalRequestedLanguages":["en"],"#))
    }

    @Test("A publish trains the published version unless it is told not to")
    func trains() {
        for (body, trains) in [
            (#"{"versionComment":"x"}"#, true), (#"{"versionComment":"x","initiateTraining":true}"#, true),
            (#"{"versionComment":"x","initiateTraining":false}"#, false),
        ] {
            let asker = PlatformAsker(bot(Scenario.Publish(takes: takes(10)), drifting: ["traits"]))
            _ = publish(asker, at: 0, body)
            func flag(_ second: Double) -> String? {
                asker.member("isMlInSyncWithTraits", of: .mlTrainStatus, at: second, query: published)
            }
            func status(_ second: Double) -> String? {
                asker.member("trainingStatus", of: .mlTrainStatus, at: second, query: published)
            }
            #expect(status(9) == "Finished" && flag(9) == "true")
            #expect(status(11) == (trains ? "Waiting" : "Finished") && flag(11) == "false")
            #expect(status(13) == (trains ? "Inprogress" : "Finished"))
            #expect(status(33) == "Finished" && flag(33) == (trains ? "true" : "false"))
            // What is configured goes its own way.
            #expect(asker.member("isMlInSyncWithTraits", of: .mlTrainStatus, at: 33) == "false")
        }
    }

    @Test("A publish that leaves the model out, fails or awaits approval changes nothing of the published model")
    func leavesTheModel() {
        let plans = [
            Scenario.Publish(takes: takes(1), parts: ["SETTINGS", "CHANNELS"]),
            Scenario.Publish(takes: takes(1), outcome: .failed),
            Scenario.Publish(takes: takes(1), failsIn: ["NL"]),
            Scenario.Publish(takes: takes(1), needsApproval: true),
            Scenario.Publish(outcome: .hang),
        ]
        for plan in plans {
            let asker = PlatformAsker(bot(plan, drifting: ["traits"]))
            let before = asker.text(.mlTrainStatus, at: 0, query: published)
            _ = publish(asker, at: 0)
            #expect(asker.text(.mlTrainStatus, at: 60, query: published) == before)
        }
    }

    @Test("A publish fails in the parts that the scenario names; those after it are not told")
    func failsInAPart() {
        var asker = PlatformAsker(bot(Scenario.Publish(takes: takes(10), outcome: .failed, failsIn: ["CHANNELS"])))
        _ = publish(asker, at: 0)
        #expect(asker.member("status", of: .publishStatus, at: 10) == "failed")
        #expect(asker.member("percentageComplete", of: .publishStatus, at: 10) == "42")
        let reply = asker.text(.publishStatus, at: 10)
        #expect(reply.contains(#""name":"Channels","status":"FAILED"}]}"#))
        #expect(reply.contains(#""name":"Settings","status":"SUCCESS"}"#))
        #expect(asker.platform.events.last?.failedParts == ["CHANNELS"])

        asker = PlatformAsker(bot(Scenario.Publish(takes: takes(10), failsIn: ["AUTOVERSIONING"])))
        _ = publish(asker, at: 0)
        #expect(asker.member("status", of: .publishStatus, at: 10) == "successful")
        #expect(asker.text(.publishStatus, at: 10).hasSuffix(#""name":"Creating New Version","status":"FAILED"}]}"#))
    }

    @Test("A publish that awaits its approval is not told of, or in progress, until it is approved")
    func awaitsApproval() {
        for awaiting in Scenario.Publish.Awaiting.allCases {
            let plan = Scenario.Publish(
                takes: takes(5),
                needsApproval: true,
                approvedAfter: takes(60),
                awaiting: awaiting
            )
            let asker = PlatformAsker(bot(plan))
            let before = asker.member("_id", of: .publishStatus, at: 0)
            let first = publish(asker, at: 0)
            #expect((asker.member("_id", of: .publishStatus, at: 59) == before) == (awaiting == .last))
            #expect(
                asker.member("status", of: .publishStatus, at: 59)
                    == (awaiting == .last ? "successful" : "inprogress")
            )
            #expect(publish(asker, at: 59) == first)
            #expect(asker.member("status", of: .publishStatus, at: 61) == "inprogress")
            #expect(asker.member("_id", of: .publishStatus, at: 61) != before)
            #expect(asker.member("status", of: .publishStatus, at: 66) == "successful")
        }
    }

    @Test("A bot that was never published answers as the scenario says, and its first publish makes a version")
    func publishesFirst() {
        var unpublished = bot(Scenario.Publish(takes: takes(1)), states: [.configured])
        unpublished.neverReply = .badRequest
        let asker = PlatformAsker(unpublished)
        #expect(asker.ask(.publishStatus, at: 0).status == 400)
        #expect(asker.ask(.mlTrainStatus, at: 0, query: published).status == 412)
        #expect(asker.ask(.bots, at: 0).isListed("configured"))
        _ = publish(asker, at: 0)
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 5, query: published) == "Inprogress")
        #expect(asker.ask(.bots, at: 5).isListed("published"))
        #expect(PlatformAsker(bot()).member("status", of: .publishStatus, at: 0) == "successful")
    }

    @Test("A start without a comment is refused", arguments: ["", "{}", #"{"initiateTraining":true}"#])
    func refusesBadBodies(body: String) {
        #expect(PlatformAsker(bot()).ask(.publish, at: 0, body: body).status == 412)
    }

    @Test("Publish calls have a versioned path too, with a slash at its end or without")
    func hasTwoPaths() throws {
        for path in ["/api/public", "/api/1.1/public"] {
            let found = try #require(Platform.Endpoint.find(path: "\(path)/bot/st-1/publish/status"))
            #expect(found.endpoint == .publishStatus && found.bot == "st-1")
            #expect(Platform.Endpoint.find(path: "\(path)/bot/st-1/publish")?.endpoint == .publish)
        }
        #expect(Platform.Endpoint.find(path: "/api/1.1/public/bot/st-1/publish/status/")?.endpoint == .publishStatus)
        #expect(Platform.Endpoint.find(path: "/api/1.1/public/bot/st-1/ml/train/status") == nil)
        #expect(Platform.Endpoint.find(path: "/api/public/bot/st-1/publish/status/") == nil)
    }
}

extension Reply {
    fileprivate func isListed(_ status: String) -> Bool {
        String(decoding: body, as: UTF8.self).contains(#""name":"banking","status":"\#(status)""#)
    }
}
