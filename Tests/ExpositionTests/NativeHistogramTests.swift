import ExpositionReaders
import Glibc
import Testing

@testable import Exposition

struct NativeHistogramTests {
    @Test(
        "an observation falls into the bucket whose bounds are around it",
        arguments: [1, 1.0000001, 0.9999999, 2, 1.5, 0.001, 95.25, 3600, 1e300, 1e-30, 1.0905077326652577]
    )
    func bucket(value: Double) throws {
        var histogram = NativeHistogram()
        histogram.observe(value)
        histogram.observe(-value)
        let bucket = try #require(histogram.positive.first)
        let upper = exp2(Double(bucket.index) / 8)
        // The bounds are rounded, as is what is computed here.
        #expect(value <= upper * (1 + 1e-14))
        #expect(value > upper / exp2(1.0 / 8) * (1 - 1e-14))
        #expect(histogram.negative == histogram.positive)
    }

    @Test("what is next to 0 is counted as 0")
    func zero() {
        var histogram = NativeHistogram()
        for value in [0, -0.0, 1e-40, -1e-40] { histogram.observe(value) }
        #expect(histogram.zeroCount == 4)
        #expect(histogram.positive.isEmpty && histogram.negative.isEmpty)
    }

    @Test("with too many buckets two become one, and nothing is lost")
    func manyBuckets() {
        var histogram = NativeHistogram()
        var same = NativeHistogram()
        for exponent in stride(from: -100.0, to: 100, by: 0.1) {
            histogram.observe(exp2(exponent))
        }
        #expect(histogram.count == 2000)
        #expect(histogram.positive.count <= 160)
        #expect(histogram.schema < 3)
        // What comes later falls into the buckets that it would have become part of.
        for exponent in stride(from: -100.0, to: 100, by: 0.1).reversed() {
            same.observe(exp2(exponent))
        }
        #expect(same == histogram)
    }

    @Test("a histogram that was kept without native buckets gets them at its buckets' upper bounds")
    func keptWithout() throws {
        let histogram = try #require(Histogram(bounds: [1, 16], counts: [2, 3, 4], sum: 100))
        #expect(histogram.native.count == 9)
        #expect(histogram.native.positive.map(\.count) == [2, 3, 4])
        let other = try #require(NativeHistogram(schema: 3, zeroCount: 1, positive: [], negative: []))
        #expect(Histogram(bounds: [1, 10], counts: [2, 3, 4], sum: 100, native: other) == nil)
    }

    @Test("buckets that are not in order are none")
    func order() {
        let buckets = [NativeHistogram.Bucket(index: 2, count: 1), NativeHistogram.Bucket(index: 2, count: 1)]
        #expect(NativeHistogram(schema: 3, zeroCount: 0, positive: buckets, negative: []) == nil)
        #expect(NativeHistogram(schema: 9, zeroCount: 0, positive: [], negative: []) == nil)
    }

    @Test("in protobuf buckets next to each other are a span, and created time and exemplar are there")
    func protobuf() throws {
        var histogram = Histogram(bounds: [2])
        for value in [1, 1, 1.05, 4, 0] { histogram.observe(value) }
        let exemplar = Exemplar([Label(name: "run", value: "a")], value: 4, timestamp: 1.25)
        let message = try ProtobufMessage(histogram.protobuf(created: 1_700_000_000.5, exemplar: exemplar))
        #expect(message.sints(5) == [3])
        #expect(message.uint(7) == 1)
        #expect(try message.messages(12).map { $0.sints(1) } == [[0], [14]])
        #expect(try message.messages(12).map { $0.uint(2) } == [2, 1])
        #expect(message.sints(13) == [2, -1, 0])
        let created = try message.messages(15)
        #expect(created.map { $0.uint(1) } == [1_700_000_000])
        #expect(created.map { $0.uint(2) } == [500_000_000])
        #expect(try message.messages(16).map { $0.double(2) } == [4])
        #expect(try message.messages(3).map { $0.double(2) } == [2, .infinity])
    }
}
