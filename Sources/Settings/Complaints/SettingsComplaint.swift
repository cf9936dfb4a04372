/// One mistake in a configuration file: where it is, what was expected, what is there and what to do.
package struct SettingsComplaint: Sendable, Hashable {
    /// The path as given on the command line.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int
    /// One line of text, which never contains a secret.
    package var message: String

    package init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }
}

extension SettingsComplaint: CustomStringConvertible {
    /// `path:LINE:COLUMN: message`, which editors and terminals turn into a link.
    package var description: String {
        "\(file):\(line):\(column): \(message)"
    }
}

/// All mistakes in a configuration file, in the order of the file. Never empty when thrown.
package struct SettingsComplaints: Error, Sendable, Hashable {
    package var complaints: [SettingsComplaint]

    package init(_ complaints: [SettingsComplaint]) {
        self.complaints = complaints
    }
}

extension SettingsComplaints: CustomStringConvertible {
    /// One line for each complaint, without a newline at the end.
    package var description: String {
        complaints.map(\.description).joined(separator: "\n")
    }
}
