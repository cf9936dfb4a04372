import Model

extension SettingType where Value == String {
    /// The path of a readable file that is not empty.
    static let readableFile = SettingType(name: "path", yaml: YAMLText.text(unlessEmpty:)) { value, key, reading in
        guard let file = reading.file(value, of: key, limit: 1) else { return nil }
        guard !file.bytes.isEmpty else {
            reading.complain(at: value.mark, "\(file.name) is empty")
            return nil
        }
        return file.path
    }
}

extension SettingType where Value == Secret {
    /// The largest secret or token, in bytes.
    static var longest: Int { 65_536 }

    /// A secret in the configuration file itself.
    static let secret = SettingType(name: "text", yaml: YAMLText.secret) { value, key, reading in
        guard case .text(let text, _) = value.kind else {
            reading.complain(at: value.mark, "`\(key)` must be a text, not \(value.kindWords)")
            return nil
        }
        if let variable = text.variable {
            let remedy = "variables are not expanded; write `\(key)_env: \(variable)` instead"
            reading.complain(at: value.mark, "`\(key)` is the name of a variable and not the secret: \(remedy)")
            return nil
        }
        return reading.secret(text, at: value.mark, objection: "`\(key)`")
    }

    /// A secret in a file. White space and line ends around it do not count.
    static let secretFile = SettingType(name: "path", yaml: YAMLText.secret) { value, key, reading in
        guard let file = reading.file(value, of: key, limit: longest + 1) else { return nil }
        guard file.bytes.count <= longest else {
            reading.complain(
                at: value.mark,
                "\(file.name) is larger than 64 KiB; it must hold the secret and nothing else"
            )
            return nil
        }
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            reading.complain(at: value.mark, "\(file.name) is not a UTF-8 text")
            return nil
        }
        return reading.secret(text, at: value.mark, objection: file.name)
    }

    /// A secret in an environment variable.
    static let secretVariable = SettingType(name: "variable name", yaml: YAMLText.secret) { value, key, reading in
        guard case .text(let name, _) = value.kind, !name.isEmpty else {
            reading.refuse(value, of: key, expected: "the name of an environment variable")
            return nil
        }
        guard name.isIdentifier, name.utf8.count <= 128 else {
            // Not quoted, because the value may be the secret itself.
            reading.complain(
                at: value.mark,
                "`\(key)` must be the name of an environment variable, of letters, digits and `_`, such as `KOREAI_SECRET`"
            )
            return nil
        }
        guard let text = reading.environment[name] else {
            reading.complain(at: value.mark, "`\(key)`: the environment variable `\(name)` is not set")
            return nil
        }
        return reading.secret(text, at: value.mark, objection: "`\(key)`: the environment variable `\(name)`")
    }
}

extension SettingsReading {
    /// The path in a value; a relative path begins at the directory of the settings.
    mutating func path(_ value: YAMLValue, of key: String) -> String? {
        guard case .text(let text, _) = value.kind, !text.isEmpty, !text.hasControlCharacters else {
            refuse(value, of: key, expected: "the path of a file")
            return nil
        }
        if text.hasPrefix("/") { return text }
        guard let slash = file.lastIndex(of: "/") else { return text }
        return String(file[...slash]) + text
    }

    /// Reads the beginning of the file that a value names.
    ///
    /// - Returns: The path, the file's name in complaints, and at most `limit` bytes.
    mutating func file(
        _ value: YAMLValue,
        of key: String,
        limit: Int
    ) -> (path: String, name: String, bytes: [UInt8])? {
        guard let path = path(value, of: key) else { return nil }
        let name = "`\(key)`: the file \(Quotation.quoted(path))"
        switch files.read(path, limit) {
        case .success(let bytes): return (path, name, bytes)
        case .failure(let problem):
            complain(at: value.mark, "\(name) \(problem)")
            return nil
        }
    }

    /// One line of secret text, without the line end that editors and `echo` add.
    fileprivate mutating func secret(_ text: String, at mark: SourceMark, objection name: String) -> Secret? {
        let trimmed = text.trimmingSpaces()
        hide(trimmed)
        guard !trimmed.isEmpty else {
            complain(at: mark, "\(name) is empty; it must hold the secret")
            return nil
        }
        guard !trimmed.hasControlCharacters else {
            complain(at: mark, "\(name) holds more than one line; it must hold the secret and nothing else")
            return nil
        }
        let ends = [("begins", trimmed.unicodeScalars.first), ("ends", trimmed.unicodeScalars.last)]
        for case (let word, let end?) in ends where end.properties.generalCategory == .format {
            let code = "U+" + String(end.value, radix: 16, uppercase: true)
            let kind = end == "\u{FEFF}" ? "a byte-order mark" : "an invisible character"
            complain(at: mark, "\(name) \(word) with \(kind) (\(code)), which would be sent with the secret; remove it")
            return nil
        }
        guard trimmed.utf8.count <= SettingType<Secret>.longest else {
            complain(at: mark, "\(name) holds more than 64 KiB; it must hold the secret and nothing else")
            return nil
        }
        return Secret(trimmed)
    }
}
