/// What the value of a key must be.
struct SettingType<Value: Sendable>: Sendable {
    /// As the reference names it: `duration`.
    let name: String
    /// Gives the value, or complains and gives `nil`. The text is the key's name.
    let read: @Sendable (YAMLValue, String, inout SettingsReading) -> Value?
}

extension SettingsReading {
    /// Reads the value of a key, having refused what no key may have.
    mutating func read<Value>(_ value: YAMLValue, as type: SettingType<Value>, of key: String) -> Given<Value> {
        guard !value.isForeign else {
            complain(
                at: value.mark,
                "`\(key)` has a YAML tag that is not understood; write the value itself, without `!…`"
            )
            return .refused(value.mark)
        }
        guard let read = type.read(value, key, &self) else { return .refused(value.mark) }
        return .given(read, value.mark)
    }

    /// Complains that a value that is no secret has the wrong type.
    mutating func refuse(_ value: YAMLValue, of key: String, expected: String, remedy: String? = nil) {
        let tail = remedy.map { "; \($0)" } ?? ""
        complain(at: value.mark, "`\(key)` must be \(expected), not \(value.words)\(tail)")
    }
}
