import Exposition

/// Families that are hard to write and to read, with values that never change.
enum AdversarialFamilies {
    static let labelValues = [
        "", "plain", "\"quoted\"", "back\\slash", "line\nbreak", "\\n", "ends with \\", "🙂 é 漢字",
        "a,b}=\" # {x=\"y\"} 1 2",
        "\u{2028}\u{85}\r\t", String(repeating: "64 KiB \"\\\n🙂", count: 65_536 / 14),
    ]
    static let numbers: [Double] = [
        0, -0.0, 0.1, 1e-9, 1_763_731_200.123, 9_007_199_254_740_994, 1e300, .infinity, -.infinity,
        .leastNonzeroMagnitude, -2.5,
    ]

    static func show(in registry: Registry) {
        let help = "Has a \\ backslash, a \"quote\" and\na line break."
        let gauge = MetricFamily("adversarial_seconds", .gauge, labels: ["value"], help: help)
        let counter = MetricFamily("adversarial_bytes_total", .counter, labels: ["value"], help: help)
        let histogram = MetricFamily(
            "adversarial_duration_seconds",
            .histogram,
            labels: ["value"],
            help: "Of 1 to 1000."
        )
        var durations = Histogram(bounds: [1, 10, 100, 1000])
        for value in 1...1000 { durations.observe(Double(value)) }
        let start = 1_763_731_200.0
        for (value, number) in zip(labelValues, numbers) {
            let group = SeriesGroup([value])
            registry.update([
                FamilySamples(gauge, group: group, [Sample([value], number: number)]),
                FamilySamples(
                    counter,
                    group: group,
                    [Sample([value], count: UInt64(1) << 53 + 1, created: start)]
                ),
                FamilySamples(
                    histogram,
                    group: group,
                    [
                        Sample(
                            [value],
                            .histogram(durations),
                            created: start,
                            exemplar: Exemplar(
                                [Label(name: "run_start", value: "2025-11-21T13:20:00.000Z")],
                                value: 95.5
                            )
                        )
                    ]
                ),
            ])
        }
        registry.update([
            FamilySamples(
                MetricFamily("adversarial_info", .gauge, labels: ["value"], help: "Has a label of its own."),
                group: SeriesGroup(["x"]),
                [Sample(["x"], .count(1), additionalLabels: [Label(name: "zone", value: "a\"b\\c\nd")])]
            )
        ])
    }
}
