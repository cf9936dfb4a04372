import Model
import Testing

@testable import KoreAI

struct MLExportReplyTests {
    @Test("The status page's reply has no link and times that contradict each other")
    func succeeded() throws {
        let reply = try decode(Samples.exportSucceeded, as: MLExportReply.self)
        #expect(
            reply.value
                == MLExportReply(
                    status: .success,
                    id: "dx-aaxxxxxx-bxxe-5xxc-bxxf-31xxxxxxxxxx",
                    percentComplete: 100,
                    createdOn: Timestamp(milliseconds: 1_561_618_155_572),
                    lastModified: Timestamp(milliseconds: 1_561_618_155_726),
                    requestedTime: Timestamp(milliseconds: 1_690_298_616_912),
                    fileType: "CSV"
                )
        )
        #expect(reply.unrecognized.isEmpty)
    }

    @Test("The start page's reply was last modified before it was created")
    func started() throws {
        let reply = try decode(Samples.exportStarted, as: MLExportReply.self)
        #expect(
            reply.value
                == MLExportReply(
                    status: .inProgress,
                    id: "ds-db32ec69-7f80-5873-890a-576fe585965f",
                    percentComplete: 0,
                    createdOn: Timestamp(milliseconds: 1_690_377_304_983),
                    lastModified: Timestamp(milliseconds: 1_690_377_304_000),
                    requestedTime: Timestamp(milliseconds: 1_690_377_304_984),
                    fileType: "CSV"
                )
        )
        #expect(reply.unrecognized.isEmpty)
    }

    @Test(
        "A download link is a secret, in the spelling of a sibling call too",
        arguments: ["downloadUrl", "downloadURL"]
    )
    func downloadURL(key: String) throws {
        let link = "https://files.example/x?sig=1"
        let reply = try decode(#"{"status":"SUCCESS","\#(key)":"\#(link)"}"#, as: MLExportReply.self)
        #expect(reply.value.downloadURL == Secret(link))
        #expect(!String(describing: reply).contains("files.example"))
    }

    @Test("A download link of another type is reported without its value")
    func downloadURLNonsense() throws {
        let reply = try decode(#"{"status":"SUCCESS","downloadUrl":12345}"#, as: MLExportReply.self)
        #expect(reply.value.downloadURL == nil)
        #expect(
            reply.unrecognized == [UnrecognizedValue(field: "downloadUrl", found: "a value that is not a text")]
        )
    }

    @Test(
        "A percentage is understood in every plain form",
        arguments: [("0", 0), ("100", 100), ("42.5", 42.5), (#""85""#, 85), (#"" 85% ""#, 85), ("1e2", 100)]
    )
    func percentageForms(text: String, percentage: Double) throws {
        let reply = try decode(#"{"percentageComplete":\#(text)}"#, as: MLExportReply.self)
        #expect(reply.value.percentComplete == percentage)
        #expect(reply.unrecognized.isEmpty)
    }

    @Test(
        "A percentage outside 0 to 100 is reported and has no value",
        arguments: [
            "-1", "-0.001", "100.001", "1e999", "NaN", "Infinity", #""nan""#, #""half""#, "true", "[]", #""%""#,
        ]
    )
    func percentageNonsense(text: String) throws {
        let reply = try decode(#"{"status":"IN_PROGRESS","percentageComplete":\#(text)}"#, as: MLExportReply.self)
        #expect(reply.value == MLExportReply(status: .inProgress))
        #expect(reply.unrecognized.map(\.field) == ["percentageComplete"])
    }
}
