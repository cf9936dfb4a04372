/// A format of the exposition.
package enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// Text, version 0.0.4.
    case text
    /// OpenMetrics, version 1.0.0.
    case openMetrics
    /// `io.prometheus.client.MetricFamily` messages, each after its length. The only format with native histograms.
    case protobuf

    package var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        case .protobuf: "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
        }
    }

    /// The bytes before the pages of a family.
    ///
    /// - Parameter pageBytes: The length of all pages, in bytes.
    func header(of family: MetricFamily, pageBytes: Int) -> [UInt8] {
        switch self {
        case .text: TextEncoder.header(of: family, .prometheus)
        case .openMetrics: TextEncoder.header(of: family, .openMetrics)
        case .protobuf: ProtobufEncoder.header(of: family, metricBytes: pageBytes)
        }
    }

    func render(_ page: ModelPage, of family: MetricFamily) -> [UInt8] {
        switch self {
        case .text: TextEncoder.render(page, of: family, .prometheus)
        case .openMetrics: TextEncoder.render(page, of: family, .openMetrics)
        case .protobuf: ProtobufEncoder.render(page, of: family)
        }
    }

    /// The bytes after the last family.
    var end: [UInt8] {
        self == .openMetrics ? Array("# EOF\n".utf8) : []
    }
}

/// Writes the series of one family in one format.
protocol SeriesEncoder: PackedSamples.Reader {
    var labels: SampleLabels { get set }
    mutating func addLabelValue(utf8 value: some Collection<UInt8>)
    mutating func addLabel(utf8 name: some Collection<UInt8>, _ value: some Collection<UInt8>)
    mutating func endSample(_ histogram: Histogram, created: Double?, exemplar: Exemplar?)
}

extension SeriesEncoder {
    mutating func write(_ page: ModelPage) {
        for entry in page.entries {
            startGroup(entry.group.labelValues)
            switch entry.content {
            case .number(let number):
                endSample(number: number)
            case .count(let count, let created):
                endSample(count: count, created: created.isNaN ? nil : created)
            case .packed(let packed):
                packed.read(by: &self)
            case .samples(let samples):
                for sample in samples { write(sample) }
            }
        }
    }

    mutating func write(_ sample: Sample) {
        startSample(hasLeading: false)
        for value in sample.labelValues { addLabelValue(utf8: value.utf8) }
        for label in sample.additionalLabels { addLabel(utf8: label.name.utf8, label.value.utf8) }
        switch sample.value {
        case .number(let number): endSample(number: number)
        case .count(let count): endSample(count: count, created: sample.created)
        case .histogram(let histogram):
            endSample(histogram, created: sample.created, exemplar: sample.exemplar)
        }
    }

    mutating func startSample(hasLeading: Bool) {
        if !hasLeading {
            labels.removeAll()
        } else if !labels.rewind() {
            writeLeading()
        }
    }

    mutating func addLabelValue(_ value: PackedSamples.Text) {
        addLabelValue(utf8: value)
    }

    mutating func addLabel(_ name: PackedSamples.Text, _ value: PackedSamples.Text) {
        addLabel(utf8: name, value)
    }

    /// Writes the label values with which the group's samples begin.
    private mutating func startGroup(_ leadingValues: [String]) {
        labels.leadingValues = leadingValues
        writeLeading()
    }

    private mutating func writeLeading() {
        labels.removeAll()
        for value in labels.leadingValues { addLabelValue(utf8: value.utf8) }
        labels.keepLeading()
    }
}
