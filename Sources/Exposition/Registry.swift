import Synchronization

/// All that a scrape shows: series that were rendered when they changed, and sources that are asked at the scrape.
package final class Registry: Sendable {
    private struct State {
        /// Sorted by family name.
        var families: [FamilyPages] = []
        var sources: [any SampleSource] = []

        mutating func replace(_ family: MetricFamily, _ group: SeriesGroup, _ bytes: [UInt8]) {
            let position = families.partitioningIndex { $0.family.name >= family.name }
            if position == families.count || families[position].family.name != family.name {
                guard !bytes.isEmpty else { return }
                families.insert(FamilyPages(family), at: position)
            }
            families[position].replace(group, bytes)
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// Adds a source for every scrape from now on.
    package func register(_ source: some SampleSource) {
        state.withLock { $0.sources.append(source) }
    }

    /// Replaces what is shown of these families' groups, all in one step; a group without samples is removed.
    ///
    /// A scrape sees all of the change or nothing of it. Changes of one group must not be made by two tasks at once:
    /// which of them stays would be a matter of luck.
    package func update(_ changes: [FamilySamples]) {
        let rendered = changes.map { change in
            (change.family, change.group, Self.render(change.samples, of: change.family))
        }
        state.withLock { state in
            for (family, group, bytes) in rendered {
                state.replace(family, group, bytes)
            }
        }
    }

    /// The whole exposition in text format 0.0.4: families by name, series by label values.
    package func text() -> [UInt8] {
        let (families, sources) = state.withLock { ($0.families, $0.sources) }
        var pages = families.filter { !$0.isEmpty }
        for source in sources {
            for (family, samples) in source.samples() where !samples.isEmpty {
                pages.append(FamilyPages(family, text: Self.render(samples, of: family)))
            }
        }
        pages.sort { $0.family.name < $1.family.name }
        var encoder = TextEncoder()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pages.reduce(0) { $0 + $1.byteCount + 256 })
        for page in pages {
            encoder.writeHeader(of: page.family)
            bytes.append(contentsOf: encoder.take())
            page.append(to: &bytes)
        }
        return bytes
    }

    private static func render(_ samples: [Sample], of family: MetricFamily) -> [UInt8] {
        var encoder = TextEncoder()
        for sample in samples {
            encoder.write(sample, of: family)
        }
        return encoder.take()
    }
}
