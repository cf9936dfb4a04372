/// Reads and writes durations in Prometheus's notation: `30s`, `1m30s`, `1h`, `500ms`.
///
/// The units are y (365 days), w, d, h, m, s and ms, from large to small, each at most once. A bare `0` is allowed.
///
/// Source: `ParseDuration` and `Duration.String` in github.com/prometheus/common/model/time.go.
package enum PrometheusDuration {
    /// A unit of time and its length in milliseconds.
    struct Unit: Sendable {
        let name: String
        let milliseconds: Int64
        /// Whether ``PrometheusDuration/format(_:)`` uses the unit only if nothing is left over.
        let isExactOnly: Bool
    }

    /// All units, from large to small.
    static let units: [Unit] = [
        Unit(name: "y", milliseconds: 31_536_000_000, isExactOnly: true),
        Unit(name: "w", milliseconds: 604_800_000, isExactOnly: true),
        Unit(name: "d", milliseconds: 86_400_000, isExactOnly: false),
        Unit(name: "h", milliseconds: 3_600_000, isExactOnly: false),
        Unit(name: "m", milliseconds: 60_000, isExactOnly: false),
        Unit(name: "s", milliseconds: 1000, isExactOnly: false),
        Unit(name: "ms", milliseconds: 1, isExactOnly: false),
    ]

    /// The longest duration that Prometheus can hold: 2^63 - 1 nanoseconds, about 292 years.
    static let longestMilliseconds = Int64.max / 1_000_000

    /// Reads a duration.
    ///
    /// - Throws: ``PrometheusDurationError``, whose text says what to write instead.
    package static func parse(_ text: String) throws(PrometheusDurationError) -> Duration {
        if text == "0" { return .zero }
        guard !text.isEmpty else { throw .empty }
        guard !text.hasPrefix("-") else { throw .negative }

        var rest = Substring(text)
        var total: Int64 = 0
        var largestLeft = units.startIndex
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard !digits.isEmpty else { throw .notANumber }
            if rest.first == "." || rest.first == "," { throw .fraction }
            let name = rest.prefix { !($0.isASCII && $0.isNumber) }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty else {
                throw total == 0 && largestLeft == 0 ? .unitMissing(number: String(digits)) : .lastUnitMissing
            }
            guard let index = units.firstIndex(where: { $0.name == name }) else { throw .unknownUnit(String(name)) }
            guard index >= largestLeft else { throw .wrongOrder }
            largestLeft = index + 1
            guard let count = Int64(digits) else { throw .tooLong }
            let (part, isTooLarge) = count.multipliedReportingOverflow(by: units[index].milliseconds)
            let (sum, isTooLong) = total.addingReportingOverflow(part)
            guard !isTooLarge, !isTooLong, sum <= longestMilliseconds else { throw .tooLong }
            total = sum
        }
        return .milliseconds(total)
    }

    /// Writes a duration, cut to the millisecond, as ``parse(_:)`` reads it.
    ///
    /// A negative duration, which ``parse(_:)`` refuses, gets a `-` in front.
    package static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let (wholeSeconds, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        let milliseconds = attoseconds / 1_000_000_000_000_000
        let (signed, isLonger) = wholeSeconds.addingReportingOverflow(milliseconds)
        guard !isTooLong, !isLonger else { return "\(seconds)s" }

        var left = signed.magnitude
        guard left > 0 else { return "0s" }
        var text = signed < 0 ? "-" : ""
        for unit in units {
            let size = UInt64(unit.milliseconds)
            if unit.isExactOnly, !left.isMultiple(of: size) { continue }
            let count = left / size
            guard count > 0 else { continue }
            text += "\(count)\(unit.name)"
            left -= count * size
        }
        return text
    }
}

/// Why a text is not a duration. Its description ends a sentence such as "`30` is not a duration: …".
package enum PrometheusDurationError: Error, Sendable, Hashable {
    case empty
    case negative
    case notANumber
    case fraction
    case unitMissing(number: String)
    case lastUnitMissing
    case unknownUnit(String)
    case wrongOrder
    case tooLong
}

extension PrometheusDurationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "it is empty"
        case .negative: "it cannot be negative"
        case .notANumber: "it must begin with a number, without spaces, as in `1m30s`"
        case .fraction: "the numbers must be whole; write `1h30m` for one and a half hours"
        case .unitMissing(let number): "the unit is missing; did you mean \(Quotation.quoted(number + "s"))?"
        case .lastUnitMissing: "the last number has no unit"
        case .unknownUnit(let unit):
            "\(Quotation.quoted(unit)) is not a unit; the units are `y`, `w`, `d`, `h`, `m` (minutes), `s` and `ms`"
        case .wrongOrder: "units go from large to small, each at most once, as in `1h30m`"
        case .tooLong: "it is longer than 292 years"
        }
    }
}

extension Duration {
    /// The duration in Prometheus's notation, such as `1m30s`, cut to the millisecond.
    package var prometheusText: String {
        PrometheusDuration.format(self)
    }
}
