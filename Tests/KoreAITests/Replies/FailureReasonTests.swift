import Model
import Testing

@testable import KoreAI

struct FailureReasonTests {
    @Test("An FAQ message that says more than its status is the reason, and only of a failure")
    func message() throws {
        func reason(_ status: String, _ message: String) throws -> String? {
            try decode(#"{"_id":"5d","message":"\#(message)","status":"\#(status)"}"#, as: FAQTrainingReply.self)
                .value.reason
        }
        #expect(try reason("failure", "2 questions have no answer") == "2 questions have no answer")
        for same in ["failure", "Failure", "FAILED", "Error", ""] { #expect(try reason("failure", same) == nil) }
        #expect(try reason("success", "2 questions have no answer") == nil)
        #expect(try reason("in-progress", "Waiting for its turn") == nil)
    }

    private func export(_ logs: String, status: String = "FAILED", more: String = "") throws -> MLExportReply {
        try decode(#"{"_id":"ds-1","status":"\#(status)","statusLogs":\#(logs)\#(more)}"#, as: MLExportReply.self).value
    }

    @Test("The steps that failed are the reason of a failed export; where none did, the one that it came to")
    func steps() throws {
        let good = #"{"taskType":"A","taskName":"Collecting","status":"SUCCESS"}"#
        let bad = #"{"taskType":"B","taskName":"Writing the file","status":"FAILED","more":[{}]}"#
        #expect(try export("[\(good),\(bad)]").reason == "Writing the file (B): FAILED")
        #expect(try export("[\(bad),\(bad)]").reason == "Writing the file (B): FAILED; Writing the file (B): FAILED")
        #expect(try export("[\(good)]").reason == "Collecting (A): SUCCESS")
        #expect(try export(#"[{"taskName":"Zip"}]"#).reason == "Zip")
        #expect(try export(#"[{"taskType":"ZIP","status":"error"}]"#).reason == "ZIP: error")
        #expect(try export("[\(bad)]", status: "SUCCESS").reason == nil)
        #expect(try export("[\(bad)]", status: "IN_PROGRESS").reason == nil)
    }

    @Test(
        "Logs of another form explain nothing and do no harm",
        arguments: ["[]", "null", "{}", "7", #""text""#, "[7,null,[],{}]", #"[{"taskName":[],"status":{}}]"#]
    )
    func otherForms(logs: String) throws {
        let reply = try decode(#"{"status":"FAILED","statusLogs":\#(logs)}"#, as: MLExportReply.self)
        #expect(reply.value == MLExportReply(status: .failed))
        #expect(reply.unrecognized.isEmpty)
    }

    @Test("A reason is one short line, for terminals and pages, without links and tokens")
    func isSane() throws {
        let evil = "a\u{1B}[31m\u{202E}b\r\nc\u{0}d"
        #expect(FailureReason.shown(evil) == "a [31mb c d")
        #expect(try #require(FailureReason.shown(String(repeating: "ab ", count: 500))).count == 200)
        for link in [
            "https://files.example/x?sig=1", "see:https:\\/\\/files.example", "www.files.example",
            "/bots/files/0123456789abcdef01234567.csv", "files/x.csv?sig=1",
        ] {
            #expect(FailureReason.shown("see \(link) now") == "see <redacted> now")
        }
        #expect(FailureReason.shown("needs a read/write volume") == "needs a read/write volume")
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
        #expect(FailureReason.shown("got \(token)") == "got <redacted>")
        let link = "opaque-link-of-the-file"
        let reply = try export(
            #"[{"taskName":"wrote \#(link)","status":"FAILED"}]"#,
            more: #","downloadURL":"\#(link)""#
        )
        #expect(reply.reason == "wrote <redacted>: FAILED")
        #expect(FailureReason.shown(" \u{200B} ") == nil)
    }

    @Test("An id is shown as it stands, unless it may be something else")
    func ids() {
        for id in ["5d1111111111111111111111", "ds-db32ec69-7f80-5873-890a-576fe585965f", "ds-0001"] {
            #expect(RunID.shown(id) == id)
        }
        for other in [
            nil, "", "a b", "https://files.example/x", "a/b", "<b>", "\u{202E}", String(repeating: "a", count: 65),
            "eyJhbGciOiJIUzI1NiJ9", "iQ1jJ5M6sm1GQ7hcXYZ0123456789abc",
        ] {
            #expect(RunID.shown(other) == nil)
        }
    }
}
