import Testing

@testable import Exposition

struct ScrapeBodyTests {
    /// A gauge with so many samples.
    private func show(_ name: String, samples: Int, in registry: Registry) {
        let family = MetricFamily(name, .gauge, labels: ["bot"], help: "A.")
        for bot in 0..<samples {
            registry.update([
                FamilySamples(family, group: SeriesGroup(["bot \(bot)"]), [Sample(["bot \(bot)"], number: 1)])
            ])
        }
    }

    @Test("small families are sent as one block, and the pages of large ones as they are")
    func blocks() async throws {
        let registry = Registry()
        for name in ["a", "b", "d", "e"] { show(name, samples: 3, in: registry) }
        show("c", samples: 1000, in: registry)
        let store = PageStore<[UInt8]>(registry)
        let body = await store.scrape(ScrapeForm(.text, .identity))
        #expect(body.blocks.flatMap(\.self) == registry.text())
        #expect(body.length == registry.text().count)
        let pages = try #require(registry.snapshot().families.first { $0.family.name == "c" }).pages.count
        #expect(pages > 1)
        // Those before the large one, its header and pages, and those after it.
        #expect(body.blocks.count == pages + 3)
        let compressed = await store.scrape(ScrapeForm(.text, .gzip))
        #expect(compressed.blocks.count < body.blocks.count)
        #expect(compressed.blocks.reduce(0) { $0 + $1.count } == compressed.length)
    }

    @Test("a body that was prepared is one block where it is of middling length, with the same bytes")
    func joined() async throws {
        let form = ScrapeForm(.text, .identity)
        for (samples, isJoined) in [(300, false), (5000, true)] {
            let registry = Registry()
            show("a", samples: samples, in: registry)
            show("b", samples: samples, in: registry)
            let store = PageStore<[UInt8]>(registry)
            let body = await store.scrape(form)
            // As of later, so that it does not become too old within the test.
            await store.prepare(form, now: .now + .seconds(3600))
            let prepared = try #require(store.preparedBody(form))
            #expect(prepared.blocks.flatMap(\.self) == body.blocks.flatMap(\.self))
            #expect(prepared.length == body.length)
            #expect(prepared.blocks.count == (isJoined ? 1 : body.blocks.count))
            #expect(body.blocks.count > 1)
        }
    }
}
