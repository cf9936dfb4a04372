import Testing

@testable import KoreAI

struct BotListWalkTests {
    private func page(_ ids: Range<Int>, total: Int? = nil, more: Bool) -> BotPage {
        BotPage(total: total, availableMore: more, bots: ids.map { BotPage.Bot(id: "st-\($0)", name: "b") })
    }

    @Test("Pages are asked for until there are no more")
    func allPages() {
        var walk = BotListWalk()
        #expect(walk.offset == 0)
        var goesOn = walk.took(page(0..<50, total: 120, more: true))
        #expect(goesOn)
        #expect(walk.offset == 50)
        goesOn = walk.took(page(50..<100, total: 120, more: true))
        #expect(goesOn)
        goesOn = walk.took(page(100..<120, total: 120, more: false))
        #expect(!goesOn)
        #expect(walk.bots.map(\.id) == (0..<120).map { "st-\($0)" })
    }

    @Test("The total counts where availableMore does not say so")
    func byTotal() {
        var walk = BotListWalk()
        let goesOn = walk.took(page(0..<50, total: 51, more: false))
        #expect(goesOn)
    }

    @Test("A page without a new bot ends the walk", arguments: [0..<0, 0..<50, 10..<20])
    func noProgress(ids: Range<Int>) {
        var walk = BotListWalk()
        _ = walk.took(page(0..<50, total: 1000, more: true))
        let goesOn = walk.took(page(ids, total: 1000, more: true))
        #expect(!goesOn)
        #expect(walk.bots.count == 50)
    }

    @Test("Ten thousand bots are enough")
    func bound() {
        var walk = BotListWalk()
        var pages = 1
        while walk.took(page(walk.offset..<walk.offset + 53, more: true)) { pages += 1 }
        #expect(walk.bots.count == 10_000)
        #expect(pages == 200)
    }
}
