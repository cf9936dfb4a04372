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
