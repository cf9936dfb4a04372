import Glibc
import Synchronization

/// All metric families and samples that a scrape shows.
package final class Registry: Sendable {
    struct State: Sendable {
        var families: [String: ModelFamily] = [:]
        var revisions: UInt64 = 0
        var sources: [any SampleSource] = []
        /// The families that ``claim(_:)`` reserved, by name.
        var claimed: [String: MetricFamily] = [:]

        mutating func replace(_ family: MetricFamily, _ group: SeriesGroup, with content: Content) {
            families[family.name, default: ModelFamily(family)].replace(group, with: content, &revisions)
        }
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Double

    /// - Parameter now: Gives the time in seconds since 1970, which is the creation time of the exporter's own
    ///   counters.
    package init(now: @escaping @Sendable () -> Double = { wallClock }) {
        self.now = now
    }

    private static var wallClock: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec / 1_000_000) / 1000
    }

    /// Adds a source, which is asked for its samples when a scrape needs them.
    package func register(_ source: some SampleSource) {
        state.withLock { $0.sources.append(source) }
    }

    /// Reserves the names of a family.
    ///
    /// - Returns: Whether the family can be shown: no other family has one of its names, and a family that has its name
    ///   has the same kind and labels.
    package func claim(_ family: MetricFamily) -> Bool {
        state.withLock { state in
            if let known = state.families[family.name]?.family ?? state.claimed[family.name] {
                return known.kind == family.kind && known.labels == family.labels
            }
            let shown = state.families.values.lazy.map(\.family) + state.claimed.values
            let taken = Set(shown.flatMap { $0.sampleNames + [$0.name, $0.openMetricsName] })
            guard taken.isDisjoint(with: family.sampleNames + [family.name, family.openMetricsName]) else {
                return false
            }
            state.claimed[family.name] = family
            return true
        }
    }

    /// Replaces the samples of groups in families, all in one step. A group without samples is removed.
    ///
    /// A scrape sees all of the change or nothing of it. Two tasks must not change one group at once, because either
    /// change could be the one that stays.
    package func update(_ changes: [FamilySamples]) {
        let contents = changes.map { Content($0.samples, of: $0.group) }
        state.withLock { state in
            for (change, content) in zip(changes, contents) {
                state.replace(change.family, change.group, with: content)
            }
        }
    }

    /// Changes the state in one step.
    func change<Result>(_ body: (inout State, _ now: Double) -> sending Result) -> sending Result {
        let now = self.now()
        return state.withLock { body(&$0, now) }
    }

    /// Everything that is shown at one moment. The sources are asked first.
    func snapshot() -> Snapshot {
        let sources = state.withLock { $0.sources }
        let told = sources.flatMap { $0.samples() }.map { family, samples in
            let entries = samples.map { sample in
                let group = SeriesGroup(sample.labelValues)
                return ModelPage.Entry(group: group, content: Content([sample], of: group))
            }
            return (family, entries)
        }
        return state.withLock { state in
            for (family, entries) in told {
                state.families[family.name, default: ModelFamily(family)].replaceAll(with: entries, &state.revisions)
            }
            return Snapshot(state.families.values.filter { !$0.isEmpty }, revision: state.revisions)
        }
    }

    /// How many changes of pages there were since `revision`.
    func changes(since revision: UInt64) -> UInt64 {
        state.withLock { $0.revisions - revision }
    }

    /// The whole exposition in text format 0.0.4, rendered from scratch.
    package func text() -> [UInt8] {
        snapshot().families.reduce(into: []) { text, family in
            text += TextEncoder.header(of: family.family, .prometheus)
            for page in family.pages {
                text += TextEncoder.render(page, of: family.family, .prometheus)
            }
        }
    }
}

extension Registry {
    /// A new registry that shows what this one shows now of some groups of families, and nothing else.
    package func excerpt(of groups: [(family: MetricFamily, group: SeriesGroup)]) -> Registry {
        let found = change { state, _ in
            groups.compactMap { family, group in
                state.families[family.name]?[group].map { (family, group, $0) }
            }
        }
        let excerpt = Registry()
        excerpt.change { state, _ in
            for (family, group, content) in found { state.replace(family, group, with: content) }
        }
        return excerpt
    }
}

/// A source of samples that change without an event, so that it is asked for them when a scrape needs them.
package protocol SampleSource: Sendable {
    var families: [MetricFamily] { get }

    /// The current samples of ``families``, each family's in the order in which they are shown.
    func samples() -> [(family: MetricFamily, samples: [Sample])]
}

/// Everything that a registry shows at one moment.
struct Snapshot: Sendable {
    /// Sorted by name; none is empty.
    let families: [ModelFamily]
    /// The registry's count of changes at that moment.
    let revision: UInt64

    init(_ families: [ModelFamily], revision: UInt64) {
        self.families = families.sorted { $0.family.isBefore($1.family) }
        self.revision = revision
    }
}
