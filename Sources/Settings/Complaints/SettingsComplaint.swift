/// One thing that is wrong in the configuration file: where, what was expected, what came and what to do.
package struct SettingsComplaint: Sendable, Hashable {
    /// As it was given on the command line.
    package var file: String
    /// From 1.
    package var line: Int
    /// From 1, in Unicode scalars.
    package var column: Int
    /// One line of text. Never holds the value of a secret.
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

/// Everything that is wrong in a configuration file, in the order of the file. Never empty when thrown.
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
