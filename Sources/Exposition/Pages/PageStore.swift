/// What a registry shows, ready to be sent.
///
/// A page is rendered, and compressed, at most once for each change and form, and only in forms that are asked for: when
/// a scrape comes, or shortly before one that is expected. Polls change thousands of pages between two scrapes, and each
/// page several times; to render at each change would cost more than the polls do. Most scrapes come at regular times,
/// so that what they need can be made ready just before, and they find everything done.
///
/// An actor: scrapes that come at once wait for the first one's rendering and share it.
package actor PageStore<Block: ByteBlock> {
    private struct Kept {
        var form: ReadyForm<Block>
        /// The registry's when the form was refreshed.
        var revision: UInt64
        /// When the form was made ready for a scrape that was expected; `nil` where a scrape did it.
        var prepared: ContinuousClock.Instant?
        var lastUse: ContinuousClock.Instant
    }

    /// A form that nobody asks for is forgotten.
    private static var longestUnused: Duration { .seconds(300) }
    /// So many changes are always shown at once. Where there were more since a form was prepared, it is shown as it is for
    /// this long.
    private static var fewChanges: UInt64 { 16 }
    private static var longestPrepared: Duration { .seconds(1) }

    private let registry: Registry
    private let renderer = PageRenderer()
    private var kept: [ScrapeForm: Kept] = [:]
    private var forecast = ScrapeForecast()
    private var lastRefresh: [ScrapeForm: Duration] = [:]
    private let expected: AsyncStream<(ScrapeForm, ContinuousClock.Instant)>
    private let expectations: AsyncStream<(ScrapeForm, ContinuousClock.Instant)>.Continuation

    package init(_ registry: Registry) {
        self.registry = registry
        (expected, expectations) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
    }

    package var work: RenderingWork { renderer.work }

    /// The answer to a scrape: everything at one moment.
    ///
    /// - Parameters:
    ///   - client: Tells the clients apart whose scrapes come at regular times.
    ///   - names: Of families or of their samples; empty for all.
    package func scrape(
        _ form: ScrapeForm,
        client: String = "",
        names: Set<String> = [],
        now: ContinuousClock.Instant = .now
    ) async -> ScrapeBody<Block> {
        if let next = forecast.next(afterScrapeAt: now, by: client, form) {
            expectations.yield((form, next - lead(form)))
        }
        if !isReady(form, now) {
            // The thread of whoever asks may have others to serve.
            await withTaskExecutorPreference(globalConcurrentExecutor) { refresh(form, now: now, prepared: nil) }
        }
        kept[form]?.lastUse = now
        return kept[form]?.form.body { family in
            names.isEmpty || names.contains(family.name) || family.sampleNames.contains(where: names.contains)
        } ?? ScrapeBody()
    }

    /// Makes forms ready shortly before the scrapes that are expected, until it is cancelled.
    package func prepareInTime() async {
        await withDiscardingTaskGroup { group in
            for await (form, time) in expected {
                group.addTask {
                    guard (try? await ContinuousClock().sleep(until: time)) != nil else { return }
                    await self.prepare(form)
                }
            }
        }
    }

    /// Renders what changed, where the form has been asked for.
    package func prepare(_ form: ScrapeForm, now: ContinuousClock.Instant = .now) {
        guard kept[form] != nil else { return }
        refresh(form, now: now, prepared: now)
    }

    private func isReady(_ form: ScrapeForm, _ now: ContinuousClock.Instant) -> Bool {
        guard let kept = kept[form], let prepared = kept.prepared, now - prepared < Self.longestPrepared else {
            return false
        }
        return registry.changes(since: kept.revision) > Self.fewChanges
    }

    private func refresh(_ form: ScrapeForm, now: ContinuousClock.Instant, prepared: ContinuousClock.Instant?) {
        let start = ContinuousClock.now
        kept = kept.filter { now - $0.value.lastUse < Self.longestUnused }
        let snapshot = registry.snapshot()
        // Taken out, so that its arrays have one owner and are changed where they are.
        var ready = kept.removeValue(forKey: form)?.form ?? ReadyForm(form, by: renderer)
        let lastUse = now
        ready.refresh(snapshot, by: renderer)
        kept[form] = Kept(form: ready, revision: snapshot.revision, prepared: prepared, lastUse: lastUse)
        lastRefresh[form] = .now - start
    }

    /// How long before a scrape its form is prepared.
    private func lead(_ form: ScrapeForm) -> Duration {
        .milliseconds(150) + (lastRefresh[form] ?? .zero) * 2
    }
}
