/// Why bytes from a store are not what was written there.
package struct StoredFormError: Error, Sendable, Hashable {
    /// What was expected and what is there instead, to stand after "the state of … cannot be read: ".
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}

extension StoredFormError: CustomStringConvertible {
    package var description: String { message }
}
