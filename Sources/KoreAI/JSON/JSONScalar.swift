/// A JSON value as far as a reply's field can use it.
enum JSONScalar: Hashable {
    case null
    case bool(Bool)
    /// As it stands in the body, so that no number is too large or too exact to be told.
    case number(String)
    case string(String)
    case array
    case object
    /// A bare word that JSON does not have but some writers send: `NaN`, `Infinity`, `undefined`.
    case word(String)
}
