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
