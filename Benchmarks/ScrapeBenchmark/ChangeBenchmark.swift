import Exposition
import Glibc

/// What one changed target costs: its update, and then what a scrape has to render and compress anew.
struct ChangeBenchmark {
    private static let rounds = 200

    let targets: Int

    /// Prints CPU time and bytes of one change in each form, as lines of JSON.
    func run() async {
        for form in [
            ScrapeForm(.text, .gzip), ScrapeForm(.text, .identity), ScrapeForm(.openMetrics, .gzip),
            ScrapeForm(.protobuf, .gzip),
        ] {
            let registry = Registry()
            var changing = BenchmarkTargets(count: targets)
            changing.showAll(in: registry)
            let store = PageStore<[UInt8]>(registry)
            _ = await store.scrape(form)
            let before = await store.work
            var update = 0.0
            var refresh = 0.0
            for _ in 0..<Self.rounds {
                let start = Self.cpuSeconds
                changing.change(1, in: registry)
                let updated = Self.cpuSeconds
                await store.prepare(form)
                update += updated - start
                refresh += Self.cpuSeconds - updated
            }
            let after = await store.work
            func perRound(_ value: Int) -> Int { value / Self.rounds }
            print(
                """
                {"targets": \(targets), "format": "\(form.format)", "coding": "\(form.coding)", \
                "update_us": \(update / Double(Self.rounds) * 1e6), "refresh_us": \(refresh / Double(Self.rounds) * 1e6), \
                "rendered_bytes": \(perRound(after.renderedBytes - before.renderedBytes)), \
                "compressed_bytes": \(perRound(after.compressedBytes - before.compressedBytes))}
                """
            )
        }
    }

    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
