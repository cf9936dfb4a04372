/// Why the file of an export could not be had. Free of the link.
package struct DownloadError: Error, Sendable, Hashable {
    /// The rest of a sentence that begins with "the export is done, but".
    package var message: String
    /// Whether the same may go better the next time.
    package var isWorthAnotherTry: Bool

    package init(_ message: String, isWorthAnotherTry: Bool = false) {
        self.message = message
        self.isWorthAnotherTry = isWorthAnotherTry
    }
}

extension DownloadError: CustomStringConvertible {
    package var description: String { message }
}
