import Model

/// Parses a duration in the format of Go's `time.ParseDuration`: `1s`, `1.5s`, `1m30s`, `100ms`, `0`.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// - Returns: `nil` for anything else, for a negative duration and for one above 365 days.
    static func parse(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var total = 0.0
        repeat {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest[digits.endIndex...]
            let letters = rest.prefix { !$0.isNumber && $0 != "." }
            rest = rest[letters.endIndex...]
            guard digits.contains(where: \.isNumber), let count = Double(digits),
                let unit = units.first(where: { $0.name == letters })
            else { return nil }
            total += count * unit.nanoseconds
        } while !rest.isEmpty
        guard total <= 365 * 86400e9 else { return nil }
        return .nanoseconds(Int64(total.rounded()))
    }
}

extension SettingType where Value == Duration {
    /// A duration within bounds, in Prometheus's format.
    static func duration(_ bounds: ClosedRange<Duration>) -> SettingType {
        SettingType(name: "duration", yaml: { .plain($0.prometheusText) }) { value, key, reading in
            guard case .text(let text, _) = value.kind, !text.isEmpty else {
                reading.refuse(value, of: key, expected: "a duration such as `30s` or `1m30s`")
                return nil
            }
            do throws(PrometheusDurationError) {
                let duration = try PrometheusDuration.parse(text)
                guard duration >= bounds.lowerBound else {
                    let least = bounds.lowerBound.prometheusText
                    reading.complain(at: value.mark, "`\(key)` must be at least \(least), not \(value.words)")
                    return nil
                }
                guard duration <= bounds.upperBound else {
                    let most = bounds.upperBound.prometheusText
                    reading.complain(at: value.mark, "`\(key)` must be at most \(most), not \(value.words)")
                    return nil
                }
                return duration
            } catch {
                reading.complain(
                    at: value.mark,
                    "`\(key)` must be a duration such as `30s` or `1m30s`, not \(value.words): \(error)"
                )
                return nil
            }
        }
    }
}
