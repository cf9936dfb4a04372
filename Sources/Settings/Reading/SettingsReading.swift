/// The state of reading one configuration file: its sources, what is known so far, and the complaints.
struct SettingsReading {
    /// The file's name in complaints; relative paths begin at its directory.
    let file: String
    let environment: [String: String]
    let files: SettingsFiles
    let requiresBots: Bool
    let repeatedKeys: [SourceMark: String]
    /// The keys of all sections of this kind of file, to say where a misplaced key belongs.
    let sections: [SectionKeys]
    /// The section `defaults`, which bots and discoveries inherit.
    var defaults = Located(BotSettings.standard)
    /// The names of all credentials; `nil` if not all are known.
    var credentials: [String]?
    /// The section `tls_server_config`, kept until it is known whether HTTP/2 is offered.
    var tls: Located<WebTLSSettings>?
    /// How many keys and entries are visited before the reading stops.
    let visitLimit: Int
    private(set) var complaints: Set<SettingsComplaint> = []
    private var redaction = Redaction()
    private var visits = 0

    /// Reads and checks the text of a whole file.
    ///
    /// - Parameters:
    ///   - sections: The sections of this kind of file, to say where a misplaced key belongs.
    ///   - emptiness: The complaint about an empty file; `nil` if an empty file is allowed.
    /// - Throws: All complaints at once, in the order of the file.
    static func settings<Section>(
        of text: String,
        by table: SettingsTable<Section>,
        sections: [SectionKeys],
        file: String,
        environment: [String: String] = [:],
        files: SettingsFiles,
        requiresBots: Bool = true,
        emptiness: String? = nil
    ) throws(SettingsComplaints) -> Section {
        let document = YAMLDocument(text)
        var reading = SettingsReading(
            file: file,
            environment: environment,
            files: files,
            requiresBots: requiresBots,
            repeatedKeys: document.repeatedKeys,
            sections: sections,
            visitLimit: YAMLLimits.visits(bytes: document.bytes)
        )
        for problem in document.problems { reading.complain(at: problem.mark, problem.message) }
        var settings = table.standard
        if let root = document.root {
            settings = reading.root(YAMLValue(root), by: table)
        } else if let emptiness, document.problems.isEmpty {
            reading.complain(at: .start, emptiness)
        }
        let complaints = reading.sortedComplaints(about: text)
        guard complaints.isEmpty else { throw SettingsComplaints(complaints) }
        return settings
    }

    /// Adds a complaint. Aliases and `defaults` can cause the same one at the same place again, which counts once.
    mutating func complain(at mark: SourceMark, _ message: String) {
        var mark = mark
        var message = message
        if complaints.count >= YAMLLimits.complaints {
            mark = .start
            message = "there are more than \(YAMLLimits.complaints) complaints; the others are not shown"
        }
        complaints.insert(SettingsComplaint(file: file, line: mark.line, column: mark.column, message: message))
    }

    /// Adds a value to those that no complaint may contain.
    mutating func hide(_ secret: String) {
        redaction.hide(secret)
    }

    /// All complaints in the order of the file, without secrets.
    ///
    /// - Parameter text: The whole file, which is searched for secrets.
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

    /// Counts one key or entry, and stops the reading at the limit: aliases can make a small file stand for a huge one.
    ///
    /// - Returns: Whether to continue.
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

extension String {
    /// The text without white space and line ends at both ends.
    func trimmingSpaces() -> String {
        var slice = self[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
