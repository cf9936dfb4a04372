import Testing

@testable import Exposition

struct TextEncoderTests {
    private let gauge = MetricFamily("temperature", .gauge, labels: ["room"], help: "How warm it is.")

    @Test("a header gives help and type")
    func header() {
        var encoder = TextEncoder()
        encoder.writeHeader(of: MetricFamily("x_total", .counter, help: "A \\ and\na line, \"quoted\"."))
        #expect(text(&encoder) == "# HELP x_total A \\\\ and\\na line, \"quoted\".\n# TYPE x_total counter\n")
    }

    @Test(
        "numbers are written so that they read back as the same number",
        arguments: [
            (0, "0"), (-0.0, "-0.0"), (1, "1"), (-3, "-3"), (0.1, "0.1"), (1e-9, "1e-09"),
            (1_732_155_600.123, "1732155600.123"),
            (9_007_199_254_740_991, "9007199254740991"), (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"), (.leastNonzeroMagnitude, "5e-324"),
        ] as [(Double, String)]
    )
    func numbers(number: Double, written: String) {
        var encoder = TextEncoder()
        encoder.write(Sample(["a"], number: number), of: gauge)
        #expect(text(&encoder) == "temperature{room=\"a\"} \(written)\n")
    }

    @Test("counts above 2^53 stay exact")
    func counts() {
        var encoder = TextEncoder()
        encoder.write(Sample([], count: .max), of: MetricFamily("x_total", .counter, help: ""))
        #expect(text(&encoder) == "x_total 18446744073709551615\n")
    }

    @Test(
        "label values are escaped",
        arguments: [
            ("", ""), ("plain", "plain"), ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb"), ("é🙂", "é🙂"),
            ("a,b}=", "a,b}="),
        ]
    )
    func labelValues(value: String, written: String) {
        var encoder = TextEncoder()
        encoder.write(Sample([value], number: 1), of: gauge)
        #expect(text(&encoder) == "temperature{room=\"\(written)\"} 1\n")
    }

    @Test("additional labels follow the family's own")
    func additionalLabels() {
        var encoder = TextEncoder()
        encoder.write(
            Sample(["attic"], .count(1), additionalLabels: [Label(name: "team", value: "x\"y")]),
            of: gauge
        )
        #expect(text(&encoder) == "temperature{room=\"attic\",team=\"x\\\"y\"} 1\n")
    }

    @Test("a histogram has cumulative buckets, a sum and a count that equals the last bucket")
    func histogram() {
        var histogram = Histogram(bounds: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 7] {
            histogram.observe(value)
        }
        var encoder = TextEncoder()
        encoder.write(
            Sample(["get"], .histogram(histogram)),
            of: MetricFamily("d_seconds", .histogram, labels: ["call"], help: "")
        )
        #expect(
            text(&encoder) == """
                d_seconds_bucket{call="get",le="0.1"} 2
                d_seconds_bucket{call="get",le="1"} 3
                d_seconds_bucket{call="get",le="+Inf"} 4
                d_seconds_sum{call="get"} 7.65
                d_seconds_count{call="get"} 4

                """
        )
    }

    private func text(_ encoder: inout TextEncoder) -> String {
        String(decoding: encoder.take(), as: UTF8.self)
    }
}
