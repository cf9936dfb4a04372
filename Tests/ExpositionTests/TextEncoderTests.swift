import Testing

@testable import Exposition

struct TextEncoderTests {
    private let gauge = MetricFamily("temperature", .gauge, labels: ["room"], help: "How warm it is.")
    private let counter = MetricFamily("work_seconds_total", .counter, labels: ["call"], help: "A \\ and\na \"line\".")

    @Test("a header gives help and type, in OpenMetrics also the unit")
    func header() {
        #expect(
            string(TextEncoder.header(of: counter, .prometheus))
                == "# HELP work_seconds_total A \\\\ and\\na \"line\".\n# TYPE work_seconds_total counter\n"
        )
        #expect(
            string(TextEncoder.header(of: counter, .openMetrics))
                == "# HELP work_seconds A \\\\ and\\na \\\"line\\\".\n# TYPE work_seconds counter\n# UNIT work_seconds seconds\n"
        )
    }

    @Test(
        "numbers are written so that they read back as the same number",
        arguments: [
            (0, "0"), (-0.0, "-0.0"), (1, "1"), (-3, "-3"), (0.1, "0.1"), (1e-9, "1e-09"),
            (1_732_155_600.123, "1732155600.123"),
            (9_007_199_254_740_991, "9007199254740991"), (9_007_199_254_740_992, "9007199254740992.0"),
            (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"), (.leastNonzeroMagnitude, "5e-324"),
        ] as [(Double, String)]
    )
    func numbers(number: Double, written: String) {
        #expect(text(Sample(["a"], number: number), of: gauge) == "temperature{room=\"a\"} \(written)\n")
    }

    @Test("counts above 2^53 stay exact")
    func counts() {
        let written = text(Sample([], count: .max), of: MetricFamily("x_total", .counter, help: ""))
        #expect(written == "x_total 18446744073709551615\n")
    }

    @Test(
        "label values are escaped",
        arguments: [
            ("", ""), ("plain", "plain"), ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb"), ("é🙂", "é🙂"),
            ("a,b}=", "a,b}="), ("\0", "\0"), ("\r", "\r"),
        ]
    )
    func labelValues(value: String, written: String) {
        for group in [SeriesGroup([]), SeriesGroup([value])] {
            #expect(text(Sample([value], number: 1), of: gauge, group: group) == "temperature{room=\"\(written)\"} 1\n")
        }
    }

    @Test("additional labels follow the family's own")
    func additionalLabels() {
        let sample = Sample(["attic"], .count(1), additionalLabels: [Label(name: "team", value: "x\"y")])
        #expect(text(sample, of: gauge) == "temperature{room=\"attic\",team=\"x\\\"y\"} 1\n")
    }

    @Test("a group may hold samples with its label values before their own, and others")
    func mixedGroup() {
        let family = MetricFamily("x", .gauge, labels: ["a", "b"], help: "")
        let samples = [Sample(["1", "2"], number: 1), Sample(["3"], number: 2), Sample(["1"], number: 3)]
        let page = ModelPage(group: SeriesGroup(["1"]), samples)
        #expect(
            string(TextEncoder.render(page, of: family, .prometheus))
                == "x{a=\"1\",b=\"2\"} 1\nx{a=\"3\"} 2\nx{a=\"1\"} 3\n"
        )
    }

    @Test("a histogram has cumulative buckets, a sum and a count that equals the last bucket")
    func histogram() {
        #expect(
            text(durations, of: MetricFamily("d_seconds", .histogram, labels: ["call"], help: "")) == """
                d_seconds_bucket{call="get",le="0.1"} 2
                d_seconds_bucket{call="get",le="1"} 3
                d_seconds_bucket{call="get",le="+Inf"} 4
                d_seconds_sum{call="get"} 7.65
                d_seconds_count{call="get"} 4

                """
        )
    }

    @Test("in OpenMetrics a histogram has its exemplar, its time of creation, and bounds with a fraction")
    func openMetricsHistogram() {
        let family = MetricFamily("d_seconds", .histogram, labels: ["call"], help: "")
        #expect(
            text(durations, of: family, .openMetrics) == """
                d_seconds_bucket{call="get",le="0.1"} 2
                d_seconds_bucket{call="get",le="1.0"} 3 # {run="a\\"b"} 0.5 1732155600.5
                d_seconds_bucket{call="get",le="+Inf"} 4
                d_seconds_sum{call="get"} 7.65
                d_seconds_count{call="get"} 4
                d_seconds_created{call="get"} 1732155000.25

                """
        )
    }

    @Test("in OpenMetrics a counter's time of creation follows it")
    func openMetricsCounter() {
        #expect(
            text(Sample(["x"], count: 3, created: 7.5), of: counter, .openMetrics)
                == "work_seconds_total{call=\"x\"} 3\nwork_seconds_created{call=\"x\"} 7.5\n"
        )
        #expect(text(Sample(["x"], count: 3, created: 7.5), of: counter) == "work_seconds_total{call=\"x\"} 3\n")
        #expect(text(Sample(["x"], count: 3), of: counter, .openMetrics) == "work_seconds_total{call=\"x\"} 3\n")
    }

    private var durations: Sample {
        var histogram = Histogram(bounds: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 7] {
            histogram.observe(value)
        }
        return Sample(
            ["get"],
            .histogram(histogram),
            created: 1_732_155_000.25,
            exemplar: Exemplar([Label(name: "run", value: "a\"b")], value: 0.5, timestamp: 1_732_155_600.5)
        )
    }

    private func text(
        _ sample: Sample,
        of family: MetricFamily,
        _ dialect: TextDialect = .prometheus,
        group: SeriesGroup = SeriesGroup([])
    ) -> String {
        string(TextEncoder.render(ModelPage(group: group, [sample]), of: family, dialect))
    }

    private func string(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
