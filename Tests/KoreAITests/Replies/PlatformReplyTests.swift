import Model
import TestSupport
import Testing

@testable import KoreAI

struct PlatformReplyTests {
    @Test(
        "An object with none of the known fields says nothing",
        arguments: [#"{"x":1}"#, #"{"x":{}}"#, #"{"trainingStatus":null}"#, #"{"errors":[{"msg":"no","code":1}]}"#]
    )
    func noKnownField(text: String) {
        #expect(throws: MalformedReply.noKnownField) { try decode(text, as: MLTrainingReply.self) }
    }

    @Test(
        "An empty object is a bot for which the call never ran: nothing is known, and nothing is wrong",
        arguments: ["{}", " {\n} "]
    )
    func emptyObject(text: String) throws {
        #expect(try decode(text, as: MLTrainingReply.self).value == MLTrainingReply(status: .unknown))
        #expect(try decode(text, as: FAQTrainingReply.self).value == FAQTrainingReply(status: .unknown))
        #expect(try decode(text, as: MLExportReply.self).value == MLExportReply(status: .unknown))
        #expect(try decode(text, as: MLExportReply.self).unrecognized == [])
        #expect(throws: MalformedReply.noKnownField) { try decode(text, as: StartedTraining.self) }
        #expect(throws: MalformedReply.noKnownField) { try decode(text, as: BotPage.self) }
    }

    @Test("JSON that is no object says nothing", arguments: ["[]", #""Finished""#, "3", "null", "[{}]", "true"])
    func notAnObject(text: String) {
        #expect(throws: MalformedReply.notAnObject) { try decode(text, as: MLTrainingReply.self) }
    }

    @Test(
        "What is not JSON, or not to its end, says nothing",
        arguments: [
            ("", 0), ("<html></html>", 0), (#"{"trainingStatus":"Finished""#, 28), (#"{"trainingStatus":"Fin"#, 22),
            (#"{"trainingStatus":"Finished"} x"#, 30), (#"{"trainingStatus" "Finished"}"#, 18), ("{", 1),
            (#"{"a":}"#, 5), (#"{"a":1,}"#, 7), (#"{,"a":1}"#, 1), (#"{"a":1 "b":2}"#, 7),
        ]
    )
    func notJSON(text: String, offset: Int) {
        let error = #expect(throws: MalformedReply.self) { try decode(text, as: MLTrainingReply.self) }
        guard case .notJSON(let syntax) = error else {
            Issue.record("expected notJSON, not \(String(describing: error))")
            return
        }
        #expect(syntax.offset == offset)
    }

    @Test("Every cut of a sample is refused, and none of them traps")
    func truncated() {
        let samples = [Samples.mlFinished, Samples.mlStarted, Samples.exportSucceeded, Samples.bots]
        for bytes in samples.map({ Array($0.utf8) }) {
            for length in 0..<bytes.count {
                let cut = Array(bytes[..<length])
                #expect(throws: MalformedReply.self) { try MLTrainingReply.decode(cut) }
                #expect(throws: MalformedReply.self) { try MLExportReply.decode(cut) }
                #expect(throws: MalformedReply.self) { try StartedTraining.decode(cut) }
                #expect(throws: MalformedReply.self) { try BotPage.decode(cut) }
            }
        }
    }

    @Test("A byte changed anywhere never traps", arguments: [1, 2, 3, 4] as [UInt64])
    func damaged(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for sample in [Samples.mlFinished, Samples.mlStarted, Samples.exportSucceeded, Samples.bots] {
            for _ in 0..<500 {
                var bytes = Array(sample.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                _ = try? MLTrainingReply.decode(bytes)
                _ = try? MLExportReply.decode(bytes)
                _ = try? FAQTrainingReply.decode(bytes)
                _ = try? StartedTraining.decode(bytes)
                _ = try? BotPage.decode(bytes)
                _ = PlatformError(body: bytes)
            }
        }
    }

    @Test("A million brackets neither trap nor fail a reply that says something")
    func deeplyNested() throws {
        let depth = 500_000
        let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let reply = try decode(#"{"trainingStatus":"Finished","extra":\#(deep)}"#, as: MLTrainingReply.self)
        #expect(reply.value.status == .finished)
        let errors = String(repeating: #"{"error":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        #expect(PlatformError(body: Array(errors.utf8)) == nil)
    }
}
