package import Secrets

/// Certificates or a key in PEM, from a file or from the configuration itself, and where that is said.
package struct PEMText: Sendable, Hashable {
    /// A key is secret, and a certificate is no less so than it needs to be.
    package var text: Secret
    /// The file; `nil` where the text stands in the configuration itself.
    package var path: String?
    /// What complaints about the text name.
    package var place: Place

    /// A key of the configuration and where its value stands.
    package struct Place: Sendable, Hashable {
        package var file: String
        package var mark: SourceMark
        package var key: String

        package init(file: String, mark: SourceMark, key: String) {
            self.file = file
            self.mark = mark
            self.key = key
        }
    }

    package init(text: Secret, path: String? = nil, place: Place) {
        self.text = text
        self.path = path
        self.place = place
    }

    /// What is wrong with the text, found where it is used.
    ///
    /// - Parameter objection: Follows the name of the file or key: "holds no certificate".
    package func complaint(_ objection: String) -> SettingsComplaint {
        let file = path.map { ": the file \(Quotation.quoted($0))" } ?? ""
        return SettingsComplaint(
            file: place.file,
            line: place.mark.line,
            column: place.mark.column,
            message: "`\(place.key)`\(file) \(objection)"
        )
    }
}
