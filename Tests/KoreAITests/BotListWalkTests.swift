import Testing

@testable import KoreAI

/// The walk through the list's pages, against platforms that differ in what they make of `offset`.
struct BotListWalkTests {
    /// A platform that answers from a list in memory.
    private struct Platform {
        var ids: [Int]
        var countsPages = false
        var pageSize = 50
        var tellsTotal = true
        var tellsMore = true
        var alwaysMore = false
        /// By the number of the request, from 0: happens before it is answered.
        var changes: [Int: (inout [Int]) -> Void] = [:]
        /// The numbers of requests that are answered with an empty page.
        var empty: Set<Int> = []
        private(set) var asked: [String] = []

        init(_ ids: some Sequence<Int>, _ change: (inout Platform) -> Void = { _ in }) {
            self.ids = Array(ids)
            change(&self)
        }

        mutating func page(offset: Int, limit: Int) -> BotPage {
            changes[asked.count]?(&ids)
            let size = min(limit, pageSize)
            let start = min(ids.count, countsPages ? offset * size : offset)
            let shown = empty.contains(asked.count) ? [] : ids[start...].prefix(size)
            asked.append("\(offset)/\(limit)")
            return BotPage(
                total: tellsTotal ? ids.count : nil,
                availableMore: tellsMore ? alwaysMore || start + shown.count < ids.count : nil,
                bots: shown.map { BotPage.Bot(id: "st-\($0)", name: "b") }
            )
        }

        mutating func walk() -> BotList {
            var walk = BotListWalk()
            while walk.took(page(offset: walk.offset, limit: walk.limit)) {}
            return walk.list
        }
    }

    private func ids(_ list: BotList) -> [Int] { list.bots.compactMap { Int($0.id.dropFirst(3)) } }

    @Test("Where positions are counted each page is asked for once")
    func positions() {
        var platform = Platform(0..<169)
        let list = platform.walk()
        #expect(ids(list) == Array(0..<169))
        #expect(list.isWhole && list.total == 169)
        #expect(platform.asked == ["0/50", "50/50", "100/50", "150/50"])
    }

    @Test("Where pages are counted the first position beyond gives none, and pages are asked for instead")
    func pages() {
        var platform = Platform(0..<169) { $0.countsPages = true }
        let list = platform.walk()
        #expect(ids(list) == Array(0..<169))
        #expect(list.isWhole)
        #expect(platform.asked == ["0/50", "50/50", "1/50", "2/50", "3/50"])
    }

    @Test(
        "No reading of offset, no smaller page and no missing word loses or doubles a bot",
        arguments: [0, 1, 19, 20, 21, 49, 50, 51, 100, 169, 2600],
        [50, 20, 7]
    )
    func readings(count: Int, pageSize: Int) {
        for (countsPages, tellsTotal, tellsMore) in [
            (false, true, true), (true, true, true), (false, true, false), (true, true, false), (false, false, true),
            (true, false, true),
        ] {
            var platform = Platform(0..<count) {
                ($0.countsPages, $0.pageSize, $0.tellsTotal, $0.tellsMore) = (
                    countsPages, pageSize, tellsTotal, tellsMore
                )
            }
            let list = platform.walk()
            let isAll = ids(list).sorted() == Array(0..<count)
            #expect(isAll, "\(countsPages) \(tellsTotal) \(tellsMore)")
            #expect(list.isWhole)
            #expect(platform.asked.count <= count / pageSize * 2 + 4)
        }
    }

    @Test("Where the platform tells neither, full pages are followed until one is empty", arguments: [false, true])
    func silent(countsPages: Bool) {
        var platform = Platform(0..<150) { ($0.tellsTotal, $0.tellsMore, $0.countsPages) = (false, false, countsPages) }
        #expect(ids(platform.walk()) == Array(0..<150))
        var short = Platform(0..<7) { ($0.tellsTotal, $0.tellsMore) = (false, false) }
        #expect(short.walk() == BotList((0..<7).map { BotPage.Bot(id: "st-\($0)", name: "b") }))
        #expect(short.asked == ["0/50"])
    }

    @Test("A second page that is empty once makes a list that is not whole, and keeps what came")
    func emptyOnce() {
        var platform = Platform(0..<169) { $0.empty = [1] }
        let list = platform.walk()
        #expect(list.gap == "51 of 169 bots came, in 3 requests")
        #expect(ids(list) == Array(0...50))
        // Page 1 as positions are counted: it showed that they are.
        #expect(platform.asked == ["0/50", "50/50", "1/50"])
        var other = Platform(0..<169) { ($0.empty, $0.countsPages) = ([3], true) }
        #expect(other.walk().gap == "100 of 169 bots came, in 4 requests")
        var first = Platform(0..<169) { $0.empty = [0] }
        #expect(first.walk().gap == "0 of 169 bots came, in 1 request")
        #expect(first.asked == ["0/50"])
    }

    @Test(
        "A bot that is made meanwhile moves another one onto two pages: each is there once, and the list is not whole"
    )
    func madeMeanwhile() {
        var platform = Platform(0..<120) { $0.changes = [1: { $0.insert(999, at: 0) }] }
        let list = platform.walk()
        #expect(ids(list).sorted() == Array(0..<120))
        #expect(list.gap?.hasPrefix("120 of 121 bots came") == true)
        #expect(Set(list.bots.map(\.id)).count == list.bots.count)
        var atEnd = Platform(0..<120) { $0.changes = [1: { $0.append(999) }] }
        #expect(atEnd.walk().isWhole)
    }

    @Test("A bot that is deleted meanwhile moves another one past a page's border: the list is not whole")
    func deletedMeanwhile() {
        var platform = Platform(0..<120) { $0.changes = [2: { $0.removeFirst() }] }
        let list = platform.walk()
        #expect(!ids(list).contains(100))
        #expect(!list.isWhole)
    }

    @Test("A platform that says for ever that it has more is left alone, and the list is not whole")
    func alwaysMore() {
        for (tellsTotal, countsPages) in [(true, false), (true, true), (false, false), (false, true)] {
            var platform = Platform(0..<120) {
                ($0.alwaysMore, $0.tellsTotal, $0.countsPages) = (true, tellsTotal, countsPages)
            }
            let list = platform.walk()
            #expect(ids(list).sorted() == Array(0..<120))
            #expect(list.gap?.contains("the platform has more by what it says") == true)
            #expect(platform.asked.count <= 6)
        }
    }

    @Test("A platform that never runs out of bots is left alone after ten thousand")
    func bound() {
        var walk = BotListWalk()
        var requests = 1
        while walk.took(
            BotPage(
                availableMore: true,
                bots: (walk.offset..<walk.offset + 50).map { BotPage.Bot(id: "st-\($0)", name: "b") }
            )
        ) { requests += 1 }
        #expect(walk.list.bots.count == 10_000)
        #expect(!walk.list.isWhole)
        #expect(requests == 200)
    }

    @Test("A platform that gives the bots one by one is left alone after five hundred pages")
    func onePerPage() {
        var platform = Platform(0..<1000) { $0.pageSize = 1 }
        #expect(platform.walk().bots.count == 500)
        #expect(platform.asked.count == 500)
    }

    @Test("A platform that gives the same page whatever is asked is asked three times")
    func same() {
        var walk = BotListWalk()
        var requests = 1
        let page = BotPage(
            total: 1000,
            availableMore: true,
            bots: (0..<50).map { BotPage.Bot(id: "st-\($0)", name: "b") }
        )
        while walk.took(page) { requests += 1 }
        #expect(requests == 3)
        #expect(walk.list.gap == "50 of 1000 bots came, in 3 requests")
    }

    @Test("Entries without an id count: a list is whole without them")
    func nameless() {
        var walk = BotListWalk()
        let goesOn = walk.took(
            BotPage(total: 3, availableMore: false, bots: [BotPage.Bot(id: "st-1", name: "a")], nameless: 2)
        )
        #expect(!goesOn)
        #expect(walk.list.isWhole)
    }
}
