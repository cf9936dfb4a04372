/// Writes the samples of one family as lines of text.
struct TextEncoder: SeriesEncoder {
    private let family: MetricFamily
    private let dialect: TextDialect
    /// The name of samples that are numbers or counts.
    private let name: [UInt8]
    /// For each label, what is written before its value, such as `{bot="`.
    private let labelPrefixes: [[UInt8]]
    private(set) var bytes: [UInt8] = []
    /// The labels of the sample that is being written, without the closing brace.
    var labels = SampleLabels()

    init(_ family: MetricFamily, _ dialect: TextDialect) {
        self.family = family
        self.dialect = dialect
        let isTotal = dialect == .openMetrics && family.kind == .counter
        name = Array((isTotal ? family.openMetricsName + "_total" : family.name).utf8)
        labelPrefixes = family.labels.enumerated().map { Array("\($0 == 0 ? "{" : ",")\($1)=\"".utf8) }
    }

    static func header(of family: MetricFamily, _ dialect: TextDialect) -> [UInt8] {
        let name = dialect == .openMetrics ? family.openMetricsName : family.name
        var bytes = Array("# HELP \(name) ".utf8)
        bytes.append(escaped: family.help.utf8, quotes: dialect == .openMetrics)
        bytes.append(contentsOf: "\n# TYPE \(name) \(family.kind.rawValue)\n".utf8)
        if dialect == .openMetrics, let unit = family.unit {
            bytes.append(contentsOf: "# UNIT \(name) \(unit)\n".utf8)
        }
        return bytes
    }

    static func render(_ page: ModelPage, of family: MetricFamily, _ dialect: TextDialect) -> [UInt8] {
        var encoder = TextEncoder(family, dialect)
        encoder.bytes.reserveCapacity(page.weight * 128)
        encoder.write(page)
        return encoder.bytes
    }

    mutating func addLabelValue(utf8 value: some Collection<UInt8>) {
        guard labels.count < labelPrefixes.count else { return }
        labels.bytes.append(contentsOf: labelPrefixes[labels.count])
        labels.count += 1
        labels.bytes.append(escaped: value, quotes: true)
        labels.bytes.append(UInt8(ascii: "\""))
    }

    mutating func addLabel(utf8 name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
        labels.bytes.append(UInt8(ascii: labels.bytes.isEmpty ? "{" : ","))
        labels.bytes.append(contentsOf: name)
        labels.bytes.append(contentsOf: "=\"".utf8)
        labels.bytes.append(escaped: value, quotes: true)
        labels.bytes.append(UInt8(ascii: "\""))
    }

    mutating func endSample(number: Double) {
        writeSeries(name)
        bytes.append(number: number)
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func endSample(count: UInt64, created: Double?) {
        writeSeries(name)
        bytes.append(contentsOf: count.description.utf8)
        bytes.append(UInt8(ascii: "\n"))
        if family.kind == .counter { writeCreated(created) }
    }

    mutating func endSample(_ histogram: Histogram, created: Double?, exemplar: Exemplar?) {
        let exemplar = dialect == .openMetrics ? exemplar : nil
        let exemplarBucket = exemplar.map { histogram.bucket(of: $0.value) }
        var cumulative: UInt64 = 0
        for (bucket, count) in histogram.counts.enumerated() {
            cumulative &+= count
            bytes.append(contentsOf: family.name.utf8)
            bytes.append(contentsOf: "_bucket".utf8)
            bytes.append(contentsOf: labels.bytes)
            bytes.append(contentsOf: (labels.bytes.isEmpty ? "{le=\"" : ",le=\"").utf8)
            writeBound(bucket < histogram.bounds.count ? histogram.bounds[bucket] : .infinity)
            bytes.append(contentsOf: "\"} ".utf8)
            bytes.append(contentsOf: cumulative.description.utf8)
            if let exemplar, bucket == exemplarBucket { write(exemplar) }
            bytes.append(UInt8(ascii: "\n"))
        }
        writeSeries(Array((family.name + "_sum").utf8))
        bytes.append(number: histogram.sum)
        bytes.append(UInt8(ascii: "\n"))
        writeSeries(Array((family.name + "_count").utf8))
        bytes.append(contentsOf: cumulative.description.utf8)
        bytes.append(UInt8(ascii: "\n"))
        writeCreated(created)
    }

    private mutating func writeSeries(_ name: [UInt8]) {
        bytes.append(contentsOf: name)
        bytes.append(contentsOf: labels.bytes)
        bytes.append(contentsOf: (labels.bytes.isEmpty ? " " : "} ").utf8)
    }

    private mutating func writeCreated(_ created: Double?) {
        guard dialect == .openMetrics, let created else { return }
        writeSeries(Array((family.openMetricsName + "_created").utf8))
        bytes.append(number: created)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes the bound of a bucket. In OpenMetrics it always has a fraction, even `.0`, because labels are compared as
    /// text.
    private mutating func writeBound(_ bound: Double) {
        if dialect == .openMetrics, bound.isFinite {
            bytes.append(contentsOf: bound.description.utf8)
        } else {
            bytes.append(number: bound)
        }
    }

    private mutating func write(_ exemplar: Exemplar) {
        bytes.append(contentsOf: " # ".utf8)
        var separator = "{"
        for label in exemplar.labels {
            bytes.append(contentsOf: "\(separator)\(label.name)=\"".utf8)
            bytes.append(escaped: label.value.utf8, quotes: true)
            bytes.append(UInt8(ascii: "\""))
            separator = ","
        }
        bytes.append(contentsOf: (exemplar.labels.isEmpty ? "{} " : "} ").utf8)
        bytes.append(number: exemplar.value)
        if let timestamp = exemplar.timestamp {
            bytes.append(UInt8(ascii: " "))
            bytes.append(number: timestamp)
        }
    }
}

/// A format that is lines of text.
enum TextDialect: Sendable, Hashable {
    /// Version 0.0.4.
    ///
    /// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>.
    case prometheus
    /// Version 1.0.0.
    ///
    /// Source: <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md>.
    case openMetrics
}

/// The labels of the sample that is being written, as its encoder writes them.
struct SampleLabels {
    var bytes: [UInt8] = []
    /// How many of the family's own labels are written.
    var count = 0
    /// The label values with which the samples of a group begin.
    var leadingValues: [String] = []
    /// Where the leading values end in ``bytes``, and how many they are; `nil` if ``bytes`` begins with others.
    private var leading: (end: Int, count: Int)?

    /// Notes that ``bytes`` has the ``leadingValues`` and no others.
    mutating func keepLeading() {
        leading = (bytes.count, count)
    }

    /// Removes everything after the leading values.
    ///
    /// - Returns: `false` if ``bytes`` does not begin with them: they have to be written first.
    mutating func rewind() -> Bool {
        guard let leading else { return false }
        bytes.removeLast(bytes.count - leading.end)
        count = leading.count
        return true
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
        leading = nil
    }
}

extension [UInt8] {
    /// Appends a text in which backslashes, line feeds and, where `quotes` says so, double quotes are escaped.
    mutating func append(escaped text: some Collection<UInt8>, quotes: Bool) {
        let isPlain = text.withContiguousStorageIfAvailable { bytes in
            for byte in bytes
            where byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\"") {
                return false
            }
            append(contentsOf: bytes)
            return true
        }
        guard isPlain != true else { return }
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\"") where quotes: append(contentsOf: "\\\"".utf8)
            default: append(byte)
            }
        }
    }

    /// Appends the shortest form that reads back as the same number. Whole numbers have no fraction.
    mutating func append(number: Double) {
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53, !(whole == 0 && number.sign == .minus) {
            append(contentsOf: whole.description.utf8)
        } else if number.isNaN {
            append(contentsOf: "NaN".utf8)
        } else if number.isInfinite {
            append(contentsOf: (number < 0 ? "-Inf" : "+Inf").utf8)
        } else {
            append(contentsOf: number.description.utf8)
        }
    }
}
