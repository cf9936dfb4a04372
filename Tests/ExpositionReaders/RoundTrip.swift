@testable import Exposition

/// Writes a family in each format, reads it back, and compares what was read with what was written.
public struct RoundTrip {
    private static let labelNames = ["bot", "engine", "state"]

    private let family: MetricFamily
    private let group: SeriesGroup
    private let samples: [Sample]

    /// - Parameter bytes: Any; they decide what the family looks like.
    public init(_ bytes: some Sequence<UInt8>) {
        var input = FuzzInput(bytes)
        let kind = [MetricFamily.Kind.gauge, .counter, .histogram][input.number(below: 3)]
        let labels = Array(Self.labelNames.prefix(input.number(below: 4)))
        let name = ["x", "x_seconds", "x_bytes"][input.number(below: 3)] + (kind == .counter ? "_total" : "")
        family = MetricFamily(name, kind, labels: labels, help: input.text())
        let leading = (0..<input.number(below: labels.count + 1)).map { _ in input.text() }
        group = SeriesGroup(leading)
        samples = (0..<input.number(below: 5)).map { _ in
            let own = input.number(below: 8) == 0 ? 0 : leading.count
            let values = leading.prefix(own) + (own..<labels.count).map { _ in input.text() }
            var value = Sample.Value.number(Double(bitPattern: input.bits()))
            if kind == .counter || input.number(below: 2) == 0 { value = .count(input.bits()) }
            if kind == .histogram {
                var histogram = Histogram(bounds: (0..<input.number(below: 4)).map { _ in input.double() })
                for _ in 0..<input.number(below: 6) {
                    // Sums beyond all numbers are no sums.
                    histogram.observe(input.double().remainder(dividingBy: 1e300))
                }
                value = .histogram(histogram)
            }
            return Sample(
                Array(values),
                value,
                additionalLabels: input.number(below: 4) == 0 ? [Label(name: "team", value: input.text())] : [],
                created: input.number(below: 2) == 0 ? Double(input.bits() >> 30) / 1000 : nil,
                exemplar: kind == .histogram && input.number(below: 2) == 0
                    ? Exemplar([Label(name: "run", value: input.text())], value: input.double(), timestamp: 1.5) : nil
            )
        }
    }

    /// - Returns: What differs; `nil` where nothing does.
    public func difference() -> String? {
        let page = ModelPage(
            [ModelPage.Entry(group: group, content: Content(samples, of: group))],
            revision: 1
        )
        let deflater = Deflater()
        var all: [UInt8] = []
        var member = GzipMember.header
        var checksum = Checksum.ofNothing
        do {
            for format in ExpositionFormat.allCases {
                let text = format.render(page, of: family)
                let bytes = format.header(of: family, pageBytes: text.count) + text + format.end
                let read =
                    switch format {
                    case .text: try TextReader.read(bytes, isOpenMetrics: false)
                    case .openMetrics: try TextReader.read(bytes, isOpenMetrics: true)
                    case .protobuf: try MetricsReader.read(bytes)
                    }
                let expected = expected(in: format)
                guard read == [expected] else { return "\(format): read \(read), expected \(expected)" }
                all += bytes
                member += deflater.segment(of: bytes)
                checksum.append(Checksum(of: bytes))
            }
            member += GzipMember.trailer(checksum)
            guard GzipReader.read(member) == all else { return "gzip gives other bytes" }
        } catch {
            return "\(error)"
        }
        return nil
    }

    private func expected(in format: ExpositionFormat) -> ReadFamily {
        let isOpenMetrics = format == .openMetrics
        let base = family.name.hasSuffix("_total") ? String(family.name.dropLast(6)) : family.name
        let unit = ["seconds", "bytes"].first { base.hasSuffix("_" + $0) }
        return ReadFamily(
            name: isOpenMetrics ? base : family.name,
            help: family.help,
            type: family.kind.rawValue,
            unit: format == .text ? "" : unit ?? "",
            samples: samples.flatMap { expected($0, base, in: format) }
        )
    }

    private func expected(_ sample: Sample, _ base: String, in format: ExpositionFormat) -> [ReadSample] {
        let labels =
            zip(family.labels, sample.labelValues).map { [$0, $1] }
            + sample.additionalLabels.map { [$0.name, $0.value] }
        var expected: [ReadSample] = []
        switch sample.value {
        case .number(let number):
            expected.append(ReadSample(name: family.name, labels: labels, value: number.isNaN ? .nan : number))
        case .count(let count):
            expected.append(ReadSample(name: family.name, labels: labels, value: Double(count)))
        case .histogram(let histogram):
            expected = buckets(of: histogram, sample.exemplar, labels, in: format)
        }
        if format == .openMetrics, family.kind != .gauge, let created = sample.created {
            expected.append(ReadSample(name: base + "_created", labels: labels, value: created))
        }
        return expected
    }

    private func buckets(
        of histogram: Histogram,
        _ exemplar: Exemplar?,
        _ labels: [[String]],
        in format: ExpositionFormat
    ) -> [ReadSample] {
        var lines: [ReadSample] = []
        let bounds = histogram.bounds + [.infinity]
        let exemplarBound = exemplar.flatMap { exemplar in bounds.first { exemplar.value <= $0 } }
        for (bound, upTo) in zip(bounds, bounds.indices) {
            let count = Double(histogram.counts[...upTo].reduce(0, +))
            // In protobuf the last bucket is there only for its exemplar.
            if format == .protobuf, bound == .infinity, exemplarBound != bound { continue }
            var line = ReadSample(name: family.name + "_bucket", labels: labels, value: count)
            line.labels.append(["le", Self.bound(bound, in: format)])
            if format == .openMetrics, let exemplar, bound == exemplarBound {
                line.exemplar = exemplar.labels.map { [$0.name, $0.value] } + [[Self.number(exemplar.value), "1.5"]]
            }
            lines.append(line)
        }
        lines.append(ReadSample(name: family.name + "_sum", labels: labels, value: histogram.sum))
        lines.append(ReadSample(name: family.name + "_count", labels: labels, value: Double(histogram.count)))
        return lines
    }

    private static func bound(_ bound: Double, in format: ExpositionFormat) -> String {
        switch format {
        case .text: number(bound)
        case .openMetrics: bound == .infinity ? "+Inf" : String(bound)
        case .protobuf: String(bound)
        }
    }

    private static func number(_ number: Double) -> String {
        if number == .infinity { return "+Inf" }
        let isShort = number == number.rounded() && abs(number) < 0x1p53 && !(number == 0 && number.sign == .minus)
        return isShort ? String(Int64(number)) : String(number)
    }
}
