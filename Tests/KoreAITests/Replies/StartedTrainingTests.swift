import Testing

@testable import KoreAI

struct StartedTrainingTests {
    @Test(
        "The page's array, and the object in it alone",
        arguments: [
            Samples.mlStarted, #"{"message":"Training Queued.","Training_ID":"5dxxxxxxxxxxxxxxxxxxxxxx"}"#,
            #"[{"message":"Training Queued.","Training_ID":"5dxxxxxxxxxxxxxxxxxxxxxx"},{"more":[]}]"#,
        ]
    )
    func started(text: String) throws {
        let reply = try decode(text, as: StartedTraining.self)
        #expect(reply.value == StartedTraining(id: "5dxxxxxxxxxxxxxxxxxxxxxx", message: "Training Queued."))
        #expect(reply.unrecognized.isEmpty)
    }

    @Test("A message alone will do, unless it comes with an error")
    func messageAlone() throws {
        #expect(
            try decode(#"[{"message":"Training Queued."}]"#).value == StartedTraining(message: "Training Queued.")
        )
        #expect(throws: MalformedReply.noKnownField) {
            try decode(#"{"status":"Error","message":"no"}"#, as: StartedTraining.self)
        }
    }

    @Test("An empty array says nothing", arguments: ["[]", "[ ]", "[1]", "[[{}]]"])
    func empty(text: String) {
        #expect(throws: MalformedReply.notAnObject) { try decode(text, as: StartedTraining.self) }
    }
}
