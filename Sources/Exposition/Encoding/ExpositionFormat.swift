/// A format in which a scrape can be answered.
package enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// Text, version 0.0.4.
    case text
    /// OpenMetrics, version 1.0.0.
    case openMetrics
    /// `io.prometheus.client.MetricFamily` messages, each after its length: the one format with native histograms.
    case protobuf

    package var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        case .protobuf: "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
        }
    }

    /// What stands before the family's pages.
    ///
    /// - Parameter pageBytes: How long the pages are in all.
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

    /// What stands after the last family.
    var end: [UInt8] {
        self == .openMetrics ? Array("# EOF\n".utf8) : []
    }
}
