import Synchronization

/// The rendered pages of a ``Registry``, ready to be sent.
///
/// A page is rendered, and compressed, at most once for each change and form, and only in forms that are asked for:
/// when a scrape comes, or shortly before one that is expected. Polls change thousands of pages between two scrapes,
/// and each page several times; to render at each change would cost more than the polls do. Most scrapes come at
/// regular times, so that what they need can be made ready just before.
///
/// An actor, so that scrapes at the same time wait for the first one's rendering and share it. What is ready is sent
/// without a wait.
package actor PageStore<Block: ByteBlock> {
    /// A form that no scrape asks for in this time is dropped.
    private static var longestUnused: Duration { .seconds(300) }
    /// Up to this many changes since a form was prepared are shown at once. If there were more, the form is sent as it
    /// is until it is ``longestPrepared`` old.
    private static var fewChanges: UInt64 { 16 }
    private static var longestPrepared: Duration { .seconds(1) }

    private let registry: Registry
    private let renderer = PageRenderer()
    private var forms: [ScrapeForm: ReadyForm<Block>] = [:]
    private let prepared = Mutex<[ScrapeForm: PreparedBody<Block>]>([:])
    private let demand = Mutex(ScrapeDemand())
    private let expected: AsyncStream<(ScrapeForm, ContinuousClock.Instant)>
    private let expectations: AsyncStream<(ScrapeForm, ContinuousClock.Instant)>.Continuation

    package init(_ registry: Registry) {
        self.registry = registry
        (expected, expectations) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
    }

    package var work: RenderingWork { renderer.work }

    /// The prepared response to a scrape of everything. The caller that sends it then calls ``noteScrape(of:by:now:)``.
    ///
    /// - Returns: `nil` if something has to be rendered first.
    package nonisolated func preparedBody(
        _ form: ScrapeForm,
        now: ContinuousClock.Instant = .now
    ) -> ScrapeBody<Block>? {
        guard let prepared = prepared.withLock({ $0[form] }), now - prepared.time < Self.longestPrepared else {
            return nil
        }
        let changes = registry.changes(since: prepared.revision)
        return changes == 0 || changes > Self.fewChanges ? prepared.body : nil
    }

    /// Has the form prepared for the client's next scrape, if its scrapes come at regular times.
    ///
    /// - Parameters:
    ///   - client: Identifies the client.
    ///   - now: When the scrape came.
    package nonisolated func noteScrape(of form: ScrapeForm, by client: String, now: ContinuousClock.Instant) {
        guard let time = demand.withLock({ $0.scrape(of: form, by: client, at: now) }) else { return }
        expectations.yield((form, time))
    }

    /// The response to a scrape: everything at one moment.
    ///
    /// - Parameters:
    ///   - client: Identifies the client, so that its next scrape can be predicted.
    ///   - names: Names of families or of their samples; empty for all families.
    package nonisolated func scrape(
        _ form: ScrapeForm,
        client: String = "",
        names: Set<String> = [],
        now: ContinuousClock.Instant = .now
    ) async -> ScrapeBody<Block> {
        defer { noteScrape(of: form, by: client, now: now) }
        if names.isEmpty, let body = preparedBody(form, now: now) { return body }
        // Not on the caller's executor, which may have other connections to serve.
        return await withTaskExecutorPreference(globalConcurrentExecutor) {
            await render(form, names: names, now: now)
        }
    }

    /// Prepares forms shortly before the scrapes that are expected, until the task is cancelled.
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

    /// Renders what changed in a form, if a scrape has asked for the form.
    package func prepare(_ form: ScrapeForm, now: ContinuousClock.Instant = .now) {
        guard forms[form] != nil else { return }
        let revision = refresh(form, now: now)
        guard let body = forms[form]?.body(where: { _ in true }) else { return }
        prepared.withLock { $0[form] = PreparedBody(body: body.joined(), time: now, revision: revision) }
    }

    private func render(_ form: ScrapeForm, names: Set<String>, now: ContinuousClock.Instant) -> ScrapeBody<Block> {
        if preparedBody(form, now: now) == nil { refresh(form, now: now) }
        return forms[form]?.body { family in
            names.isEmpty || names.contains(family.name) || family.sampleNames.contains(where: names.contains)
        } ?? ScrapeBody()
    }

    /// Renders what changed in a form, and drops the forms that are no longer asked for.
    ///
    /// - Returns: The registry's revision that the form shows then.
    @discardableResult
    private func refresh(_ form: ScrapeForm, now: ContinuousClock.Instant) -> UInt64 {
        let start = ContinuousClock.now
        // Dropped first, so that the old pages do not take memory beside the new ones.
        prepared.withLock { $0[form] = nil }
        for unused in demand.withLock({ $0.forgetForms(unusedSince: now - Self.longestUnused) }) where unused != form {
            forms[unused] = nil
            prepared.withLock { $0[unused] = nil }
        }
        let snapshot = registry.snapshot()
        // Taken out while it changes, so that its arrays have one owner and are changed in place.
        var ready = forms.removeValue(forKey: form) ?? ReadyForm(form, by: renderer)
        ready.refresh(snapshot, by: renderer)
        forms[form] = ready
        demand.withLock { $0.lastRefresh[form] = .now - start }
        return snapshot.revision
    }
}

/// Renders and compresses parts, and counts their bytes.
final class PageRenderer {
    private let deflater = Deflater()
    private(set) var work = RenderingWork()

    /// - Parameter text: Renders the part. It is called here, so that only bytes that were rendered are counted.
    func part<Block: ByteBlock>(_ coding: ContentCoding, revision: UInt64, _ text: () -> [UInt8]) -> ReadyPart<Block> {
        let text = text()
        work.renderedBytes += text.count
        switch coding {
        case .identity:
            return ReadyPart(revision: revision, length: text.count, content: .plain(Block(copying: text)))
        case .gzip:
            work.compressedBytes += text.count
            let segment = deflater.segment(of: text)
            return ReadyPart(
                revision: revision,
                length: text.count,
                content: .compressed(segment, Checksum(of: text))
            )
        }
    }
}

/// How many bytes were rendered since the start, and how many of them were compressed.
package struct RenderingWork: Sendable, Hashable {
    package var renderedBytes = 0
    package var compressedBytes = 0
}
