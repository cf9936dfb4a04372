extension SettingType where Value == Bool {
    /// `true` or `false`, without quotes.
    static let flag = SettingType(name: "boolean") { value, key, reading in
        if case .text(let text, let isPlain) = value.kind {
            switch (text, isPlain) {
            case ("true", true), ("True", true), ("TRUE", true): return true
            case ("false", true), ("False", true), ("FALSE", true): return false
            case ("true", false), ("false", false):
                reading.complain(at: value.mark, "`\(key)` must be `true` or `false` without quotes")
                return nil
            default: break
            }
        }
        reading.refuse(value, of: key, expected: "`true` or `false`")
        return nil
    }
}
