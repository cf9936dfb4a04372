/// From the text of a web configuration file to ``WebSettings``, or to everything that is wrong with it. Pure, but for
/// the files that it is given to read.
package enum WebSettingsParser {
    /// Reads and checks a whole file.
    ///
    /// - Parameters:
    ///   - text: YAML. An empty one asks for nothing.
    ///   - fileName: The file's path: it stands in complaints, and relative paths begin at its directory.
    ///   - files: Reads the files that the settings name.
    /// - Throws: All complaints at once, in the order of the file.
    package static func parse(
        _ text: String,
        fileName: String,
        files: SettingsFiles = .disk
    ) throws(SettingsComplaints) -> WebSettings {
        let document = YAMLDocument(text)
        var reading = SettingsReading(
            file: fileName,
            environment: [:],
            files: files,
            document: document,
            sections: SettingsSections.web
        )
        for problem in document.problems {
            reading.complain(at: problem.mark, problem.message)
        }
        let settings = document.root.map { reading.webSettings(of: YAMLValue($0)) } ?? WebSettings()
        let complaints = reading.sortedComplaints(about: text)
        guard complaints.isEmpty else { throw SettingsComplaints(complaints) }
        return settings
    }

    /// Reads and checks the file on the disk, and the files that it names. Blocks while it reads.
    ///
    /// - Throws: All complaints at once; one complaint at 1:1 where the file itself cannot be read.
    package static func load(path: String) throws(SettingsComplaints) -> WebSettings {
        try parse(try SettingsFile.text(of: path, called: "web configuration file"), fileName: path)
    }
}
