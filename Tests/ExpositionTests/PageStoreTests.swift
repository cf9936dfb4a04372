import ExpositionReaders
import Model
import TestSupport
import Testing

@testable import Exposition

struct PageStoreTests {
    private static let forms = ExpositionFormat.allCases.flatMap { format in
        ContentCoding.allCases.map { ScrapeForm(format, $0) }
    }

    private let gauge = MetricFamily("a_seconds", .gauge, labels: ["bot", "state"], help: "A.")
    private let counter = MetricFamily("b_total", .counter, labels: ["bot"], help: "B.")
    private let histogram = MetricFamily("c", .histogram, labels: ["bot"], help: "C.")

    @Test("what is kept ready is what would be rendered anew, whatever changed", arguments: forms)
    func equalToAnew(form: ScrapeForm) async throws {
        var random = SplitMix64(seed: 7)
        let registry = Registry()
        let store = PageStore<[UInt8]>(registry)
        for round in 0..<20 {
            for _ in 0..<(round < 15 ? 30 : 100) {
                // At last all of them go.
                registry.update(change(Int(random.next() % 300), round < 15 && random.next() % 4 > 0 ? round : nil))
            }
            let ready = try plain(await store.scrape(form), form)
            #expect(ready == anew(registry, form.format))
        }
    }

    @Test("only the page that changed is rendered and compressed anew", arguments: [100, 1000])
    func costOfOneChange(bots: Int) async throws {
        let registry = Registry()
        let store = PageStore<[UInt8]>(registry)
        for bot in 0..<bots { registry.update(change(bot, 1)) }
        for (number, form) in Self.forms.enumerated() {
            _ = await store.scrape(form)
            let before = await store.work
            registry.update([
                FamilySamples(counter, group: SeriesGroup(["bot 77"]), [Sample(["bot 77"], count: UInt64(number))])
            ])
            let body = try plain(await store.scrape(form), form)
            let after = await store.work
            #expect(after.renderedBytes - before.renderedBytes < ModelPage.mostWeight * 64)
            #expect(after.renderedBytes > before.renderedBytes)
            #expect(form.coding == .gzip || after.compressedBytes == before.compressedBytes)
            #expect(body == anew(registry, form.format))
            _ = await store.scrape(form)
            #expect(await store.work == after)
        }
    }

    @Test("a value that did not change costs nothing")
    func sameValue() async {
        let registry = Registry()
        let store = PageStore<[UInt8]>(registry)
        registry.update(change(1, 5))
        _ = await store.scrape(ScrapeForm(.text, .gzip))
        let before = await store.work
        registry.update(change(1, 5))
        _ = await store.scrape(ScrapeForm(.text, .gzip))
        #expect(await store.work == before)
    }

    @Test("a slow reader keeps what it was given while pages change")
    func slowReader() async throws {
        let registry = Registry()
        let store = PageStore<[UInt8]>(registry)
        let form = ScrapeForm(.text, .gzip)
        registry.update(change(1, 1))
        let slow = await store.scrape(form)
        let expected = anew(registry, .text)
        registry.update(change(1, 2))
        let fast = await store.scrape(form)
        #expect(try plain(slow, form) == expected)
        #expect(try plain(fast, form) == anew(registry, .text))
        #expect(try plain(fast, form) != expected)
    }

    @Test("a scrape may ask for families by their names or their samples'", arguments: forms)
    func names(form: ScrapeForm) async throws {
        let registry = Registry()
        let store = PageStore<[UInt8]>(registry)
        registry.update(change(1, 1))
        let all = try plain(await store.scrape(form), form)
        #expect(try plain(await store.scrape(form, names: ["a_seconds", "b_total", "c_bucket"]), form) == all)
        #expect(try plain(await store.scrape(form, names: ["other"]), form) == form.format.end)
        let one = Registry()
        one.update(change(1, 1).filter { $0.family == histogram })
        for name in ["c", "c_count", "c_sum", "c_bucket"] {
            #expect(try plain(await store.scrape(form, names: [name, "other"]), form) == anew(one, form.format))
        }
    }

    @Test("an empty registry is an empty page", arguments: forms)
    func empty(form: ScrapeForm) async throws {
        let body = await PageStore<[UInt8]>(Registry()).scrape(form)
        #expect(try plain(body, form) == form.format.end)
    }

    @Test("a form that was prepared for a scrape is served as it is, unless few things changed or it became old")
    func prepared() async throws {
        let registry = Registry()
        let store = PageStore<[UInt8]>(registry)
        let form = ScrapeForm(.text, .identity)
        let start = ContinuousClock.now
        for bot in 0..<30 { registry.update(change(bot, 1)) }
        _ = await store.scrape(form, now: start)
        for bot in 0..<30 { registry.update(change(bot, 2)) }
        await store.prepare(form, now: start + .seconds(10))
        let prepared = anew(registry, .text)
        registry.update(change(1, 3))
        let few = anew(registry, .text)
        #expect(try plain(await store.scrape(form, now: start + .seconds(10.1)), form) == few)
        await store.prepare(form, now: start + .seconds(20))
        for bot in 0..<30 { registry.update(change(bot, 4)) }
        #expect(try plain(await store.scrape(form, now: start + .seconds(20.1)), form) == few)
        #expect(few != prepared)
        #expect(try plain(await store.scrape(form, now: start + .seconds(21.1)), form) == anew(registry, .text))
    }

    @Test("a body that was prepared is given at once, unless nobody prepared it, few things changed, or it became old")
    func preparedBody() async throws {
        let registry = Registry()
        let store = PageStore<[UInt8]>(registry)
        let form = ScrapeForm(.text, .gzip)
        let start = ContinuousClock.now
        for bot in 0..<30 { registry.update(change(bot, 1)) }
        // Nobody asked for the form.
        await store.prepare(form, now: start)
        #expect(store.preparedBody(form, now: start) == nil)
        _ = await store.scrape(form, now: start)
        #expect(store.preparedBody(form, now: start) == nil)
        await store.prepare(form, now: start + .seconds(10))
        let shown = anew(registry, .text)
        #expect(try plain(#require(store.preparedBody(form, now: start + .seconds(10.9))), form) == shown)
        #expect(store.preparedBody(form, now: start + .seconds(11)) == nil)
        #expect(store.preparedBody(ScrapeForm(.text, .identity), now: start + .seconds(10)) == nil)
        registry.update(change(1, 2))
        #expect(store.preparedBody(form, now: start + .seconds(10)) == nil)
        for bot in 0..<30 { registry.update(change(bot, 3)) }
        #expect(try plain(#require(store.preparedBody(form, now: start + .seconds(10))), form) == shown)
        // A scrape that came at another time had it rendered anew.
        _ = await store.scrape(form, now: start + .seconds(20))
        #expect(store.preparedBody(form, now: start + .seconds(10)) == nil)
    }

    @Test("a scrape is rendered elsewhere than where it is asked for, which may be the thread of other connections too")
    func thread() async {
        let registry = Registry()
        let source = ExecutorSource()
        registry.register(source)
        let store = PageStore<[UInt8]>(registry)
        await withTaskExecutorPreference(QueueExecutor()) {
            #expect(QueueExecutor.isCurrent)
            _ = await store.scrape(ScrapeForm(.text, .gzip))
            #expect(QueueExecutor.isCurrent)
        }
        #expect(source.wasOnQueue == false)
    }

    private func change(_ bot: Int, _ value: Int?) -> [FamilySamples] {
        let name = "bot \(bot)"
        let group = SeriesGroup([name])
        guard let value else { return [gauge, counter, histogram].map { FamilySamples($0, group: group, []) } }
        var durations = Histogram(bounds: [1, 10])
        for observed in 0..<value { durations.observe(Double(observed)) }
        return [
            FamilySamples(
                gauge,
                group: group,
                ["a", "b"].map { Sample([name, $0], number: Double(value) / Double($0.utf8.first ?? 1)) }
            ),
            FamilySamples(counter, group: group, [Sample([name], count: UInt64(value), created: 7)]),
            FamilySamples(
                histogram,
                group: group,
                [
                    Sample(
                        [name],
                        .histogram(durations),
                        created: 7,
                        exemplar: Exemplar([Label(name: "x", value: "y")], value: 3, timestamp: 9)
                    )
                ]
            ),
        ]
    }

    private func plain(_ body: ScrapeBody<[UInt8]>, _ form: ScrapeForm) throws -> [UInt8] {
        let sent = body.blocks.flatMap(\.self)
        #expect(sent.count == body.length)
        return form.coding == .gzip ? try #require(GzipReader.read(sent)) : sent
    }

    private func anew(_ registry: Registry, _ format: ExpositionFormat) -> [UInt8] {
        let families = registry.snapshot().families.flatMap { family in
            let pages = family.pages.flatMap { format.render($0, of: family.family) }
            return format.header(of: family.family, pageBytes: pages.count) + pages
        }
        return families + format.end
    }
}
