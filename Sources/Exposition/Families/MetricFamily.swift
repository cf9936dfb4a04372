/// What all samples of one metric have in common: its line of documentation.
package struct MetricFamily: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case gauge
        case counter
        case histogram
    }

    /// As a query writes it: a counter's ends in `_total`, a histogram's has no `_bucket`.
    package let name: String
    /// One sentence for people.
    package let help: String
    package let kind: Kind
    /// The names of the labels, in the order in which samples give their values.
    package let labels: [String]

    package init(_ name: String, _ kind: Kind, labels: [String] = [], help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }

    /// The base unit that the name ends with; `nil` where it has none.
    package var unit: String? {
        let name = name.utf8.dropLast(kind == .counter && name.hasSuffix("_total") ? 6 : 0)
        return ["seconds", "bytes", "ratio"].first { name.reversed().starts(with: "_\($0)".utf8.reversed()) }
    }

    /// As OpenMetrics calls the family: a counter without `_total`.
    var openMetricsName: String {
        kind == .counter && name.hasSuffix("_total") ? String(name.dropLast(6)) : name
    }

    /// Whether it is shown before the other.
    func isBefore(_ other: MetricFamily) -> Bool {
        name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }

    /// The names that stand before label sets, in any format.
    var sampleNames: [String] {
        switch kind {
        case .gauge: [name]
        case .counter: [name, openMetricsName + "_created"]
        case .histogram: ["_bucket", "_sum", "_count", "_created"].map { name + $0 }
        }
    }

    package static func == (left: MetricFamily, right: MetricFamily) -> Bool {
        left.name == right.name
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}
