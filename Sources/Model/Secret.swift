/// A value that must never be shown: a client secret, a token, a password, a signed link.
///
/// `print`, interpolation, `dump`, logging and reflection all give `<redacted>`. Only ``reveal()`` gives the value, so
/// a search for that word finds every place where a secret leaves its wrapper.
package struct Secret: Sendable, Hashable {
    private let value: String

    package init(_ value: String) {
        self.value = value
    }

    /// The value itself, for requests and signing only: never for a log, a label, an error or a page.
    package func reveal() -> String {
        value
    }

    package var isEmpty: Bool {
        value.isEmpty
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
