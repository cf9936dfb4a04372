extension Scenario {
    /// A bot of the simulated platform.
    package struct Bot: Sendable, Hashable {
        /// The stream id: `st-…`; unique.
        package var id: String
        /// Unique; every control takes it in place of the id.
        package var name: String
        /// Enabled languages, the default one first; at least one.
        package var languages: [String]
        /// Versions there are; at least one.
        package var states: [Platform.State]
        /// Names of the credentials whose SDK tokens are good for this bot; none: every credential's.
        package var credentials: [String]
        package var syncFlags: SyncFlagSet
        /// Flags beyond the documented ones, in finished replies.
        package var extraFlags: [SyncComponent]
        package var spelling: Spelling
        package var exportIdentity: ExportIdentity
        /// How many status calls are answered with 500 right after an export was started.
        package var exportStatusErrors: Int
        /// How many downloads of an export's file break off half-way.
        package var brokenDownloads: Int
        /// The bot starts untrained; otherwise every training has finished once and is in sync.
        package var neverTrained: Bool
        /// What is answered about something that never happened. Not documented.
        package var neverReply: NeverReply
        /// The trainings that `POST …/train` starts.
        package var onTrain: Training
        /// The exports that `POST …/mlexport` starts.
        package var onExport: Export
        package var timeline: [Step]

        package init(
            id: String,
            name: String,
            languages: [String] = ["en"],
            states: [Platform.State] = Platform.State.allCases,
            credentials: [String] = [],
            syncFlags: SyncFlagSet = .current,
            extraFlags: [SyncComponent] = [],
            spelling: Spelling = .documented,
            exportIdentity: ExportIdentity = .new,
            exportStatusErrors: Int = 0,
            brokenDownloads: Int = 0,
            neverTrained: Bool = false,
            neverReply: NeverReply = .empty,
            onTrain: Training = Training(queued: .fixed(.seconds(2)), takes: .fixed(.seconds(30))),
            onExport: Export = Export(takes: .fixed(.seconds(10))),
            timeline: [Step] = []
        ) {
            self.id = id
            self.name = name
            self.languages = languages
            self.states = states
            self.credentials = credentials
            self.syncFlags = syncFlags
            self.extraFlags = extraFlags
            self.spelling = spelling
            self.exportIdentity = exportIdentity
            self.exportStatusErrors = exportStatusErrors
            self.brokenDownloads = brokenDownloads
            self.neverTrained = neverTrained
            self.neverReply = neverReply
            self.onTrain = onTrain
            self.onExport = onExport
            self.timeline = timeline
        }
    }
}

extension Scenario.Bot: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, name, languages, states, credentials
        case syncFlags = "sync_flags"
        case extraFlags = "extra_flags"
        case spelling
        case exportIdentity = "export_identity"
        case exportStatusErrors = "export_status_errors"
        case brokenDownloads = "broken_downloads"
        case neverTrained = "never_trained"
        case neverReply = "never_reply"
        case onTrain = "on_train"
        case onExport = "on_export"
        case timeline
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(String.self, forKey: .id),
            name: try container.decode(String.self, forKey: .name)
        )
        languages = try container.decode([String].self, forKey: .languages, default: languages)
        states = try container.words(Platform.State.self, forKey: .states, default: states)
        credentials = try container.decode([String].self, forKey: .credentials, default: [])
        syncFlags = try container.word(Scenario.SyncFlagSet.self, forKey: .syncFlags, default: syncFlags)
        extraFlags = try container.decode([SyncComponent].self, forKey: .extraFlags, default: [])
        spelling = try container.word(Scenario.Spelling.self, forKey: .spelling, default: spelling)
        exportIdentity = try container.word(
            Scenario.ExportIdentity.self,
            forKey: .exportIdentity,
            default: exportIdentity
        )
        exportStatusErrors = try container.decode(Int.self, forKey: .exportStatusErrors, default: 0)
        brokenDownloads = try container.decode(Int.self, forKey: .brokenDownloads, default: 0)
        neverTrained = try container.decode(Bool.self, forKey: .neverTrained, default: false)
        neverReply = try container.word(Scenario.NeverReply.self, forKey: .neverReply, default: neverReply)
        onTrain = try container.decode(Scenario.Training.self, forKey: .onTrain, default: onTrain)
        onExport = try container.decode(Scenario.Export.self, forKey: .onExport, default: onExport)
        timeline = try container.decode([Scenario.Step].self, forKey: .timeline, default: [])
    }
}
