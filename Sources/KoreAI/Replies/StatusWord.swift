package import Model

/// A word of a status field and what it means: the one table of them.
///
/// Source: the documented words, those seen in public code, for ML trainings, FAQ trainings, exports and publishes, and those
/// of sibling calls. Any other word is unknown, which is reported and never an error.
package struct StatusWord: Sendable, Hashable {
    /// The letters of the word, in lower case.
    package let word: String
    package let training: TrainingStatus
    package let job: JobStatus

    /// Where a reply says nothing else that its call documents, it is no state of a run: it is an error body.
    static let error = "error"

    package static let all = [
        StatusWord(word: "waiting", training: .queued, job: .pending),
        StatusWord(word: "pending", training: .queued, job: .pending),
        StatusWord(word: "queued", training: .queued, job: .pending),
        StatusWord(word: "accepted", training: .queued, job: .pending),
        StatusWord(word: "inprogress", training: .inProgress, job: .inProgress),
        StatusWord(word: "running", training: .inProgress, job: .inProgress),
        StatusWord(word: "finished", training: .finished, job: .success),
        StatusWord(word: "success", training: .finished, job: .success),
        StatusWord(word: "successful", training: .finished, job: .success),
        StatusWord(word: "completed", training: .finished, job: .success),
        StatusWord(word: "passed", training: .finished, job: .success),
        StatusWord(word: "failed", training: .failed, job: .failed),
        StatusWord(word: "failure", training: .failed, job: .failed),
        StatusWord(word: error, training: .failed, job: .failed),
    ]

    private init(word: String, training: TrainingStatus, job: JobStatus) {
        self.word = word
        self.training = training
        self.job = job
    }

    /// - Parameter text: A status such as `In Progress`, `IN_PROGRESS` or `in-progress`.
    package init?(_ text: String) {
        let letters = Self.letters(of: text)
        guard let known = Self.all.first(where: { $0.word == letters }) else { return nil }
        self = known
    }

    /// The letters of a text in lower case, by which words are compared.
    static func letters(of text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter(\.properties.isAlphabetic))).lowercased()
    }
}

/// Why a run or job failed, in the platform's own words, fit to be shown: one short line without links and secrets.
package enum FailureReason {
    /// Characters of a reason.
    private static let longest = 200
    /// The most failed steps that are named.
    private static let mostSteps = 3

    /// A step of a job, as `statusLogs` lists it.
    ///
    /// Source: the replies of sibling jobs; the published sample of an export has an empty list.
    package struct Step: Sendable, Hashable {
        package var type: String?
        package var name: String?
        package var status: String?

        package init(type: String? = nil, name: String? = nil, status: String? = nil) {
            self.type = type
            self.name = name
            self.status = status
        }

        var hasFailed: Bool { status.flatMap { StatusWord($0) }?.job == .failed }

        /// The step in words, such as `Writing the file (ML_UTTERANCE): FAILED`.
        var words: String? {
            guard let what = name ?? type else { return status }
            let of = name == nil ? "" : type.map { " (\($0))" } ?? ""
            return what + of + (status.map { ": \($0)" } ?? "")
        }
    }

    /// - Parameter message: The message of a reply that tells of a failure.
    /// - Returns: `nil` where it only says once more that it failed, as in the published sample.
    package static func of(message: String?) -> String? {
        guard let message, StatusWord(message) == nil else { return nil }
        return shown(message)
    }

    /// The steps that failed; where none is said to have, the last one, which is as far as the job came.
    ///
    /// - Parameter link: The reply's download link, which no step may repeat.
    package static func of(_ steps: [Step], without link: Secret? = nil) -> String? {
        let failed = steps.filter(\.hasFailed).prefix(mostSteps)
        let named = failed.isEmpty ? steps.suffix(1) : failed[...]
        return shown(named.compactMap(\.words).joined(separator: "; "), without: link)
    }

    /// Words from outside as they may be shown.
    ///
    /// - Parameter secret: Something that they may repeat.
    package static func shown(_ text: String, without secret: Secret? = nil) -> String? {
        let line = PrintableText.of(PrintableText.withoutLinks(text, secret: secret), limit: longest)
        return line.isEmpty ? nil : line
    }
}

/// The id that the platform gave a run or job, as its support asks for it.
package enum RunID {
    private static let longest = 64

    /// - Returns: `nil` where there is none, or it is no id to be shown: longer than any, of other characters, or such
    ///   that it may be a token.
    package static func shown(_ id: String?) -> String? {
        guard let id, !id.isEmpty, id.utf8.count <= longest else { return nil }
        let isPlain = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain && PrintableText.of(id, limit: longest) == id ? id : nil
    }
}
