import Testing

@testable import KoreAI

struct BotPageTests {
    @Test("A page of bots is decoded without the client secrets")
    func page() throws {
        let reply = try decode(Samples.bots, as: BotPage.self)
        #expect(
            reply.value
                == BotPage(
                    total: 169,
                    availableMore: true,
                    bots: [
                        BotPage.Bot(
                            id: "st-1111",
                            name: "Banking",
                            status: "published",
                            defaultLanguage: "en",
                            type: "default"
                        ),
                        BotPage.Bot(id: "st-2222", name: "Cards"),
                    ]
                )
        )
        #expect(reply.unrecognized.isEmpty)
        #expect(!String(reflecting: reply).contains("Zm9v"))
    }

    @Test("A bot without an id is reported and left out; one without a name is called by its id")
    func incomplete() throws {
        let reply = try decode(
            #"{"total":"3","bots":[{"name":"x","clientSecret":"hush"},{"_id":"st-1"},"hush"]}"#,
            as: BotPage.self
        )
        #expect(reply.value == BotPage(total: 3, bots: [BotPage.Bot(id: "st-1", name: "st-1")]))
        #expect(reply.unrecognized.map(\.field) == ["bots", "bots"])
    }

    @Test("A list of another type is reported")
    func noList() throws {
        let reply = try decode(#"{"total":1e30,"availableMore":"false","bots":{}}"#, as: BotPage.self)
        #expect(reply.value == BotPage())
        #expect(reply.unrecognized.map(\.field) == ["total", "bots"])
    }

    @Test("An empty list is a reply")
    func emptyList() throws {
        #expect(try decode(#"{"bots":[]}"#, as: BotPage.self).value == BotPage())
    }
}
