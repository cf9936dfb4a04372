import Archive
import KoreAI
import Settings
import Testing
import Tracking

@testable import Polling

/// What was found, as a restart finds it in the store.
struct DiscoveriesStoredTests {
    private typealias Fixtures = DiscoveryFixtures

    private func settings(bots: [BotSettings] = []) -> Settings {
        Fixtures.settings([Fixtures.discovery { $0.gracePeriod = .seconds(100) }], bots: bots)
    }

    private func restarted(_ discoveries: Discoveries, _ settings: Settings? = nil) throws -> Discoveries {
        var loaded = LoadedState()
        loaded.values[Discoveries.key] = discoveries.stored
        return try Discoveries(settings ?? discoveries.settings, loaded: loaded)
    }

    @Test("bots, labels, languages, what is published and the last success are as before")
    func whole() throws {
        var found = Discoveries(settings(bots: [Fixtures.configured("mine", "st-7")]))
        _ = found.see(Fixtures.bot("st-2", "same", status: "published"))
        _ = found.see(
            Fixtures.bot("st-1", "same", status: "configured", language: nil),
            Fixtures.bot("st-2", "renamed", status: "published"),
            Fixtures.bot("st-7", "listed", status: "x"),
            at: 50
        )
        let again = try restarted(found)
        #expect(again == found)
        #expect(again.names == ["st-7": "mine", "st-1": "same (st-1)", "st-2": "same"])
        #expect(again.followed.bots.map(\.isPublished) == [false, false, true])
        #expect(again.discovered.first?.lastSuccess == Fixtures.moment(50).wall)
        #expect(try restarted(again).stored.count == found.stored.count)
    }

    @Test("nothing was found where the store has nothing, and what was changed is refused")
    func refused() throws {
        #expect(try Discoveries(settings(), loaded: LoadedState()) == Discoveries(settings()))
        var found = Discoveries(settings())
        _ = found.see(Fixtures.bot("st-1", "one"))
        let stored = found.stored
        for index in stored.indices {
            var loaded = LoadedState()
            loaded.values[Discoveries.key] = stored
            loaded.values[Discoveries.key]?[index] ^= 1
            #expect(throws: StoredFormError.self) { try Discoveries(settings(), loaded: loaded) }
            loaded.values[Discoveries.key] = Array(stored.prefix(index))
            #expect(throws: StoredFormError.self) { try Discoveries(settings(), loaded: loaded) }
        }
    }

    @Test("a grace period goes on over a restart of the exporter, and of the machine")
    func grace() throws {
        var found = Discoveries(settings())
        _ = found.see(Fixtures.bot("st-1", "one"), Fixtures.bot("st-2", "two"))
        #expect(found.see(Fixtures.bot("st-1", "one"), at: 60)?.retired == [])
        for boot: UInt64 in [1, 2] {
            var again = try restarted(found)
            let list = BotList([Fixtures.bot("st-1", "one")])
            #expect(again.see(list, of: "account", now: Fixtures.moment(99, boot: boot))?.retired == [])
            again = try restarted(again)
            #expect(again.see(list, of: "account", now: Fixtures.moment(100, boot: boot))?.retired == ["two"])
        }
    }

    @Test(
        "the configuration of the restart counts: what it does not want is not watched, and its bots keep their names"
    )
    func otherConfiguration() throws {
        var found = Discoveries(settings())
        _ = found.see(Fixtures.bot("st-1", "one"), Fixtures.bot("st-2", "two"))
        let excluding = Fixtures.settings([Fixtures.discovery { $0.exclude = [NamePattern("one")] }])
        #expect(try restarted(found, excluding).names == ["st-2": "two"])
        let taking = settings(bots: [Fixtures.configured("two", "st-9")])
        #expect(try restarted(found, taking).names == ["st-9": "two", "st-1": "one", "st-2": "two (st-2)"])
        let elsewhere = Fixtures.settings([Fixtures.discovery { $0.watch.baseURL = "https://eu.kore.ai" }])
        #expect(try restarted(found, elsewhere).followed.bots == [])
        #expect(try restarted(found, Fixtures.settings([Fixtures.discovery("new")])).names == found.names)
        let ofOtherList = Fixtures.settings([Fixtures.discovery("new") { $0.listCredential = "second" }])
        #expect(try restarted(found, ofOtherList).followed.bots == [])
    }
}
