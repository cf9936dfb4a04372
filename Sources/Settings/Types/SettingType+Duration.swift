extension SettingType where Value == Duration {
    /// A duration within bounds.
    static func duration(_ bounds: ClosedRange<Duration>) -> SettingType {
        SettingType(name: "duration") { value, key, reading in
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
