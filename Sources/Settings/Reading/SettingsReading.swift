import Yams

/// One pass over a configuration file: what it may look up, and what it complained about so far.
struct SettingsReading {
    /// As complaints name it.
    let file: String
    let environment: [String: String]
    let files: SettingsFiles
    let requiresBots: Bool
    let repeatedKeys: [SourceMark: String]
    /// The tables of keys of this kind of file, for what is found in the wrong one.
    let sections: [SettingsSections.Section]
    private(set) var complaints: Set<SettingsComplaint> = []
    private var redaction = Redaction()
    private var visits = 0
    private let visitLimit: Int

    init(
        file: String,
        environment: [String: String],
        files: SettingsFiles,
        document: YAMLDocument,
        requiresBots: Bool = true,
        sections: [SettingsSections.Section] = SettingsSections.all
    ) {
        self.file = file
        self.environment = environment
        self.files = files
        self.requiresBots = requiresBots
        self.sections = sections
        repeatedKeys = document.repeatedKeys
        visitLimit = YAMLLimits.visits(bytes: document.bytes)
    }

    /// Notes a complaint; the same one at the same place, as aliases and `defaults` make it, counts once.
    mutating func complain(at mark: SourceMark, _ message: String) {
        var mark = mark
        var message = message
        if complaints.count >= YAMLLimits.complaints {
            mark = .start
            message = "there are more than \(YAMLLimits.complaints) complaints; the others are not shown"
        }
        complaints.insert(SettingsComplaint(file: file, line: mark.line, column: mark.column, message: message))
    }

    /// Remembers a value that no complaint may show.
    mutating func hide(_ secret: String) {
        redaction.hide(secret)
    }

    /// All complaints in the order of the file, without secrets.
    ///
    /// - Parameter text: The whole file, in which secrets are looked for.
    func sortedComplaints(about text: String) -> [SettingsComplaint] {
        guard !complaints.isEmpty else { return [] }
        var redaction = redaction
        redaction.hideSecrets(in: text)
        return
            complaints
            .map { complaint in
                var complaint = complaint
                complaint.message = redaction.redacted(complaint.message)
                return complaint
            }
            .sorted { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
    }

    /// Counts one key or entry. Aliases can make a small file stand for a huge one; this ends the reading.
    ///
    /// - Returns: Whether to go on.
    mutating func visit(at mark: SourceMark) -> Bool {
        visits += 1
        guard visits > visitLimit else { return true }
        if visits == visitLimit + 1 {
            complain(
                at: mark,
                "the aliases of this file stand for more than \(visitLimit) values; the rest is not read"
            )
        }
        return false
    }
}

/// What the file says about one key.
enum Given<Value: Sendable>: Sendable {
    /// The key is not there.
    case absent
    /// The key is there, but its value was refused: there is a complaint already.
    case refused(SourceMark)
    case given(Value, SourceMark)

    /// The value, where one was given and accepted.
    var value: Value? {
        if case .given(let value, _) = self { value } else { nil }
    }

    /// Where the value stands.
    var mark: SourceMark? {
        switch self {
        case .absent: nil
        case .refused(let mark), .given(_, let mark): mark
        }
    }

    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }

    /// This, or `other` where the key is not there.
    func or(_ other: Given<Value>) -> Given<Value> {
        isAbsent ? other : self
    }
}

/// An entry of a list and where it begins; `nil` where it was refused as a whole.
struct Located<Value: Sendable>: Sendable {
    var value: Value?
    var mark: SourceMark

    init(_ value: Value?, at mark: SourceMark) {
        self.value = value
        self.mark = mark
    }
}

extension String {
    /// Without the white space and line ends at both ends.
    func trimmingSpaces() -> String {
        var slice = self[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
