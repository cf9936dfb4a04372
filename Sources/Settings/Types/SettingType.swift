/// What the value of a key must be.
struct SettingType<Value: Sendable>: Sendable {
    /// As the reference names it: `duration`.
    let name: String
    /// Gives the value, or complains and gives `nil`. The text is the key's name.
    let read: @Sendable (YAMLValue, String, inout SettingsReading) -> Value?
    /// How a value is written; `nil` for one that stands for nothing.
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

    /// A type whose values are never written, as those of the web configuration.
    init(name: String, read: @escaping @Sendable (YAMLValue, String, inout SettingsReading) -> Value?) {
        self.init(name: name, yaml: { _ in nil }, read: read)
    }

    /// The same for a key whose value is written by another.
    var unwritten: SettingType { SettingType(name: name, read: read) }

    /// The same for a place that may be empty.
    var optional: SettingType<Value?> {
        SettingType<Value?>(
            name: name,
            yaml: { $0.flatMap(yaml) },
            read: { value, key, reading in read(value, key, &reading).map(Optional.some) }
        )
    }
}

extension SettingsReading {
    /// Reads the value of a key, having refused what no key may have. `nil` where there is a complaint now.
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

    /// Complains that a value that is no secret has the wrong type.
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

    /// A number of bytes: `1048576`, or with a unit of 1024, `1MiB`.
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

    /// ASCII digits and nothing else, so that neither `+1` nor `1_000` nor `1e3` is read in a way of its own.
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

    /// A size with the largest unit that leaves nothing over.
    static func sizeText(_ size: Int) -> String {
        for (unit, factor) in sizeUnits where size >= factor && size.isMultiple(of: factor) {
            return "\(size / factor)\(unit)"
        }
        return "\(size)"
    }
}

extension SettingType where Value == String {
    /// Text, quoted or not: `no` and `0042` are what they look like.
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

    /// The `bot` label, or the name of a credential.
    static let name = text { name in
        if name.unicodeScalars.count > 128 { return "must have at most 128 characters" }
        if name.hasControlCharacters { return "must not hold control characters" }
        if name != name.trimmingSpaces() { return "must not begin or end with a space" }
        return nil
    }

    /// The platform's id of a bot, which stands in the path of each request.
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
    /// The name where the whole text is a reference to an environment variable, as in shells, Compose and Kubernetes:
    /// `${NAME}` or `$(NAME)`. The settings expand none.
    var variable: String? {
        guard hasPrefix("${") && hasSuffix("}") || hasPrefix("$(") && hasSuffix(")") else { return nil }
        let name = String(dropFirst(2).dropLast())
        return name.isIdentifier ? name : nil
    }

    /// Whether there is a line end, a tab or another control character.
    var hasControlCharacters: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
