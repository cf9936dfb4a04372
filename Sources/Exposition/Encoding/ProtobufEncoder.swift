/// Writes the metrics of one family as fields of an `io.prometheus.client.MetricFamily`.
///
/// Source: <https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto>.
struct ProtobufEncoder: SeriesEncoder {
    private let family: MetricFamily
    /// Of each label, the name's field.
    private let labelNames: [[UInt8]]
    private(set) var bytes: [UInt8] = []
    /// With the names of the labels, as fields of the metric.
    var labels = SampleLabels()
    /// The message of the value that is being written.
    private var value: [UInt8] = []

    init(_ family: MetricFamily) {
        self.family = family
        labelNames = family.labels.map { name in
            var field: [UInt8] = []
            field.append(field: 1, text: name.utf8)
            return field
        }
    }

    /// The message up to its metrics, after its length.
    ///
    /// - Parameter metricBytes: How many bytes the family's metrics take.
    static func header(of family: MetricFamily, metricBytes: Int) -> [UInt8] {
        var fields: [UInt8] = []
        fields.append(field: 1, text: family.name.utf8)
        fields.append(field: 2, text: family.help.utf8)
        fields.append(field: 3, varint: family.kind.protobufType)
        if let unit = family.unit { fields.append(field: 5, text: unit.utf8) }
        var header: [UInt8] = []
        header.append(varint: UInt64(fields.count + metricBytes))
        return header + fields
    }

    static func render(_ page: ModelPage, of family: MetricFamily) -> [UInt8] {
        var encoder = ProtobufEncoder(family)
        encoder.bytes.reserveCapacity(page.weight * 128)
        encoder.write(page)
        return encoder.bytes
    }

    mutating func addLabelValue(utf8 value: some Collection<UInt8>) {
        guard labels.count < labelNames.count else { return }
        let name = labelNames[labels.count]
        labels.count += 1
        labels.bytes.appendLabel(name, value)
    }

    mutating func addLabel(utf8 name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
        var field: [UInt8] = []
        field.append(field: 1, text: name)
        labels.bytes.appendLabel(field, value)
    }

    mutating func endSample(number: Double) {
        value.removeAll(keepingCapacity: true)
        value.append(field: 1, double: number)
        writeMetric()
    }

    mutating func endSample(count: UInt64, created: Double?) {
        value.removeAll(keepingCapacity: true)
        value.append(field: 1, double: Double(count))
        if family.kind == .counter, let created { value.append(field: 3, timestamp: created) }
        writeMetric()
    }

    mutating func endSample(_ histogram: Histogram, created: Double?, exemplar: Exemplar?) {
        value = histogram.protobuf(created: created, exemplar: exemplar)
        writeMetric()
    }

    private mutating func writeMetric() {
        bytes.append(varint: 4 << 3 | 2)
        bytes.append(varint: UInt64(labels.bytes.count + 1 + [UInt8].varintLength(value.count) + value.count))
        bytes.append(contentsOf: labels.bytes)
        bytes.append(field: family.kind.protobufField, text: value)
    }
}

extension MetricFamily.Kind {
    /// A value of `MetricType`.
    fileprivate var protobufType: UInt64 {
        switch self {
        case .counter: 0
        case .gauge: 1
        case .histogram: 4
        }
    }

    /// The field of `Metric` that has the value.
    fileprivate var protobufField: UInt64 {
        switch self {
        case .gauge: 2
        case .counter: 3
        case .histogram: 7
        }
    }
}

extension [UInt8] {
    /// A `LabelPair`.
    fileprivate mutating func appendLabel(_ name: [UInt8], _ value: some Collection<UInt8>) {
        let length = value.count
        append(varint: 1 << 3 | 2)
        append(varint: UInt64(name.count + 1 + Self.varintLength(length) + length))
        append(contentsOf: name)
        append(field: 2, text: value)
    }

    fileprivate static func varintLength(_ value: Int) -> Int {
        Swift.max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
    }
}
