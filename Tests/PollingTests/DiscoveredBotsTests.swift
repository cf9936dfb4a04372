import KoreAI
import Settings
import Testing

@testable import Polling

struct DiscoveredBotsTests {
    private let start = ContinuousClock.now

    private func bot(_ id: String, _ name: String, language: String? = "de") -> BotPage.Bot {
        BotPage.Bot(id: id, name: name, defaultLanguage: language)
    }

    private func discovery(
        _ change: (inout DiscoverySettings) -> Void = { _ in }
    ) -> DiscoverySettings {
        var settings = DiscoverySettings(
            name: "account",
            listCredential: "account",
            watch: BotSettings(name: "", id: "", credential: "main")
        )
        change(&settings)
        return settings
    }

    private func settings(_ bots: [BotSettings] = []) -> Settings {
        Settings(credentials: [], bots: bots)
    }

    @Test("what is listed and wanted is watched in its default language, beside what is configured")
    func found() {
        var discovered = DiscoveredBots(discovery { $0.exclude = [NamePattern("*test")] })
        let news = discovered.see(
            [bot("st-2", "travel"), bot("st-1", "banking"), bot("st-3", "a test"), bot("st-4", "x", language: nil)],
            now: start
        )
        #expect(news.found == ["banking", "travel", "x"])
        #expect(news.retired == [])
        let configured = BotSettings(name: "mine", id: "st-1", credential: "other")
        let bots = settings([configured]).adding([discovered]).bots
        #expect(bots.map(\.name) == ["mine", "travel", "x"])
        #expect(bots.map(\.id) == ["st-1", "st-2", "st-4"])
        #expect(bots.map(\.languages) == [["en"], ["de"], ["en"]])
        #expect(bots.last?.credential == "main")
        let elsewhere = BotSettings(name: "mine", id: "st-1", baseURL: "http://other", credential: "other")
        #expect(settings([elsewhere]).adding([discovered]).bots.count == 4)
    }

    @Test("one that is missing is watched on for the grace period, and again when it comes back")
    func retired() {
        var discovered = DiscoveredBots(discovery { $0.gracePeriod = .seconds(100) })
        let (one, two) = (bot("st-1", "one"), bot("st-2", "two"))
        _ = discovered.see([one, two], now: start)
        #expect(discovered.see([one], now: start + .seconds(99)).retired == [])
        #expect(discovered.count == 2)
        #expect(discovered.see([one, two], now: start + .seconds(150)).found == [])
        _ = discovered.see([one], now: start + .seconds(200))
        #expect(discovered.see([one], now: start + .seconds(250)).retired == ["two"])
        #expect(discovered.see([one, two], now: start + .seconds(300)).found == ["two"])
    }

    @Test("one that is renamed out of the patterns goes at once, as does one that new rules do not want")
    func renamed() {
        var discovered = DiscoveredBots(discovery { $0.include = [NamePattern("a*")] })
        _ = discovered.see([bot("st-1", "a1"), bot("st-2", "a2")], now: start)
        #expect(discovered.see([bot("st-1", "b1"), bot("st-2", "a2")], now: start).retired == ["a1"])
        let continued = discovered.continued(with: discovery { $0.include = [NamePattern("b*")] })
        #expect(continued.count == 0)
    }

    @Test("names become labels that differ, whatever they hold")
    func names() {
        var discovered = DiscoveredBots(discovery())
        let long = String(repeating: "é", count: 300)
        _ = discovered.see(
            [
                bot("st-1", "same"), bot("st-2", "same"), bot("st-3", " a\u{7}\nb "), bot("st-4", ""),
                bot("st-5", long), bot("st-6", long),
            ],
            now: start
        )
        let names = settings([BotSettings(name: "a b", id: "st-0", credential: "")]).adding([discovered]).bots.map(
            \.name
        )
        #expect(names.prefix(5) == ["a b", "same", "same (st-2)", "a b (st-3)", "st-4"])
        #expect(names.allSatisfy { $0.unicodeScalars.count <= 128 })
        #expect(Set(names).count == names.count)
    }
}
