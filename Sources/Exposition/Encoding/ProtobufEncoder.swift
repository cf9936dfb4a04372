/// Writes the metrics of one family as fields of an `io.prometheus.client.MetricFamily`.
///
/// Source: <https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto>.
struct ProtobufEncoder: SeriesEncoder {
    private let family: MetricFamily
    /// For each label, its name as a field of a `LabelPair`.
    private let labelNames: [[UInt8]]
    private(set) var bytes: [UInt8] = []
    /// The labels of the sample that is being written, as fields of a `Metric`.
    var labels = SampleLabels()
    /// The message with the value that is being written, such as a `Gauge`.
    private var value: [UInt8] = []

    init(_ family: MetricFamily) {
        self.family = family
        labelNames = family.labels.map { name in
            var field: [UInt8] = []
            field.append(field: 1, text: name.utf8)
            return field
        }
    }

    /// The length of the message, and its fields up to the metrics.
    ///
    /// - Parameter metricBytes: The length of the family's metrics, in bytes.
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
    /// The kind as a value of `MetricType`.
    fileprivate var protobufType: UInt64 {
        switch self {
        case .counter: 0
        case .gauge: 1
        case .histogram: 4
        }
    }

    /// The number of the field of `Metric` that has the value.
    fileprivate var protobufField: UInt64 {
        switch self {
        case .gauge: 2
        case .counter: 3
        case .histogram: 7
        }
    }
}

extension [UInt8] {
    /// Appends a `LabelPair`.
    ///
    /// - Parameter name: The name as a field, as ``ProtobufEncoder`` keeps it.
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

extension Histogram {
    /// The histogram as an `io.prometheus.client.Histogram`, with both kinds of buckets.
    func protobuf(created: Double?, exemplar: Exemplar?) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(field: 1, varint: count)
        bytes.append(field: 2, double: sum)
        let exemplarBucket = exemplar.map { bucket(of: $0.value) }
        var cumulative: UInt64 = 0
        for (bucket, count) in counts.enumerated() {
            cumulative &+= count
            // The bucket of +Inf repeats the sample count, so it is written only for its exemplar.
            guard bucket < bounds.count || bucket == exemplarBucket else { continue }
            var field: [UInt8] = []
            field.append(field: 1, varint: cumulative)
            field.append(field: 2, double: bucket < bounds.count ? bounds[bucket] : .infinity)
            if let exemplar, bucket == exemplarBucket { field.append(field: 3, text: exemplar.protobuf) }
            bytes.append(field: 3, text: field)
        }
        bytes.append(contentsOf: native.protobuf)
        if let created { bytes.append(field: 15, timestamp: created) }
        if let exemplar, exemplar.timestamp != nil { bytes.append(field: 16, text: exemplar.protobuf) }
        return bytes
    }
}

extension NativeHistogram {
    /// The fields of an `io.prometheus.client.Histogram` that a native histogram has.
    fileprivate var protobuf: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(field: 5, signed: Int64(schema))
        bytes.append(field: 6, double: Self.zeroThreshold)
        bytes.append(field: 7, varint: zeroCount)
        bytes.append(buckets: negative, spanField: 9, deltaField: 10)
        bytes.append(buckets: positive, spanField: 12, deltaField: 13)
        if positive.isEmpty {
            // An empty span tells a native histogram without observations from one that is only classic.
            bytes.append(field: 12, text: [])
        }
        return bytes
    }
}

extension [UInt8] {
    /// Appends buckets. Adjacent ones are a span, and each count is written as its difference from the one before.
    fileprivate mutating func append(buckets: [NativeHistogram.Bucket], spanField: UInt64, deltaField: UInt64) {
        var index = buckets.startIndex
        var next: Int64 = 0
        while index < buckets.endIndex {
            let start = index
            repeat { index += 1 } while index < buckets.endIndex && buckets[index].index == buckets[index - 1].index + 1
            var span: [UInt8] = []
            span.append(field: 1, signed: Int64(buckets[start].index) - next)
            span.append(field: 2, varint: UInt64(index - start))
            append(field: spanField, text: span)
            next = Int64(buckets[index - 1].index) + 1
        }
        var last: UInt64 = 0
        for bucket in buckets {
            append(field: deltaField, signed: Int64(bitPattern: bucket.count &- last))
            last = bucket.count
        }
    }
}

extension Exemplar {
    fileprivate var protobuf: [UInt8] {
        var bytes: [UInt8] = []
        for label in labels {
            var pair: [UInt8] = []
            pair.append(field: 1, text: label.name.utf8)
            pair.append(field: 2, text: label.value.utf8)
            bytes.append(field: 1, text: pair)
        }
        bytes.append(field: 2, double: value)
        if let timestamp { bytes.append(field: 3, timestamp: timestamp) }
        return bytes
    }
}

/// Appends values in the wire format of Protocol Buffers.
///
/// Source: <https://protobuf.dev/programming-guides/encoding/>.
extension [UInt8] {
    @inline(__always)
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    @inline(__always)
    mutating func append(littleEndian value: UInt64) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends the length of a text and its UTF-8.
    mutating func append(text: String) {
        append(varint: UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }

    mutating func append(text: some Collection<UInt8>) {
        append(varint: UInt64(text.count))
        append(contentsOf: text)
    }
}

/// Appends fields, each with its number and type before the value.
extension [UInt8] {
    mutating func append(field number: UInt64, varint value: UInt64) {
        append(varint: number << 3)
        append(varint: value)
    }

    /// Appends an `sint32` or `sint64`.
    mutating func append(field number: UInt64, signed value: Int64) {
        append(field: number, varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func append(field number: UInt64, double value: Double) {
        append(varint: number << 3 | 1)
        // Always the same NaN, because another one tells Prometheus that the series has ended.
        // Source: https://github.com/prometheus/prometheus/blob/main/model/value/value.go
        append(littleEndian: (value.isNaN ? .nan : value).bitPattern)
    }

    /// Appends a text, or a message.
    mutating func append(field number: UInt64, text: some Collection<UInt8>) {
        append(varint: number << 3 | 2)
        append(text: text)
    }

    /// Appends a `google.protobuf.Timestamp`.
    ///
    /// - Parameter seconds: Seconds since 1970. If they do not fit into an `Int64`, nothing is appended.
    mutating func append(field number: UInt64, timestamp seconds: Double) {
        let whole = seconds.rounded(.down)
        guard let integer = Int64(exactly: whole) else { return }
        var timestamp: [UInt8] = []
        timestamp.append(field: 1, varint: UInt64(bitPattern: integer))
        timestamp.append(field: 2, varint: UInt64(Swift.min((seconds - whole) * 1e9, 999_999_999)))
        append(field: number, text: timestamp)
    }
}
