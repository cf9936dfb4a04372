/// What one observation of a histogram belonged to.
package struct Exemplar: Sendable, Hashable {
    /// The most characters that its labels' names and values may have in all.
    ///
    /// Source: <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md#exemplars>.
    package static let mostCharacters = 128

    package let labels: [Label]
    /// What was observed.
    package let value: Double
    /// Seconds since 1970; `nil` where it is not known.
    package let timestamp: Double?

    /// - Returns: `nil` where the labels are longer than the format allows, or a number is not finite.
    package init?(_ labels: [Label], value: Double, timestamp: Double? = nil) {
        let length = labels.reduce(0) { $0 + $1.name.unicodeScalars.count + $1.value.unicodeScalars.count }
        guard length <= Self.mostCharacters, value.isFinite, timestamp?.isFinite ?? true else { return nil }
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
    }
}
