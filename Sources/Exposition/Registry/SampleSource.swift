/// Something that is asked for its samples when a scrape needs them, because they change while nothing happens.
package protocol SampleSource: Sendable {
    var families: [MetricFamily] { get }

    /// The samples of ``families`` as they are now, each family's in the order in which they are shown.
    func samples() -> [(family: MetricFamily, samples: [Sample])]
}
