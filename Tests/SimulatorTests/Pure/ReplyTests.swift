import FoundationEssentials
import Testing

@testable import Simulator

struct ReplyTests {
    @Test("Text in JSON is escaped so that any decoder reads it back")
    func escapesText() throws {
        let text = "quote \" backslash \\ newline \n nul \u{0} bell \u{7} é 🚂 \u{2028}"
        let bytes = JSON.array([.string(text), .null, -5, true]).bytes
        struct Read: Decodable {
            var text: String
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                text = try container.decode(String.self)
            }
        }
        #expect(try JSONDecoder().decode(Read.self, from: Data(bytes)).text == text)
    }

    @Test("Objects keep the order of their members")
    func keepsOrder() {
        let json: JSON = ["b": 1, "a": [:], "c": ["x"]]
        #expect(String(decoding: json.bytes, as: UTF8.self) == #"{"b":1,"a":{},"c":["x"]}"#)
    }

    @Test("Errors have the documented bodies")
    func writesErrors() {
        let reply = Reply.scopeMissing
        #expect(reply.status == 401)
        #expect(
            String(decoding: reply.body, as: UTF8.self)
                == #"{"errors":[{"msg":"Permission denied. Scope is incorrect!","code":4002}]}"#
        )
    }

    @Test("Queries are decoded, and nameless items dropped")
    func readsQueries() {
        #expect(Query.items(of: "state=configured&=&type=csv") == ["state": "configured", "type": "csv"])
        #expect(Query.items(of: "a=%C3%A9+x&b&a=2&c=%zz%4") == ["a": "é x", "b": "", "c": "%zz%4"])
        #expect(Query.items(of: "") == [:])
    }

    @Test(
        "Paths name their calls",
        arguments: [
            ("/api/public/bot/st-1/ml/train/status", Platform.Endpoint.mlTrainStatus, "st-1"),
            ("/api/public/bot/st-1/faqs/train/status", .faqTrainStatus, "st-1"),
            ("/api/public/bot/st-1/mlexport/status", .mlExportStatus, "st-1"),
            ("/api/public/bot/st-1/ml/train", .mlTrain, "st-1"),
            ("/api/public/bot/st-1/faqs/train", .faqTrain, "st-1"),
            ("/api/public/bot/st-1/mlexport", .mlExport, "st-1"),
            ("/api/public/bots", .bots, nil),
        ] as [(String, Platform.Endpoint, String?)]
    )
    func findsCalls(path: String, endpoint: Platform.Endpoint, bot: String?) throws {
        let found = try #require(Platform.Endpoint.find(path: path[...]))
        #expect(found.endpoint == endpoint)
        #expect(found.bot == bot)
    }

    @Test(
        "Other paths name none",
        arguments: [
            "/", "", "/api/public/bot/", "/api/public/bot/st-1", "/api/public/bot//mlexport", "/api/public/bots/",
            "/api/public/bot/st-1/mlexport/", "/api/public/bot/st-1/ml", "/api/v2/bot/st-1/mlexport",
        ]
    )
    func findsNoOtherCalls(path: String) {
        #expect(Platform.Endpoint.find(path: path[...]) == nil)
    }
}
