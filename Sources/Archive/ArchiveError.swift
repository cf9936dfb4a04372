/// Why the store cannot be used.
package struct ArchiveError: Error, Sendable, Hashable {
    package enum Reason: String, Sendable, CaseIterable {
        /// Another exporter uses the store.
        case locked
        /// Another program holds the database for longer than the store waits.
        case busy
        /// It cannot be written.
        case readOnly = "read_only"
        /// No space is left.
        case full
        /// What it holds is not what was written.
        case corrupt
        /// The file is not a database, or not one of this exporter.
        case foreign
        /// A newer version of the exporter made it.
        case newer
        /// The file was deleted or replaced while it was in use.
        case replaced
        /// The folder cannot be made or entered.
        case path
        /// The disk or the file system failed.
        case inputOutput = "input_output"
        /// The store was closed.
        case closed

        /// Whether nothing can be kept until the database is given up: then ``Archive/startAnew()`` helps, and nothing
        /// else does. A file that is damaged does not heal, and one that was replaced is not ours.
        package var needsNewDatabase: Bool {
            self == .corrupt || self == .foreign || self == .replaced
        }
    }

    package var reason: Reason
    /// Sentences for people: which file, what was expected, what was found and what to do.
    package var message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}

extension ArchiveError: CustomStringConvertible {
    package var description: String { message }
}
