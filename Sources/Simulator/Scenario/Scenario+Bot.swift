extension Scenario {
    /// A bot of the simulated platform.
    package struct Bot: Sendable, Hashable {
        /// The stream id: `st-…`; unique.
        package var id: String
        /// Unique; every control takes it in place of the id.
        package var name: String
        /// Its name in the list of bots, which two bots may share; `nil`: ``name``.
        package var listedAs: String?
        /// Whether the list of bots tells of it.
        package var listed: Bool
        /// The list's `status` while there is no published version. `published` is the only documented word.
        package var unpublishedStatus: String
        /// Enabled languages, the default one first; at least one.
        package var languages: [String]
        /// Versions there are; at least one.
        package var states: [Platform.State]
        /// Names of the credentials whose SDK tokens are good for this bot; none: every credential's.
        package var credentials: [String]
        package var syncFlags: SyncFlagSet
        /// Flags beyond the documented ones, in finished replies.
        package var extraFlags: [SyncComponent]
        /// Flags that finished replies leave out, from the start on.
        package var droppedFlags: [SyncComponent]
        package var trainDetails: TrainDetails
        package var spelling: Spelling
        package var downloadKey: DownloadKey
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
        /// The publishes that `POST …/publish` and a timeline's `publish: true` start.
        package var onPublish: Publish
        package var timeline: [Step]

        package init(
            id: String,
            name: String,
            listedAs: String? = nil,
            listed: Bool = true,
            unpublishedStatus: String = "configured",
            languages: [String] = ["en"],
            states: [Platform.State] = Platform.State.allCases,
            credentials: [String] = [],
            syncFlags: SyncFlagSet = .current,
            extraFlags: [SyncComponent] = [],
            droppedFlags: [SyncComponent] = [],
            trainDetails: TrainDetails = .constant,
            spelling: Spelling = .documented,
            downloadKey: DownloadKey = .downloadUrl,
            exportIdentity: ExportIdentity = .new,
            exportStatusErrors: Int = 0,
            brokenDownloads: Int = 0,
            neverTrained: Bool = false,
            neverReply: NeverReply = .empty,
            onTrain: Training = Training(queued: .fixed(.seconds(2)), takes: .fixed(.seconds(30))),
            onExport: Export = Export(takes: .fixed(.seconds(10))),
            onPublish: Publish = Publish(takes: .fixed(.seconds(20))),
            timeline: [Step] = []
        ) {
            self.id = id
            self.name = name
            self.listedAs = listedAs
            self.listed = listed
            self.unpublishedStatus = unpublishedStatus
            self.languages = languages
            self.states = states
            self.credentials = credentials
            self.syncFlags = syncFlags
            self.extraFlags = extraFlags
            self.droppedFlags = droppedFlags
            self.trainDetails = trainDetails
            self.spelling = spelling
            self.downloadKey = downloadKey
            self.exportIdentity = exportIdentity
            self.exportStatusErrors = exportStatusErrors
            self.brokenDownloads = brokenDownloads
            self.neverTrained = neverTrained
            self.neverReply = neverReply
            self.onTrain = onTrain
            self.onExport = onExport
            self.onPublish = onPublish
            self.timeline = timeline
        }
    }
}

extension Scenario.Bot: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, name, listed, languages, states, credentials
        case listedAs = "listed_as"
        case unpublishedStatus = "unpublished_status"
        case syncFlags = "sync_flags"
        case extraFlags = "extra_flags"
        case droppedFlags = "dropped_flags"
        case downloadKey = "download_key"
        case trainDetails = "train_details"
        case spelling
        case exportIdentity = "export_identity"
        case exportStatusErrors = "export_status_errors"
        case brokenDownloads = "broken_downloads"
        case neverTrained = "never_trained"
        case neverReply = "never_reply"
        case onTrain = "on_train"
        case onExport = "on_export"
        case onPublish = "on_publish"
        case timeline
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(String.self, forKey: .id),
            name: try container.decode(String.self, forKey: .name)
        )
        listedAs = try container.decodeIfPresent(String.self, forKey: .listedAs)
        listed = try container.decode(Bool.self, forKey: .listed, default: true)
        unpublishedStatus = try container.decode(String.self, forKey: .unpublishedStatus, default: unpublishedStatus)
        languages = try container.decode([String].self, forKey: .languages, default: languages)
        states = try container.words(Platform.State.self, forKey: .states, default: states)
        credentials = try container.decode([String].self, forKey: .credentials, default: [])
        syncFlags = try container.word(Scenario.SyncFlagSet.self, forKey: .syncFlags, default: syncFlags)
        extraFlags = try container.decode([SyncComponent].self, forKey: .extraFlags, default: [])
        droppedFlags = try container.decode([SyncComponent].self, forKey: .droppedFlags, default: [])
        downloadKey = try container.word(Scenario.DownloadKey.self, forKey: .downloadKey, default: downloadKey)
        trainDetails = try container.word(Scenario.TrainDetails.self, forKey: .trainDetails, default: trainDetails)
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
        onPublish = try container.decode(Scenario.Publish.self, forKey: .onPublish, default: onPublish)
        timeline = try container.decode([Scenario.Step].self, forKey: .timeline, default: [])
    }
}

extension Scenario {
    /// Which sync flags a bot's replies have.
    package enum SyncFlagSet: String, Sendable, Hashable, CaseIterable {
        /// 6 while a training runs or has failed, 10 when it has finished.
        case current
        /// 4, always.
        case old
    }

    /// What `trainDetails` of a bot's finished replies says. No page defines it: the only published sample has 3 and 3,
    /// and the likeliest meaning is the NLP version that the language is set to and the one its model was trained with.
    package enum TrainDetails: String, Sendable, Hashable, CaseIterable {
        /// Both versions are 3, whatever is trained.
        case constant
        /// Both count the successful trainings.
        case rising
        /// The reply has no `trainDetails`, as on pages from before the platform's NLP version 3.
        case absent
        /// `nlpVersion` is 3 and `trainVersion` 2 until a training succeeds, which makes both 3.
        case outdated
    }

    /// How a bot's replies write statuses.
    package enum Spelling: String, Sendable, Hashable, CaseIterable {
        /// `Inprogress`, `in-progress`, `IN_PROGRESS`, as the documentation has them.
        case documented
        /// `In Progress`, `Success`, `pending` and `failure`, as public code has met them.
        case seen
        /// `running`, `completed`, `queued`, `error` and the like, as sibling calls have them.
        case siblings
    }

    /// How the link of an export's file is spelt.
    package enum DownloadKey: String, Sendable, Hashable, CaseIterable {
        case downloadUrl
        /// As on a sibling call.
        case downloadURL
    }

    /// What a bot's next export has in common with its last.
    package enum ExportIdentity: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case new
        /// The job's `_id`. Its times are new.
        case reused
        /// The job's `_id`, `createdOn` and `lMod`; only `requestedTime` is new, as in the documented sample, where
        /// it lies four years after the others.
        case stale
    }

    /// What is answered about a training or an export that never happened.
    package enum NeverReply: String, Sendable, Hashable, CaseIterable {
        /// 200 and `{}`.
        case empty
        /// 400 and a message.
        case badRequest = "bad_request"
        /// 404 and a message.
        case notFound = "not_found"
        /// 500.
        case serverError = "server_error"
    }
}
