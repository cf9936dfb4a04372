/// A duration as Prometheus writes it: `30s`, `1m30s`, `1h`, `500ms`, `0`.
///
/// Source: the `duration` form of Prometheus' configuration: units in falling order, each at most once.
struct PrometheusDuration: Sendable, Hashable {
    let duration: Duration

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// - Returns: `nil` where the text is no such duration, or one of more than a thousand years.
    init?(_ text: String) {
        if text == "0" {
            duration = .zero
            return
        }
        var rest = Substring(text)
        var total: Int64 = 0
        var allowed = Self.units[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let count = Int64(digits),
                let unit = allowed.firstIndex(where: { $0.name == name })
            else { return nil }
            let (part, overflow) = count.multipliedReportingOverflow(by: Self.units[unit].milliseconds)
            let (sum, overflowed) = total.addingReportingOverflow(part)
            guard !overflow, !overflowed, sum <= 1000 * 366 * 86_400_000 else { return nil }
            total = sum
            allowed = Self.units[(unit + 1)...]
        }
        guard !text.isEmpty else { return nil }
        duration = .milliseconds(total)
    }
}

extension PrometheusDuration: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let parsed = PrometheusDuration(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a duration such as 30s, 1m30s or 500ms, found \"\(text)\""
            )
        }
        self = parsed
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero and kept within ±1,000 years, so that sums of them cannot overflow.
    var clampedMilliseconds: Int64 {
        let limit: Int64 = 1000 * 366 * 86_400
        let (seconds, attoseconds) = components
        guard seconds < limit else { return limit * 1000 }
        guard seconds > -limit else { return -limit * 1000 }
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// Scenario time to real time: divided by how many scenario seconds pass in a real one.
    func divided(bySpeed speed: Double) -> Duration {
        guard speed > 0, speed.isFinite else { return self }
        let limit = 1000.0 * 366 * 86_400 * 1000
        return .milliseconds(Int64(min(max(Double(clampedMilliseconds) / speed, -limit), limit)))
    }
}
