import Testing

@testable import Exposition

struct HistogramTests {
    @Test(
        "an observation falls into the first bucket whose bound is not below it",
        arguments: [(-1, 0), (1, 0), (1.5, 1), (2, 1), (2.5, 2), (100, 2)] as [(Double, Int)]
    )
    func buckets(value: Double, bucket: Int) {
        var histogram = Histogram(bounds: [1, 2])
        histogram.observe(value)
        #expect(histogram.counts.enumerated().filter { $0.element == 1 }.map(\.offset) == [bucket])
        #expect(histogram.count == 1)
        #expect(histogram.sum == value)
    }

    @Test("what is not a finite number is not counted", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) {
        var histogram = Histogram(bounds: [1])
        histogram.observe(value)
        #expect(histogram.count == 0)
        #expect(histogram.sum == 0)
    }

    @Test("bounds are sorted, without duplicates and infinities")
    func bounds() {
        #expect(Histogram(bounds: [2, 1, .infinity, 2, .nan]).bounds == [1, 2])
    }
}
