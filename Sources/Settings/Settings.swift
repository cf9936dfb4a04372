import Model

/// The whole configuration file: validated, with every default filled in.
package struct Settings: Sendable, Hashable {
    package var credentials: [CredentialSettings]
    package var budgets: BudgetSettings
    package var http: HTTPSettings
    /// The settings for bots that do not have their own.
    package var defaults: BotSettings
    /// In the order of the file; names are unique.
    package var bots: [BotSettings]
    /// In the order of the file; names are unique.
    package var discoveries: [DiscoverySettings]
    /// In the order of the file.
    package var canaries: [CanarySettings]
    /// `nil` if alerts start nothing.
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

extension Settings {
    /// The keys of the whole file, in the order of reading: bots and discoveries need `defaults` and `credentials`.
    static let table = SettingsTable<Settings>(
        "the file",
        standard: Settings(credentials: [], bots: []),
        keys: [
            SettingKey("defaults", .section(BotSettings.defaultsTable).unwritten, into: \.defaults)
                .meaning("What holds for every bot that does not say otherwise."),
            SettingKey(
                "credentials",
                .sections(CredentialSettings.table, example: "name: main", check: CredentialSettings.checkNames),
                into: \.credentials
            )
            .meaning("Who asks: one entry for each app or token. Required."),
            SettingKey("budgets", .section(BudgetSettings.table), into: \.budgets)
                .meaning("How many requests may be made."),
            SettingKey("http", .section(HTTPSettings.table), into: \.http)
                .meaning("How the platform is reached."),
            SettingKey(
                "bots",
                .sections(BotSettings.table, example: "name: banking", check: BotSettings.checkIdentities),
                into: \.bots
            )
            .meaning("What is watched: one entry for each bot. Required, unless there is `discovery`."),
            SettingKey(
                "discovery",
                .sections(
                    DiscoverySettings.table,
                    example: "credential: account",
                    check: DiscoverySettings.checkNames
                ),
                into: \.discoveries,
                default: "none"
            )
            .meaning("What is watched besides: the bots of an account that match patterns, as its list tells them."),
            SettingKey(
                "canaries",
                .sections(CanarySettings.table, example: "bots: [banking]"),
                into: \.canaries,
                default: "none"
            )
            .meaning("Exports and trainings that the exporter starts by itself from time to time."),
            SettingKey("actions", .section(AlertActionSettings.table), intoOptional: \.actions, default: "none")
                .meaning("Trainings that alerts start, as Alertmanager tells of them."),
        ],
        allowsExtensions: true,
        check: check
    )

    private static func check(_ file: inout Located<Settings>, _ reading: inout SettingsReading) {
        if file["credentials"] == nil {
            reading.complain(
                at: file.mark,
                "`credentials` is missing; add at least one, with `name`, `client_id` and `client_secret_file`"
            )
        }
        if file["bots"] == nil, file["discovery"] == nil, reading.requiresBots {
            reading.complain(
                at: file.mark,
                "`bots` is missing; add at least one, as in `bots: [{ name: banking, id: st-1111 }]`"
            )
        }
        if let mark = reading.defaults.accepted("credential") {
            reading.checkCredential(file.defaults.credential, at: mark)
        } else if let names = reading.credentials, names.count == 1 {
            file.defaults.credential = names[0]
        }
    }
}

/// Parses the text of a configuration file into ``Settings``. It is pure, except for the files it reads.
package enum SettingsParser {
    /// Reads and checks a whole file.
    ///
    /// - Parameters:
    ///   - text: The YAML.
    ///   - fileName: The file's path, for complaints. Relative paths begin at its directory.
    ///   - environment: The variables for the keys that end in `_env`.
    ///   - files: Reads the files that the settings name.
    ///   - requiresBots: Whether a file without `bots` and `discovery` is a mistake.
    /// - Throws: All complaints at once, in the order of the file.
    package static func parse(
        _ text: String,
        fileName: String,
        environment: [String: String] = [:],
        files: SettingsFiles = .disk,
        requiresBots: Bool = true
    ) throws(SettingsComplaints) -> Settings {
        try SettingsReading.settings(
            of: text,
            by: Settings.table,
            sections: SettingsReference.sections,
            file: fileName,
            environment: environment,
            files: files,
            requiresBots: requiresBots,
            emptiness: "the file is empty; expected `credentials` and `bots`, and what else you need"
        )
    }
}

/// Reads the configuration file from the disk.
package enum SettingsFile {
    /// Reads and checks the file, and the files that it names. This blocks, so call it only at start and at reload.
    ///
    /// - Parameters:
    ///   - path: The path as given on the command line.
    ///   - environment: The variables for the keys that end in `_env`.
    ///   - requiresBots: Whether a file without `bots` and `discovery` is a mistake.
    /// - Throws: All complaints at once; one complaint at 1:1 if the file itself cannot be read.
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
    /// - Parameter name: The kind of file in complaints.
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

    /// The place of the first bytes that are not UTF-8.
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
