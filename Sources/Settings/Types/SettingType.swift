/// The type of a key's value: how it is read, checked and written.
struct SettingType<Value: Sendable>: Sendable {
    /// The name in the reference, such as `duration`.
    let name: String
    /// Returns the value, or `nil` after a complaint. The string is the key's name.
    let read: @Sendable (YAMLValue, String, inout SettingsReading) -> Value?
    /// The YAML of a value; `nil` for a value that is not written.
    let yaml: @Sendable (Value) -> YAMLText?

    init(
        name: String,
        yaml: @escaping @Sendable (Value) -> YAMLText?,
        read: @escaping @Sendable (YAMLValue, String, inout SettingsReading) -> Value?
    ) {
        self.name = name
        self.read = read
        self.yaml = yaml
    }

    /// A type whose values are never written, as in the web configuration.
    init(name: String, read: @escaping @Sendable (YAMLValue, String, inout SettingsReading) -> Value?) {
        self.init(name: name, yaml: { _ in nil }, read: read)
    }

    /// The type for a key whose value another key writes.
    var unwritten: SettingType { SettingType(name: name, read: read) }

    /// The type for an optional property.
    var optional: SettingType<Value?> {
        SettingType<Value?>(
            name: name,
            yaml: { $0.flatMap(yaml) },
            read: { value, key, reading in read(value, key, &reading).map(Optional.some) }
        )
    }
}

extension SettingsReading {
    /// Reads the value of a key, and refuses tags that are not YAML's own. `nil` after a complaint.
    mutating func read<Value>(_ value: YAMLValue, as type: SettingType<Value>, of key: String) -> Value? {
        guard !value.isForeign else {
            complain(
                at: value.mark,
                "`\(key)` has a YAML tag that is not understood; write the value itself, without `!…`"
            )
            return nil
        }
        return type.read(value, key, &self)
    }

    /// Complains that a value has the wrong type. Not for secrets, because it quotes the value.
    mutating func refuse(_ value: YAMLValue, of key: String, expected: String, remedy: String? = nil) {
        let tail = remedy.map { "; \($0)" } ?? ""
        complain(at: value.mark, "`\(key)` must be \(expected), not \(value.words)\(tail)")
    }
}

extension SettingType where Value == Bool {
    /// `true` or `false`, without quotes.
    static let flag = SettingType(name: "boolean", yaml: { .plain("\($0)") }) { value, key, reading in
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

extension SettingType where Value == Int {
    /// A whole number within bounds, without quotes.
    static func integer(_ bounds: ClosedRange<Int>) -> SettingType {
        let expected = "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
        return SettingType(name: "integer", yaml: { .plain("\($0)") }) { value, key, reading in
            guard case .text(let text, let isPlain) = value.kind else {
                reading.refuse(value, of: key, expected: expected)
                return nil
            }
            guard let number = Self.decimal(text), bounds.contains(number) else {
                reading.refuse(value, of: key, expected: expected)
                return nil
            }
            guard isPlain else {
                reading.complain(at: value.mark, "`\(key)` must be a number, not a text; remove the quotes around it")
                return nil
            }
            return number
        }
    }

    /// A number of bytes, `1048576`, or of a unit with base 1024, `1MiB`.
    static func bytes(_ bounds: ClosedRange<Int>) -> SettingType {
        let expected =
            "a size from \(sizeText(bounds.lowerBound)) to \(sizeText(bounds.upperBound)), such as `1MiB` or `1048576` (bytes)"
        return SettingType(name: "size", yaml: { .plain("\($0)") }) { value, key, reading in
            guard case .text(let text, _) = value.kind, let size = Self.size(text), bounds.contains(size) else {
                reading.refuse(value, of: key, expected: expected)
                return nil
            }
            return size
        }
    }

    private static let sizeUnits = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("", 1)]

    /// A number of ASCII digits only. `+1`, `1_000` and `1e3` are refused, because readers differ on them.
    private static func decimal(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private static func size(_ text: String) -> Int? {
        for (unit, factor) in sizeUnits where text.hasSuffix(unit) {
            guard let count = decimal(text.dropLast(unit.count)) else { return nil }
            let (size, isTooLarge) = count.multipliedReportingOverflow(by: factor)
            return isTooLarge ? nil : size
        }
        return nil
    }

    /// A size in the largest unit that divides it.
    static func sizeText(_ size: Int) -> String {
        for (unit, factor) in sizeUnits where size >= factor && size.isMultiple(of: factor) {
            return "\(size / factor)\(unit)"
        }
        return "\(size)"
    }
}

extension SettingType where Value == String {
    /// Text, with or without quotes: `no` and `0042` stay as they are.
    ///
    /// - Parameter objection: Says what is wrong with a text, to follow "`key`": "must not hold a `/`".
    static func text(objection: @escaping @Sendable (String) -> String?) -> SettingType {
        SettingType(name: "text", yaml: YAMLText.text(unlessEmpty:)) { value, key, reading in
            guard case .text(let text, _) = value.kind, !text.isEmpty else {
                reading.refuse(value, of: key, expected: "a text")
                return nil
            }
            if let objection = objection(text) {
                reading.complain(at: value.mark, "`\(key)` \(objection), not \(value.words)")
                return nil
            }
            return text
        }
    }

    /// A value of the label `bot`, or the name of a credential or a discovery.
    static let name = text { name in
        if name.unicodeScalars.count > 128 { return "must have at most 128 characters" }
        if name.hasControlCharacters { return "must not hold control characters" }
        if name != name.trimmingSpaces() { return "must not begin or end with a space" }
        return nil
    }

    /// The platform's id of a bot, which is part of the path of each request.
    static let botID = text { id in
        if id.unicodeScalars.count > 128 { return "must have at most 128 characters" }
        let isForbidden = id.contains { $0.isWhitespace || "/\\?#%".contains($0) } || id.hasControlCharacters
        if isForbidden || id == "." || id == ".." {
            return
                "must be the bot's id on the platform, such as `st-1111`, without spaces and `/`, `\\`, `?`, `#`, `%`"
        }
        return nil
    }

    /// Text without control characters, such as a client id.
    static let plainText = text { text in
        if text.hasControlCharacters { return "must not hold control characters" }
        if text != text.trimmingSpaces() { return "must not begin or end with a space" }
        if text.variable != nil { return "must be the value itself, as variables are not expanded" }
        return nil
    }
}

extension String {
    /// The variable's name if the whole text is a reference to one, as in shells, Compose and Kubernetes: `${NAME}` or
    /// `$(NAME)`. The settings do not expand variables.
    var variable: String? {
        guard hasPrefix("${") && hasSuffix("}") || hasPrefix("$(") && hasSuffix(")") else { return nil }
        let name = String(dropFirst(2).dropLast())
        return name.isIdentifier ? name : nil
    }

    /// Whether the text contains a line end, a tab or another control character.
    var hasControlCharacters: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
