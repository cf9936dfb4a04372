/// An entry of a list and where it begins; `nil` where it was refused as a whole.
struct Located<Value: Sendable>: Sendable {
    var value: Value?
    var mark: SourceMark

    init(_ value: Value?, at mark: SourceMark) {
        self.value = value
        self.mark = mark
    }
}
