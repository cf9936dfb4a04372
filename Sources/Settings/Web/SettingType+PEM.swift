import Secrets

extension SettingType where Value == PEMText {
    /// The largest text that is read, in bytes.
    private static var longest: Int { 1 << 20 }

    /// The path of a file in PEM.
    static let pemFile = SettingType(name: "path") { value, key, reading in
        guard let path = reading.path(value, of: key) else { return nil }
        let name = "`\(key)`: the file \(Quotation.quoted(path))"
        switch reading.files.read(path, longest + 1) {
        case .failure(let problem):
            reading.complain(at: value.mark, "\(name) \(problem)")
            return nil
        case .success(let bytes):
            guard bytes.count <= longest, let text = String(validating: bytes, as: UTF8.self) else {
                reading.complain(at: value.mark, "\(name) is not a text in PEM")
                return nil
            }
            return reading.pem(text, path: path, at: value.mark, of: key, name: name)
        }
    }

    /// A text in PEM in the configuration itself.
    static let pem = SettingType(name: "text in PEM") { value, key, reading in
        guard case .text(let text, _) = value.kind else {
            reading.complain(at: value.mark, "`\(key)` must be a text in PEM, not \(value.kindWords)")
            return nil
        }
        return reading.pem(text, path: nil, at: value.mark, of: key, name: "`\(key)`")
    }
}

extension SettingsReading {
    fileprivate mutating func pem(
        _ text: String,
        path: String?,
        at mark: SourceMark,
        of key: String,
        name: String
    ) -> PEMText? {
        guard text.contains("-----BEGIN ") else {
            complain(at: mark, "\(name) is not a text in PEM: no line begins with `-----BEGIN `")
            return nil
        }
        return PEMText(text: Secret(text), path: path, place: PEMText.Place(file: file, mark: mark, key: key))
    }
}
