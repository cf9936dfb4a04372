import KoreAI
import Settings
import Testing

@testable import Polling

/// The `bot` labels of bots that are found.
struct DiscoveredLabelTests {
    private typealias Fixtures = DiscoveryFixtures

    private func bot(_ id: String, _ name: String) -> BotPage.Bot { Fixtures.bot(id, name) }

    private func discoveries(bots: [BotSettings] = []) -> Discoveries {
        Discoveries(Fixtures.settings([Fixtures.discovery { $0.gracePeriod = .zero }], bots: bots))
    }

    private func configuration(_ bots: BotSettings...) -> Settings {
        Fixtures.settings([Fixtures.discovery { $0.gracePeriod = .zero }], bots: bots)
    }

    @Test("names become labels that differ, whatever they hold")
    func names() {
        var found = discoveries(bots: [Fixtures.configured("a b", "st-0")])
        let long = String(repeating: "é", count: 300)
        _ = found.see(
            bot("st-1", "same"),
            bot("st-2", "same"),
            bot("st-3", " a\u{7}\nb "),
            bot("st-4", ""),
            bot("st-5", long),
            bot("st-6", long)
        )
        let names = found.followed.bots.map(\.name)
        #expect(names.prefix(5) == ["a b", "same", "same (st-2)", "a b (st-3)", "st-4"])
        #expect(names.allSatisfy { $0.unicodeScalars.count <= 128 })
        #expect(Set(names).count == names.count)
    }

    @Test("the bot that came second has the suffix, also where its id sorts first, and keeps it when the first is gone")
    func namesakes() {
        var found = discoveries()
        _ = found.see(bot("st-2", "same"))
        _ = found.see(bot("st-1", "same"), bot("st-2", "same"), at: 1)
        #expect(found.names == ["st-2": "same", "st-1": "same (st-1)"])
        _ = found.see(bot("st-1", "same"), at: 2)
        #expect(found.names == ["st-1": "same (st-1)"])
        // Nobody has the plain name: the next one gets it.
        _ = found.see(bot("st-1", "same"), bot("st-3", "same"), at: 3)
        #expect(found.names == ["st-1": "same (st-1)", "st-3": "same"])
    }

    @Test("a bot that is renamed on the platform keeps its label, and so do those whose new name it was")
    func renamed() {
        var found = discoveries()
        _ = found.see(bot("st-1", "one"), bot("st-2", "two"))
        _ = found.see(bot("st-1", "two"), bot("st-2", "one"), at: 1)
        #expect(found.names == ["st-1": "one", "st-2": "two"])
    }

    @Test("one that leaves the patterns and comes back while it is listed has its label again")
    func excluded() {
        var found = discoveries()
        _ = found.see(bot("st-1", "same"), bot("st-2", "same"))
        found.configure(Fixtures.settings([Fixtures.discovery { $0.include = [NamePattern("other")] }]))
        #expect(found.names == [:])
        found.configure(configuration())
        #expect(found.names == ["st-1": "same", "st-2": "same (st-2)"])
    }

    @Test(
        "a configured bot has its name, also where a discovered one has that label: that one gets a suffix, and keeps it"
    )
    func configured() {
        var found = discoveries()
        _ = found.see(bot("st-1", "support"), bot("st-2", "sales"))
        found.configure(configuration(Fixtures.configured("support", "st-9")))
        #expect(found.names == ["st-9": "support", "st-1": "support (st-1)", "st-2": "sales"])
        found.configure(configuration())
        #expect(found.names == ["st-1": "support (st-1)", "st-2": "sales"])
    }

    @Test("a configured bot with a suffixed name is no reason for two bots with one label")
    func suffixed() {
        var found = discoveries(bots: [
            Fixtures.configured("support", "st-8"), Fixtures.configured("support (st-1)", "st-9"),
        ])
        _ = found.see(bot("st-1", "support"))
        #expect(found.names["st-1"] == "support (st-1, 2)")
    }

    @Test("a bot that is configured by itself for a while goes on under its label after")
    func adopted() {
        var found = discoveries()
        _ = found.see(bot("st-1", "support"))
        found.configure(configuration(Fixtures.configured("support", "st-1")))
        #expect(found.followed.bots.map(\.name) == ["support"])
        #expect(found.followed.bots.map(\.credential) == ["other"])
        _ = found.see(bot("st-1", "support"), bot("st-2", "support"), at: 1)
        #expect(found.names == ["st-1": "support", "st-2": "support (st-2)"])
        found.configure(configuration())
        #expect(found.names == ["st-1": "support", "st-2": "support (st-2)"])
    }

    @Test("the same bot of two installations is two bots")
    func installations() {
        var found = Discoveries(
            Fixtures.settings([
                Fixtures.discovery(), Fixtures.discovery("other") { $0.watch.baseURL = "https://eu.kore.ai" },
                Fixtures.discovery("third") { $0.watch.baseURL = "https://de.kore.ai" },
            ])
        )
        for name in ["account", "other", "third"] {
            _ = found.see(BotList([bot("st-1", "same")]), of: name, now: Fixtures.moment(0))
        }
        #expect(found.followed.bots.map(\.name) == ["same", "same (st-1)", "same (st-1, 2)"])
    }

    @Test("labels of random histories are unique, and stay for as long as a bot is known and nobody configures them")
    func random() {
        var generator = SystemRandomNumberGenerator()
        var found = discoveries()
        var before: [String: String] = [:]
        for step in 0..<300 {
            let bots = (0..<12).filter { _ in Bool.random(using: &generator) }
                .map { bot("st-\($0)", "name \(Int.random(in: 0..<3, using: &generator))") }
            _ = found.see(BotList(bots), of: "account", now: Fixtures.moment(Int64(step)))
            let names = found.names
            #expect(Set(names.values).count == bots.count)
            for (id, name) in names where before[id] != nil { #expect(before[id] == name) }
            before = names
        }
    }
}
