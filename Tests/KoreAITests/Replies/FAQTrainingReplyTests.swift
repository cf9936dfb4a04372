import Model
import Testing

@testable import KoreAI

struct FAQTrainingReplyTests {
    @Test(
        "The page's replies",
        arguments: [
            (Samples.faqSucceeded, TrainingStatus.finished), (Samples.faqInProgress, .inProgress),
            (Samples.faqFailed, .failed),
        ]
    )
    func samples(sample: String, status: TrainingStatus) throws {
        let reply = try decode(sample, as: FAQTrainingReply.self)
        #expect(
            reply.value
                == FAQTrainingReply(
                    status: status,
                    id: "5dxxxxxxxxxxxxxxxxxxxxxx",
                    modifiedOn: Timestamp(milliseconds: 1_561_637_250_898)
                )
        )
        #expect(reply.unrecognized.isEmpty)
    }

    @Test("The reply to the start of a training has the same form")
    func started() throws {
        let reply = try decode(Samples.faqStarted, as: FAQTrainingReply.self)
        #expect(
            reply.value
                == FAQTrainingReply(
                    status: .inProgress,
                    id: "ds-0001",
                    modifiedOn: Timestamp(milliseconds: 1_561_637_250_898)
                )
        )
        #expect(reply.unrecognized.isEmpty)
    }

    @Test("What is mistyped is taken for what it plainly means, or reported")
    func mistyped() throws {
        let reply = try decode(
            #"{"_id":42,"status":["success"],"modifiedOn":"yesterday","message":7}"#,
            as: FAQTrainingReply.self
        )
        #expect(reply.value == FAQTrainingReply(status: .unknown, id: "42"))
        #expect(
            reply.unrecognized == [
                UnrecognizedValue(field: "status", found: "an array"),
                UnrecognizedValue(field: "modifiedOn", found: "yesterday"),
            ]
        )
    }

    @Test("A status Error beside an id is a training that failed; alone it is an error of the call")
    func errorStatusOfARun() throws {
        let reply = try decode(#"{"_id":"5d","status":"Error","message":"Error"}"#, as: FAQTrainingReply.self)
        #expect(reply.value == FAQTrainingReply(status: .failed, id: "5d"))
        #expect(reply.unrecognized.isEmpty)
        #expect(throws: MalformedReply.noKnownField) {
            try decode(#"{"status":"Error","message":"no"}"#, as: FAQTrainingReply.self)
        }
    }
}
