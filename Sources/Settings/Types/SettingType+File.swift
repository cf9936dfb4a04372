import Model

extension SettingType where Value == String {
    /// The path of a file that can be read and is not empty.
    static let readableFile = SettingType(name: "path", yaml: YAMLText.text(unlessEmpty:)) { value, key, reading in
        guard let path = reading.path(value, of: key) else { return nil }
        switch reading.files.read(path, 1) {
        case .failure(let problem):
            reading.complain(at: value.mark, "`\(key)`: the file \(Quotation.quoted(path)) \(problem)")
            return nil
        case .success(let bytes) where bytes.isEmpty:
            reading.complain(at: value.mark, "`\(key)`: the file \(Quotation.quoted(path)) is empty")
            return nil
        case .success:
            return path
        }
    }
}

extension SettingType where Value == Secret {
    /// The longest secret or token that is read, in bytes.
    static var longest: Int { 65_536 }

    /// A secret in the settings themselves.
    static let secret = SettingType(name: "text", yaml: YAMLText.secret) { value, key, reading in
        guard case .text(let text, _) = value.kind else {
            reading.complain(at: value.mark, "`\(key)` must be a text, not \(value.kindWords)")
            return nil
        }
        return reading.secret(text, at: value.mark, objection: "`\(key)`")
    }

    /// A secret in a file, whose last line end does not count.
    static let secretFile = SettingType(name: "path", yaml: YAMLText.secret) { value, key, reading in
        guard let path = reading.path(value, of: key) else { return nil }
        let name = "`\(key)`: the file \(Quotation.quoted(path))"
        switch reading.files.read(path, longest + 1) {
        case .failure(let problem):
            reading.complain(at: value.mark, "\(name) \(problem)")
            return nil
        case .success(let bytes):
            guard bytes.count <= longest else {
                reading.complain(
                    at: value.mark,
                    "\(name) is larger than 64 KiB; it must hold the secret and nothing else"
                )
                return nil
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                reading.complain(at: value.mark, "\(name) is not a UTF-8 text")
                return nil
            }
            return reading.secret(text, at: value.mark, objection: name)
        }
    }

    /// A secret in an environment variable.
    static let secretVariable = SettingType(name: "variable name", yaml: YAMLText.secret) { value, key, reading in
        guard case .text(let name, _) = value.kind, !name.isEmpty else {
            reading.refuse(value, of: key, expected: "the name of an environment variable")
            return nil
        }
        guard Self.isVariable(name) else {
            // Not quoted: the secret itself may have been written here.
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

    private static func isVariable(_ name: String) -> Bool {
        guard let first = name.first, name.utf8.count <= 128 else { return false }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } && !first.isNumber
    }
}

extension SettingsReading {
    /// A path as it is written, relative to the directory of the settings.
    mutating func path(_ value: YAMLValue, of key: String) -> String? {
        guard case .text(let text, _) = value.kind, !text.isEmpty, !text.hasControlCharacters else {
            refuse(value, of: key, expected: "the path of a file")
            return nil
        }
        if text.hasPrefix("/") { return text }
        guard let slash = file.lastIndex(of: "/") else { return text }
        return String(file[...slash]) + text
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
        guard trimmed.utf8.count <= 65_536 else {
            complain(at: mark, "\(name) holds more than 64 KiB; it must hold the secret and nothing else")
            return nil
        }
        return Secret(trimmed)
    }
}
