import Model

/// The whole configuration file: validated, with every default filled in.
package struct Settings: Sendable, Hashable {
    package var credentials: [CredentialSettings]
    package var budgets: BudgetSettings
    package var http: HTTPSettings
    /// What holds for a bot that says nothing of its own.
    package var defaults: BotSettings
    /// In the order of the file; names are unique.
    package var bots: [BotSettings]
    /// In the order of the file; names are unique.
    package var discoveries: [DiscoverySettings]
    /// In the order of the file.
    package var canaries: [CanarySettings]
    /// `nil` where alerts start nothing.
    package var actions: AlertActionSettings?

    package init(
        credentials: [CredentialSettings],
        budgets: BudgetSettings = BudgetSettings(),
        http: HTTPSettings = HTTPSettings(),
        defaults: BotSettings = BotSettings(name: "", id: "", credential: ""),
        bots: [BotSettings],
        discoveries: [DiscoverySettings] = [],
        canaries: [CanarySettings] = [],
        actions: AlertActionSettings? = nil
    ) {
        self.credentials = credentials
        self.budgets = budgets
        self.http = http
        self.defaults = defaults
        self.bots = bots
        self.discoveries = discoveries
        self.canaries = canaries
        self.actions = actions
    }
}

/// The whole file.
struct FileDraft: SectionDraft {
    var defaults: Given<WatchDraft> = .absent
    var credentials: Given<[Located<CredentialDraft>]> = .absent
    var budgets: Given<BudgetDraft> = .absent
    var http: Given<HTTPDraft> = .absent
    var bots: Given<[Located<BotDraft>]> = .absent
    var discovery: Given<[Located<DiscoveryDraft>]> = .absent
    var canaries: Given<[Located<CanaryDraft>]> = .absent
    var actions: Given<ActionsDraft> = .absent

    static let section = "the file"

    static let keys: [SettingKey<FileDraft>] = [
        SettingKey("defaults", .section, into: \.defaults, "What holds for every bot that does not say otherwise."),
        SettingKey(
            "credentials",
            .sections(example: "name: main"),
            into: \.credentials,
            "Who asks: one entry for each app or token. Required."
        ),
        SettingKey("budgets", .section, into: \.budgets, "How many requests may be made."),
        SettingKey("http", .section, into: \.http, "How the platform is reached."),
        SettingKey(
            "bots",
            .sections(example: "name: banking"),
            into: \.bots,
            "What is watched: one entry for each bot. Required, unless there is `discovery`."
        ),
        SettingKey(
            "discovery",
            .sections(example: "credential: account"),
            into: \.discovery,
            default: "none",
            "What is watched besides: the bots of an account that match patterns, as its list tells them."
        ),
        SettingKey(
            "canaries",
            .sections(example: "bots: [banking]"),
            into: \.canaries,
            default: "none",
            "Exports and trainings that the exporter starts by itself from time to time."
        ),
        SettingKey(
            "actions",
            .section,
            into: \.actions,
            default: "none",
            "Trainings that alerts start, as Alertmanager tells of them."
        ),
    ]
}

extension SettingsReading {
    /// Reads the root and checks what no single key can tell. Worth nothing where there are complaints.
    mutating func settings(of root: YAMLValue) -> Settings {
        guard case .mapping(let mapping) = root.kind, !root.isForeign else {
            complain(
                at: root.mark,
                "the file must be a mapping with the keys \(Quotation.list(FileDraft.keys.map(\.name))), not \(root.kindWords)"
            )
            return Settings(credentials: [], bots: [])
        }
        var draft = FileDraft()
        read(withoutExtensions: mapping, into: &draft)

        let credentials = self.credentials(of: draft, root: root.mark)
        return Settings(
            credentials: credentials.settings,
            budgets: budgets(of: draft.budgets.value ?? BudgetDraft()),
            http: http(of: draft.http.value ?? HTTPDraft()),
            defaults: defaults(of: draft, credentials: credentials.names),
            bots: bots(of: draft, credentials: credentials.names, root: root.mark),
            discoveries: discoveries(of: draft, credentials: credentials.names),
            canaries: canaries(of: draft),
            actions: actions(of: draft)
        )
    }
}

/// From the text of a configuration file to ``Settings``, or to everything that is wrong with it. Pure, but for the
/// files that it is given to read.
package enum SettingsParser {
    /// Reads and checks a whole file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - fileName: The file's path: it stands in complaints, and relative paths begin at its directory.
    ///   - environment: For `client_secret_env` and `token_env`.
    ///   - files: Reads the files that the settings name.
    ///   - requiresBots: Whether a file without `bots` is a mistake.
    /// - Throws: All complaints at once, in the order of the file.
    package static func parse(
        _ text: String,
        fileName: String,
        environment: [String: String] = [:],
        files: SettingsFiles = .disk,
        requiresBots: Bool = true
    ) throws(SettingsComplaints) -> Settings {
        let document = YAMLDocument(text)
        var reading = SettingsReading(
            file: fileName,
            environment: environment,
            files: files,
            document: document,
            requiresBots: requiresBots
        )
        for problem in document.problems {
            reading.complain(at: problem.mark, problem.message)
        }
        var settings: Settings?
        if let root = document.root {
            settings = reading.settings(of: YAMLValue(root))
        } else if document.problems.isEmpty {
            reading.complain(at: .start, "the file is empty; expected `credentials` and `bots`, and what else you need")
        }
        let complaints = reading.sortedComplaints(about: text)
        guard complaints.isEmpty, let settings else { throw SettingsComplaints(complaints) }
        return settings
    }
}

/// The configuration file on the disk.
package enum SettingsFile {
    /// Reads and checks the file, and the files that it names. Blocks while it reads; call it at start and at reload.
    ///
    /// - Parameters:
    ///   - path: As given on the command line.
    ///   - environment: For `client_secret_env` and `token_env`.
    ///   - requiresBots: Whether a file without `bots` is a mistake.
    /// - Throws: All complaints at once; one complaint at 1:1 where the file itself cannot be read.
    package static func load(
        path: String,
        environment: [String: String],
        requiresBots: Bool = true
    ) throws(SettingsComplaints) -> Settings {
        let text = try text(of: path, called: "configuration file")
        return try SettingsParser.parse(text, fileName: path, environment: environment, requiresBots: requiresBots)
    }

    /// The text of a file on the disk.
    ///
    /// - Parameter name: What a complaint calls the file.
    static func text(of path: String, called name: String) throws(SettingsComplaints) -> String {
        switch DiskFile.bytes(of: path, limit: YAMLLimits.bytes + 1, onlyRegular: false) {
        case .failure(let problem):
            throw SettingsComplaints([complaint(path, .start, "the \(name) \(problem)")])
        case .success(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                let mark = firstInvalid(in: bytes)
                throw SettingsComplaints([complaint(path, mark, "this is not UTF-8; save the file in that encoding")])
            }
            return text
        }
    }

    private static func complaint(_ file: String, _ mark: SourceMark, _ message: String) -> SettingsComplaint {
        SettingsComplaint(file: file, line: mark.line, column: mark.column, message: message)
    }

    /// Where the first bytes stand that are not UTF-8.
    static func firstInvalid(in bytes: [UInt8]) -> SourceMark {
        var mark = SourceMark.start
        var decoder = Unicode.UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" {
                mark = SourceMark(line: mark.line + 1, column: 1)
            } else {
                mark.column += 1
            }
        }
        return mark
    }
}
