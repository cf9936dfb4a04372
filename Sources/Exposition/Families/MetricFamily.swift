/// A metric family: the name, help text, type and label names that all its samples share.
///
/// Families with the same name are equal.
package struct MetricFamily: Sendable, Hashable {
    /// The type of a family, as the exposition names it.
    package enum Kind: String, Sendable, Hashable {
        case gauge
        case counter
        case histogram
    }

    /// The name as a query writes it: a counter's ends in `_total`, a histogram's has no `_bucket`.
    package let name: String
    /// One sentence for people.
    package let help: String
    package let kind: Kind
    /// The names of the labels, in the order of a sample's label values.
    package let labels: [String]

    package init(_ name: String, _ kind: Kind, labels: [String] = [], help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }

    /// A family whose help follows: `MetricFamily.gauge("bots", ["account"]).help("Bots of the account.")`.
    package struct Undocumented: Sendable {
        fileprivate let name: String
        fileprivate let kind: Kind
        fileprivate let labels: [String]

        /// - Parameter text: One sentence for people.
        package func help(_ text: String) -> MetricFamily {
            MetricFamily(name, kind, labels: labels, help: text)
        }
    }

    package static func gauge(_ name: String, _ labels: [String] = []) -> Undocumented {
        Undocumented(name: name, kind: .gauge, labels: labels)
    }

    package static func counter(_ name: String, _ labels: [String] = []) -> Undocumented {
        Undocumented(name: name, kind: .counter, labels: labels)
    }

    package static func histogram(_ name: String, _ labels: [String] = []) -> Undocumented {
        Undocumented(name: name, kind: .histogram, labels: labels)
    }

    /// The base unit with which the name ends; `nil` if it ends with none.
    package var unit: String? {
        let name = name.utf8.dropLast(kind == .counter && name.hasSuffix("_total") ? 6 : 0)
        return ["seconds", "bytes", "ratio"].first { name.reversed().starts(with: "_\($0)".utf8.reversed()) }
    }

    /// The name of the family in OpenMetrics: a counter's is without `_total`.
    var openMetricsName: String {
        kind == .counter && name.hasSuffix("_total") ? String(name.dropLast(6)) : name
    }

    /// Whether the family is shown before another.
    func isBefore(_ other: MetricFamily) -> Bool {
        name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }

    /// The names that the family's samples have in any format.
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

/// The samples that one group has in one family.
package struct FamilySamples: Sendable, Hashable {
    package var family: MetricFamily
    package var group: SeriesGroup
    /// Sorted by their label values in label order, as they are shown.
    package var samples: [Sample]

    package init(_ family: MetricFamily, group: SeriesGroup, _ samples: [Sample]) {
        self.family = family
        self.group = group
        self.samples = samples
    }
}

/// One series of a ``MetricFamily`` with its value; for a histogram, all its series.
package struct Sample: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
        case number(Double)
        /// Kept apart from ``number(_:)``, so that counts above 2^53 stay exact.
        case count(UInt64)
        case histogram(Histogram)
    }

    /// One value for each of the family's labels, in their order.
    package var labelValues: [String]
    /// Labels that this series has beyond the family's, sorted by name.
    package var additionalLabels: [Label]
    package var value: Value
    /// When a counter or histogram began to count, in seconds since 1970; `nil` if that is not known.
    package var created: Double?
    /// A recent observation of a histogram.
    package var exemplar: Exemplar?

    package init(
        _ labelValues: [String],
        _ value: Value,
        additionalLabels: [Label] = [],
        created: Double? = nil,
        exemplar: Exemplar? = nil
    ) {
        self.labelValues = labelValues
        self.additionalLabels = additionalLabels
        self.value = value
        self.created = created
        self.exemplar = exemplar
    }

    package init(_ labelValues: [String], number: Double) {
        self.init(labelValues, .number(number))
    }

    package init(_ labelValues: [String], count: UInt64, created: Double? = nil) {
        self.init(labelValues, .count(count), created: created)
    }

    /// A sample of 1 for true and 0 for false.
    package init(_ labelValues: [String], isTrue: Bool) {
        self.init(labelValues, .count(isTrue ? 1 : 0))
    }
}

extension Sample: Comparable {
    /// Orders samples by the bytes of their label values in label order, as a family shows them.
    package static func < (left: Sample, right: Sample) -> Bool {
        for (left, right) in zip(left.labelValues, right.labelValues) where !left.utf8.elementsEqual(right.utf8) {
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        return left.labelValues.count < right.labelValues.count
    }
}

/// A label's name and value.
package struct Label: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// One observation of a histogram, with labels that say what it belonged to.
package struct Exemplar: Sendable, Hashable {
    /// The most characters that its labels' names and values may have in all.
    ///
    /// Source: <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md#exemplars>.
    package static let mostCharacters = 128

    package let labels: [Label]
    /// The observed value.
    package let value: Double
    /// When it was observed, in seconds since 1970; `nil` if that is not known.
    package let timestamp: Double?

    /// - Returns: `nil` if the labels are longer than ``mostCharacters``, or a number is not finite.
    package init?(_ labels: [Label], value: Double, timestamp: Double? = nil) {
        let length = labels.reduce(0) { $0 + $1.name.unicodeScalars.count + $1.value.unicodeScalars.count }
        guard length <= Self.mostCharacters, value.isFinite, timestamp?.isFinite ?? true else { return nil }
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
    }
}
