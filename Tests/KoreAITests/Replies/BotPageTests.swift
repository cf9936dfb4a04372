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
        #expect(reply.value == BotPage(total: 3, bots: [BotPage.Bot(id: "st-1", name: "st-1")], nameless: 2))
        #expect(reply.unrecognized.map(\.field) == ["bots", "bots"])
    }

    @Test("A list of another type is reported")
    func noList() throws {
        let reply = try decode(#"{"total":1e30,"availableMore":"false","bots":{}}"#, as: BotPage.self)
        #expect(reply.value == BotPage(availableMore: false))
        #expect(reply.unrecognized.map(\.field) == ["total", "bots"])
    }

    @Test("An empty list is a reply")
    func emptyList() throws {
        #expect(try decode(#"{"bots":[]}"#, as: BotPage.self).value == BotPage())
    }

    @Test(
        "A status tells whether a bot is published, in any letter case; none and one that is no text tell nothing",
        arguments: [
            (#""published""#, true), (#""Published""#, true), (#""PUBLISHED ""#, true), (#""configured""#, false),
            (#""un-published""#, false), (#""suspended""#, false), ("null", nil), ("1", nil), ("true", nil),
            ("{}", nil),
            (#""""#, nil),
        ] as [(String, Bool?)]
    )
    func published(status: String, isPublished: Bool?) throws {
        let reply = try decode(#"{"bots":[{"_id":"st-1","name":"a","status":\#(status)}]}"#, as: BotPage.self)
        #expect(reply.value.bots.first?.isPublished == isPublished)
        #expect(try decode(#"{"bots":[{"_id":"st-1"}]}"#, as: BotPage.self).value.bots[0].isPublished == nil)
    }
}
