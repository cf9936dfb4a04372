import KoreAI
import Settings
import Testing
import Tracking

@testable import Polling

/// What is followed, as lists come and the configuration changes.
struct DiscoveriesTests {
    private typealias Fixtures = DiscoveryFixtures

    private func bot(_ id: String, _ name: String, status: String? = nil, language: String? = "de") -> BotPage.Bot {
        Fixtures.bot(id, name, status: status, language: language)
    }

    private func discoveries(
        bots: [BotSettings] = [],
        _ change: (inout DiscoverySettings) -> Void = { _ in }
    ) -> Discoveries {
        Discoveries(Fixtures.settings([Fixtures.discovery("account", change)], bots: bots))
    }

    @Test("what is listed and wanted is watched in its default language, beside what is configured")
    func found() {
        var found = discoveries(bots: [Fixtures.configured("mine", "st-1")]) { $0.exclude = [NamePattern("*test")] }
        let news = found.see(
            bot("st-2", "travel"),
            bot("st-1", "banking"),
            bot("st-3", "a test"),
            bot("st-4", "x", language: nil)
        )
        #expect(news?.found == ["banking", "travel", "x"])
        #expect(news?.retired == [])
        #expect(found.followed.bots.map(\.name) == ["mine", "travel", "x"])
        #expect(found.followed.bots.map(\.id) == ["st-1", "st-2", "st-4"])
        #expect(found.followed.bots.map(\.languages) == [["en"], ["de"], ["en"]])
        #expect(found.followed.bots.last?.credential == "main")
        found.configure(Fixtures.settings(bots: [Fixtures.configured("mine", "st-1", at: "http://other")]))
        #expect(found.followed.bots.count == 5)
    }

    @Test("one that is missing is watched on for the grace period, and again when it comes back")
    func retired() {
        var found = discoveries { $0.gracePeriod = .seconds(100) }
        let (one, two) = (bot("st-1", "one"), bot("st-2", "two"))
        _ = found.see(one, two)
        #expect(found.see(one, at: 99)?.retired == [])
        #expect(found.followed.bots.count == 2)
        #expect(found.see(one, two, at: 150)?.found == [])
        _ = found.see(one, at: 200)
        #expect(found.see(one, at: 250)?.retired == ["two"])
        #expect(found.names == ["st-1": "one"])
        #expect(found.see(one, two, at: 300)?.found == ["two"])
    }

    @Test("a list that is not whole retires nobody, and shows what is new")
    func notWhole() {
        var found = discoveries { $0.gracePeriod = .zero }
        _ = found.see(bot("st-1", "one"), bot("st-2", "two"))
        let success = found.discovered.first?.lastSuccess
        let news = found.see(bot("st-1", "one"), bot("st-3", "three"), at: 100, gap: "2 of 3 bots came")
        #expect(news == DiscoveredBots.News(found: ["three"], retired: []))
        #expect(found.names == ["st-1": "one", "st-2": "two", "st-3": "three"])
        #expect(found.discovered.first?.lastSuccess == success)
        #expect(found.see(bot("st-1", "one"), bot("st-3", "three"), at: 130)?.retired == ["two"])
        #expect(found.discovered.first?.lastSuccess == Fixtures.moment(130).wall)
    }

    @Test("one that is renamed out of the patterns goes at once; other patterns count at once, too")
    func renamed() {
        var found = discoveries { $0.include = [NamePattern("a*")] }
        _ = found.see(bot("st-1", "a1"), bot("st-2", "a2"))
        #expect(found.see(bot("st-1", "b1"), bot("st-2", "a2"), at: 1)?.retired == ["a1"])
        found.configure(Fixtures.settings([Fixtures.discovery { $0.include = [NamePattern("b*")] }]))
        #expect(Array(found.names.keys) == ["st-1"])
        #expect(found.discovered.map(\.count) == [1])
    }

    @Test("a discovery of another platform by the same name begins anew")
    func moved() {
        var found = discoveries()
        _ = found.see(bot("st-1", "one"))
        found.configure(Fixtures.settings([Fixtures.discovery { $0.watch.baseURL += ":443/" }]))
        #expect(found.names.count == 1)
        found.configure(Fixtures.settings([Fixtures.discovery { $0.watch.baseURL = "https://eu.kore.ai" }]))
        #expect(found.followed.bots == [])
        found.configure(Fixtures.settings([]))
        #expect(found.see(bot("st-1", "one")) == nil)
    }

    @Test("a discovery that gets a name goes on with what its list told before")
    func named() {
        var found = discoveries()
        _ = found.see(bot("st-2", "same"))
        _ = found.see(bot("st-1", "same"), bot("st-2", "same"), at: 1)
        let names = found.names
        found.configure(Fixtures.settings([Fixtures.discovery("production")]))
        #expect(found.names == names)
        found.configure(Fixtures.settings([Fixtures.discovery("new"), Fixtures.discovery("production")]))
        #expect(found.discovered.map(\.count) == [0, 2])
        found.configure(Fixtures.settings([Fixtures.discovery("other") { $0.listCredential = "second" }]))
        #expect(found.discovered.map(\.count) == [0])
    }

    @Test("whether a bot is published is told of what is found and of what is configured, by the latest word of a list")
    func published() {
        var found = discoveries(bots: [
            Fixtures.configured("mine", "st-1", at: "https://Platform.kore.ai:443"),
            Fixtures.configured("unlisted", "st-9"), Fixtures.configured("elsewhere", "st-1", at: "https://eu.kore.ai"),
        ]) { $0.exclude = [NamePattern("st 1")] }
        func published() -> [Bool?] { found.followed.bots.map(\.isPublished) }
        #expect(published() == [nil, nil, nil])
        _ = found.see(
            bot("st-1", "st 1", status: "configured"),
            bot("st-2", "b", status: "Published"),
            bot("st-3", "c")
        )
        #expect(published() == [false, nil, nil, true, nil])
        // No status says nothing new.
        _ = found.see(bot("st-1", "st 1"), bot("st-2", "b", status: "suspended"), bot("st-3", "c"), at: 1)
        #expect(published() == [false, nil, nil, false, nil])
        _ = found.see(bot("st-1", "st 1", status: "PUBLISHED"), at: 2, gap: "1 of 3 bots came")
        #expect(published() == [true, nil, nil, false, nil])
        // Nothing else of them changes.
        for (bot, plain) in zip(found.followed.bots, found.settings.bots) {
            var bot = bot
            bot.isPublished = nil
            #expect(bot == plain)
        }
    }

    @Test("of two discoveries that tell of a bot the latest list counts, and the first watches it")
    func several() {
        var found = Discoveries(
            Fixtures.settings([Fixtures.discovery(), Fixtures.discovery("other") { $0.watch.credential = "second" }])
        )
        _ = found.see(bot("st-1", "a", status: "published"), at: 10)
        _ = found.see(BotList([bot("st-1", "a", status: "configured")]), of: "other", now: Fixtures.moment(20))
        #expect(found.followed.bots.map(\.credential) == ["main"])
        #expect(found.followed.bots.map(\.isPublished) == [false])
        _ = found.see(bot("st-1", "a", status: "published"), at: 30)
        #expect(found.followed.bots.map(\.isPublished) == [true])
    }
}
