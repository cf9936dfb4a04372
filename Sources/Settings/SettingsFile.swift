/// The configuration file on the disk.
package enum SettingsFile {
    /// Reads and checks the file, and the files that it names. Blocks while it reads; call it at start and at reload.
    ///
    /// - Parameters:
    ///   - path: As given on the command line.
    ///   - environment: For `client_secret_env` and `token_env`.
    ///   - requiresBots: Whether a file without `bots` is a mistake.
    /// - Throws: All complaints at once; one complaint at 1:1 where the file itself cannot be read.
    package static func load(
        path: String,
        environment: [String: String],
        requiresBots: Bool = true
    ) throws(SettingsComplaints) -> Settings {
        let text = try text(of: path, called: "configuration file")
        return try SettingsParser.parse(text, fileName: path, environment: environment, requiresBots: requiresBots)
    }

    /// The text of a file on the disk.
    ///
    /// - Parameter name: What a complaint calls the file.
    static func text(of path: String, called name: String) throws(SettingsComplaints) -> String {
        switch DiskFile.bytes(of: path, limit: YAMLLimits.bytes + 1, onlyRegular: false) {
        case .failure(let problem):
            throw SettingsComplaints([complaint(path, .start, "the \(name) \(problem)")])
        case .success(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                let mark = firstInvalid(in: bytes)
                throw SettingsComplaints([complaint(path, mark, "this is not UTF-8; save the file in that encoding")])
            }
            return text
        }
    }

    private static func complaint(_ file: String, _ mark: SourceMark, _ message: String) -> SettingsComplaint {
        SettingsComplaint(file: file, line: mark.line, column: mark.column, message: message)
    }

    /// Where the first bytes stand that are not UTF-8.
    static func firstInvalid(in bytes: [UInt8]) -> SourceMark {
        var mark = SourceMark.start
        var decoder = Unicode.UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" {
                mark = SourceMark(line: mark.line + 1, column: 1)
            } else {
                mark.column += 1
            }
        }
        return mark
    }
}
