/// A word of a status field and what it means: the one table of them.
///
/// Source: the documented words and those seen in public code, for ML trainings, FAQ trainings and exports. Any other
/// word is unknown, which is reported and never an error.
package struct StatusWord: Sendable, Hashable {
    /// In lower case, letters only.
    package let word: String
    package let training: TrainingStatus
    package let export: ExportStatus

    package static let all = [
        StatusWord(word: "waiting", training: .queued, export: .pending),
        StatusWord(word: "pending", training: .queued, export: .pending),
        StatusWord(word: "inprogress", training: .inProgress, export: .inProgress),
        StatusWord(word: "finished", training: .finished, export: .success),
        StatusWord(word: "success", training: .finished, export: .success),
        StatusWord(word: "failed", training: .failed, export: .failed),
        StatusWord(word: "failure", training: .failed, export: .failed),
    ]

    private init(word: String, training: TrainingStatus, export: ExportStatus) {
        self.word = word
        self.training = training
        self.export = export
    }

    /// - Parameter text: Such as `In Progress`, `IN_PROGRESS` or `in-progress`.
    package init?(_ text: String) {
        let letters = Self.letters(of: text)
        guard let known = Self.all.first(where: { $0.word == letters }) else { return nil }
        self = known
    }

    /// What words are compared by: the letters of a text in lower case.
    static func letters(of text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter(\.properties.isAlphabetic))).lowercased()
    }
}
