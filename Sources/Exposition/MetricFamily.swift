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

    package static func == (left: MetricFamily, right: MetricFamily) -> Bool {
        left.name == right.name
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}
