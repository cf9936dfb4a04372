/// From the text of a configuration file to ``Settings``, or to everything that is wrong with it. Pure, but for the
/// files that it is given to read.
package enum SettingsParser {
    /// Reads and checks a whole file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - fileName: The file's path: it stands in complaints, and relative paths begin at its directory.
    ///   - environment: For `client_secret_env` and `token_env`.
    ///   - files: Reads the files that the settings name.
    ///   - requiresBots: Whether a file without `bots` is a mistake.
    /// - Throws: All complaints at once, in the order of the file.
    package static func parse(
        _ text: String,
        fileName: String,
        environment: [String: String] = [:],
        files: SettingsFiles = .disk,
        requiresBots: Bool = true
    ) throws(SettingsComplaints) -> Settings {
        let document = YAMLDocument(text)
        var reading = SettingsReading(
            file: fileName,
            environment: environment,
            files: files,
            document: document,
            requiresBots: requiresBots
        )
        for problem in document.problems {
            reading.complain(at: problem.mark, problem.message)
        }
        var settings: Settings?
        if let root = document.root {
            settings = reading.settings(of: YAMLValue(root))
        } else if document.problems.isEmpty {
            reading.complain(at: .start, "the file is empty; expected `credentials` and `bots`, and what else you need")
        }
        let complaints = reading.sortedComplaints(about: text)
        guard complaints.isEmpty, let settings else { throw SettingsComplaints(complaints) }
        return settings
    }
}
