/// A status, flag or time of a reply that could not be understood.
package struct UnrecognizedValue: Sendable, Hashable {
    /// The reply's field, such as `trainingStatus`: one of a small fixed set, so that it can be a label.
    package var field: String
    /// What stood there, for the log: printable and at most 64 characters.
    package var found: String

    package init(field: String, found: String) {
        self.field = field
        self.found = found
    }
}
