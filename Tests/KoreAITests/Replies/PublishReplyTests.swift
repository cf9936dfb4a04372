import Model
import Testing

@testable import KoreAI

struct PublishReplyTests {
    /// The documented reply, shortened.
    private static let documented = """
        {"_id":"ds-4a1b","action":"RUN","jobType":"PUBLISH_BOT","streamId":"st-a86a","percentageComplete":100,
         "requestedTime":"2022-07-29T08:04:48.731Z","status":"successful","lastModifiedOn":"2022-07-29T08:04:50.083Z",
         "initiatedOn":"2022-07-29T08:04:48.828Z",
         "statusSummary":[{"resourceId":"SETTINGS","resourceType":"SETTINGS","name":"Settings","status":"SUCCESS"},
                          {"resourceId":"CHANNELS","resourceType":"CHANNELS","name":"Channels","status":"SUCCESS"},
                          {"resourceId":"NL","resourceType":"NL","name":"Natural Language","status":"SUCCESS"},
                          {"resourceId":"AUTOVERSIONING","resourceType":"AUTOVERSIONING","name":"Creating New Version",
                           "status":"SUCCESS"}]}
        """

    @Test("The documented reply is read whole")
    func documented() throws {
        let reply = try decode(Self.documented, as: PublishReply.self)
        #expect(
            reply.value
                == PublishReply(
                    status: .success,
                    id: "ds-4a1b",
                    percentComplete: 100,
                    requestedTime: Timestamp(milliseconds: 1_659_081_888_731),
                    initiatedOn: Timestamp(milliseconds: 1_659_081_888_828),
                    lastModified: Timestamp(milliseconds: 1_659_081_890_083),
                    parts: ["autoversioning", "channels", "nl", "settings"].map {
                        PublishReply.Part(name: $0, status: .success)
                    }
                )
        )
        #expect(reply.unrecognized.isEmpty)
    }

    @Test(
        "Documented words of its status",
        arguments: [("successful", JobStatus.success), ("failed", .failed), ("inprogress", .inProgress)]
    )
    func words(text: String, status: JobStatus) throws {
        #expect(try decode("{\"status\":\"\(text)\"}", as: PublishReply.self).value.status == status)
    }

    @Test("A part that failed counts where the platform tells of several of its type, in whatever order")
    func failedPart() throws {
        let parts =
            #"[{"resourceType":"dialog","status":"SUCCESS"},{"resourceType":"dialog","status":"FAILED"},"#
            + #"{"resourceType":"dialog","status":"SUCCESS"},{"resourceType":"EXTENSIONS","status":"queer"}]"#
        let reply = try decode(#"{"status":"failed","statusSummary":"# + parts + "}", as: PublishReply.self)
        #expect(reply.value.parts == [PublishReply.Part(name: "dialog", status: .failed)])
        #expect(reply.unrecognized.map(\.found) == ["queer"])
    }

    @Test("No more than 32 parts are kept, and what is beyond is reported")
    func manyParts() throws {
        let parts = (0..<40).map { #"{"resourceType":"P\#($0)","status":"SUCCESS"}"# }.joined(separator: ",")
        let reply = try decode(#"{"status":"failed","statusSummary":["# + parts + "]}", as: PublishReply.self)
        #expect(reply.value.parts.count == 32)
        #expect(reply.unrecognized.count == 8)
    }

    @Test(
        "Parts of another form say nothing and break nothing",
        arguments: [
            #""none""#, "{}", "null", "[null,1,[]]", #"[{"resourceType":null,"status":"SUCCESS"}]"#,
            #"[{"resourceType":"a b","status":"SUCCESS"}]"#, #"[{"status":"SUCCESS"}]"#, #"[{"resourceType":"NL"}]"#,
        ]
    )
    func otherForms(parts: String) throws {
        let reply = try decode(#"{"status":"successful","statusSummary":"# + parts + "}", as: PublishReply.self)
        #expect(reply.value.status == .success)
        #expect(reply.value.parts.isEmpty)
    }

    @Test("An empty object is that of a bot that was never published")
    func never() throws {
        #expect(try decode("{}", as: PublishReply.self).value == PublishReply(status: .unknown))
    }
}

struct StartedPublishTests {
    @Test(
        "A publish that awaits an approval is told from one that runs, wherever the platform says so",
        arguments: [
            (#"[{"resourceType":"dialog","status":"SUCCESS","result":{"state":"published"}}]"#, false),
            (#"[{"resourceType":"dialog","status":"SUCCESS","result":{"state":"awaitingApproval"}}]"#, true),
            (
                #"[{"resourceType":"NL","status":"SUCCESS"},{"status":"SUCCESS","result":{"state":"awaitingApproval"}}]"#,
                true
            ),
            (#"{"status":"awaitingApproval"}"#, true), (#"{"awaitingApproval":true}"#, true),
            (#"{"awaitingApproval":false,"status":"inprogress"}"#, false), ("{}", false),
        ]
    )
    func approval(body: String, awaits: Bool) throws {
        #expect(try decode(body, as: StartedPublish.self).value.awaitsApproval == awaits)
    }

    @Test("The id is taken where there is one")
    func id() throws {
        #expect(try decode(#"[{"status":"SUCCESS"},{"_id":"ds-1"}]"#, as: StartedPublish.self).value.id == "ds-1")
    }

    @Test("A body that says that nothing was started is no publish")
    func error() {
        #expect(throws: MalformedReply.self) {
            try decode(#"{"status":"Error","message":"no channel is enabled"}"#, as: StartedPublish.self)
        }
    }
}
