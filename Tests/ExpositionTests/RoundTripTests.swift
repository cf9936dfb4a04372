import ExpositionReaders
import Model
import TestSupport
import Testing

@testable import Exposition

struct RoundTripTests {
    @Test("what is written in any format is read back as it was by readers that share no code", arguments: 0..<8)
    func random(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<250 {
            let length = Int(random.next() % 200)
            // Every other byte is one that needs escaping.
            let special = Array("\"\\\n\r\0{},= #é🙂".utf8)
            let bytes = (0..<length).map { _ in
                let number = random.next()
                return number % 2 == 0
                    ? UInt8(truncatingIfNeeded: number >> 8) : special[Int(number >> 8) % special.count]
            }
            let difference = RoundTrip(bytes).difference()
            #expect(difference == nil)
        }
    }

    @Test("a long label value is read back", arguments: ExpositionFormat.allCases)
    func longValue(format: ExpositionFormat) throws {
        let value = String(repeating: "\"\\\n🙂", count: 10_000)
        let family = MetricFamily("x", .gauge, labels: ["a"], help: value)
        let text = format.render(ModelPage(group: SeriesGroup([value]), [Sample([value], number: 1)]), of: family)
        let bytes = format.header(of: family, pageBytes: text.count) + text + format.end
        let read =
            format == .protobuf
            ? try MetricsReader.read(bytes) : try TextReader.read(bytes, isOpenMetrics: format == .openMetrics)
        #expect(
            read == [
                ReadFamily(
                    name: "x",
                    help: value,
                    type: "gauge",
                    samples: [ReadSample(name: "x", labels: [["a", value]], value: 1)]
                )
            ]
        )
    }

    @Test("a NaN by which Prometheus marks the end of a series is written as the usual one")
    func staleMarker() throws {
        let family = MetricFamily("x", .gauge, help: "")
        let marker = Double(bitPattern: 0x7FF0_0000_0000_0002)
        let page = ModelPage(group: SeriesGroup([]), [Sample([], number: marker)])
        for format in ExpositionFormat.allCases {
            let text = format.render(page, of: family)
            let bytes = format.header(of: family, pageBytes: text.count) + text + format.end
            let read =
                format == .protobuf
                ? try MetricsReader.read(bytes) : try TextReader.read(bytes, isOpenMetrics: format == .openMetrics)
            #expect(read.first?.samples.map(\.value.bitPattern) == [Double.nan.bitPattern])
        }
    }
}
