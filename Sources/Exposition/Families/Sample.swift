/// One series of a ``MetricFamily`` and its value; of a histogram, all its series.
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
    /// When a counter or histogram began to count, in seconds since 1970; `nil` where that is not known.
    package var created: Double?
    /// Of a histogram: a recent observation.
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

    /// 1 or 0.
    package init(_ labelValues: [String], isTrue: Bool) {
        self.init(labelValues, .count(isTrue ? 1 : 0))
    }
}
