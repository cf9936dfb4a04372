extension SettingType where Value == String {
    /// Text, quoted or not: `no` and `0042` are what they look like.
    ///
    /// - Parameter objection: Says what is wrong with a text, to follow "`key`": "must not hold a `/`".
    static func text(
        _ name: String = "text",
        objection: @escaping @Sendable (String) -> String? = { _ in nil }
    ) -> SettingType {
        SettingType(name: name) { value, key, reading in
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
        return nil
    }
}

extension String {
    /// Whether there is a line end, a tab or another control character.
    var hasControlCharacters: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
