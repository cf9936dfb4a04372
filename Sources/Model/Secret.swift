/// A value that must never be read by people: a client secret, a token, a password, a signed link.
///
/// Every way of turning it into text, `print`, interpolation, `dump`, logging and reflection, gives `<redacted>`.
/// Only ``reveal()`` gives the value, so a search for that word finds every place where a secret leaves its wrapper.
package struct Secret: Sendable, Hashable {
    private let value: String

    package init(_ value: String) {
        self.value = value
    }

    /// The value itself. Only for the wire and for signing; never for a log, a label, an error or a page.
    package func reveal() -> String {
        value
    }

    /// Whether there is nothing to hide.
    package var isEmpty: Bool {
        value.isEmpty
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
