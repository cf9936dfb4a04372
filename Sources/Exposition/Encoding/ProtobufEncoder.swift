/// Writes the metrics of one family as fields of an `io.prometheus.client.MetricFamily`.
///
/// Source: <https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto>.
struct ProtobufEncoder: SeriesEncoder {
    private let family: MetricFamily
    /// Of each label, the name's field.
    private let labelNames: [[UInt8]]
    private(set) var bytes: [UInt8] = []
    /// The label fields of the metric that is being written.
    private var labels: [UInt8] = []
    private var labelCount = 0
    /// The group's labels, and how many they are.
    private var leading: (labels: [UInt8], count: Int) = ([], 0)

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

    mutating func startGroup(_ leadingValues: [String]) {
        labels.removeAll(keepingCapacity: true)
        labelCount = 0
        for value in leadingValues { addLabelValue(value) }
        leading = (labels, labelCount)
    }

    mutating func startSample(hasLeading: Bool) {
        labels.removeAll(keepingCapacity: true)
        labelCount = 0
        if hasLeading {
            labels.append(contentsOf: leading.labels)
            labelCount = leading.count
        }
    }

    mutating func addLabelValue(_ value: String) {
        addLabelValue(utf8: value.utf8)
    }

    mutating func addLabelValue(_ value: PackedSamples.Text) {
        addLabelValue(utf8: value)
    }

    private mutating func addLabelValue(utf8 value: some Collection<UInt8>) {
        guard labelCount < labelNames.count else { return }
        let name = labelNames[labelCount]
        labelCount += 1
        labels.appendLabel(name, value)
    }

    mutating func addLabel(_ name: String, _ value: String) {
        addLabel(utf8: name.utf8, value.utf8)
    }

    mutating func addLabel(_ name: PackedSamples.Text, _ value: PackedSamples.Text) {
        addLabel(utf8: name, value)
    }

    private mutating func addLabel(utf8 name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
        var field: [UInt8] = []
        field.append(field: 1, text: name)
        labels.appendLabel(field, value)
    }

    mutating func endSample(number: Double) {
        var value: [UInt8] = []
        value.append(field: 1, double: number)
        writeMetric(value)
    }

    mutating func endSample(count: UInt64, created: Double?) {
        var value: [UInt8] = []
        value.append(field: 1, double: Double(count))
        if family.kind == .counter, let created { value.append(field: 3, timestamp: created) }
        writeMetric(value)
    }

    mutating func endSample(_ histogram: Histogram, created: Double?, exemplar: Exemplar?) {
        writeMetric(histogram.protobuf(created: created, exemplar: exemplar))
    }

    private mutating func writeMetric(_ value: [UInt8]) {
        bytes.append(varint: 4 << 3 | 2)
        bytes.append(varint: UInt64(labels.count + 1 + varintLength(value.count) + value.count))
        bytes.append(contentsOf: labels)
        bytes.append(field: family.kind.protobufField, text: value)
    }

    private func varintLength(_ value: Int) -> Int {
        max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
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
        var field: [UInt8] = []
        field.append(field: 2, text: value)
        append(varint: 1 << 3 | 2)
        append(varint: UInt64(name.count + field.count))
        append(contentsOf: name)
        append(contentsOf: field)
    }
}
