/// What the file says about one key.
enum Given<Value: Sendable>: Sendable {
    /// The key is not there.
    case absent
    /// The key is there, but its value was refused: there is a complaint already.
    case refused(SourceMark)
    case given(Value, SourceMark)

    /// The value, where one was given and accepted.
    var value: Value? {
        if case .given(let value, _) = self { value } else { nil }
    }

    /// Where the value stands.
    var mark: SourceMark? {
        switch self {
        case .absent: nil
        case .refused(let mark), .given(_, let mark): mark
        }
    }

    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }

    /// This, or `other` where the key is not there.
    func or(_ other: Given<Value>) -> Given<Value> {
        isAbsent ? other : self
    }
}
