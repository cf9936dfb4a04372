extension Scenario {
    /// A bot of the simulated platform.
    package struct Bot: Sendable, Hashable {
        /// The stream id, such as `st-…`; unique.
        package var id: String
        /// Unique; every control accepts it in place of the id.
        package var name: String
        /// The name in the list of bots, which two bots may share; `nil` for ``name``.
        package var listedAs: String?
        /// Whether the list of bots has the bot.
        package var listed = true
        /// The `status` in the list while there is no published version. `published` is the only documented word.
        package var unpublishedStatus = "configured"
        /// The enabled languages, the default one first; at least one.
        package var languages = ["en"]
        /// The versions that exist; at least one.
        package var states = Platform.State.allCases
        /// Names of the credentials whose SDK tokens may call this bot; empty for all credentials.
        package var credentials: [String] = []
        package var syncFlags = SyncFlagSet.current
        /// Flags of finished replies beside the documented ones.
        package var extraFlags: [SyncComponent] = []
        /// Flags that finished replies leave out from the start.
        package var droppedFlags: [SyncComponent] = []
        package var trainDetails = TrainDetails.constant
        package var spelling = Spelling.documented
        package var downloadKey = DownloadKey.downloadUrl
        package var exportIdentity = ExportIdentity.new
        /// How many status calls after an export's start are answered with 500.
        package var exportStatusErrors = 0
        /// How many downloads of an export's file break off half-way.
        package var brokenDownloads = 0
        /// Whether the bot starts untrained; otherwise every training has finished once and is in sync.
        package var neverTrained = false
        /// The reply about a training, export or publish that never happened. It is not documented.
        package var neverReply = NeverReply.empty
        /// What `POST …/train` starts.
        package var onTrain = Training(queued: .fixed(.seconds(2)), takes: .fixed(.seconds(30)))
        /// What `POST …/mlexport` starts.
        package var onExport = Export(takes: .fixed(.seconds(10)))
        /// What `POST …/publish`, and `publish: true` in a timeline, start.
        package var onPublish = Publish(takes: .fixed(.seconds(20)))
        package var timeline: [Step] = []
    }
}

extension Scenario.Bot: Keyed {
    init() { self.init(id: "", name: "") }

    mutating func read(_ keys: inout KeyReader) {
        keys.require("id", &id)
        keys.require("name", &name)
        keys.read("listed", &listed)
        keys.read("languages", &languages)
        keys.read("states", words: &states)
        keys.read("credentials", &credentials)
        keys.read("listed_as", &listedAs)
        keys.read("unpublished_status", &unpublishedStatus)
        keys.read("sync_flags", &syncFlags)
        keys.read("extra_flags", &extraFlags)
        keys.read("dropped_flags", &droppedFlags)
        keys.read("download_key", &downloadKey)
        keys.read("train_details", &trainDetails)
        keys.read("spelling", &spelling)
        keys.read("export_identity", &exportIdentity)
        keys.read("export_status_errors", &exportStatusErrors)
        keys.read("broken_downloads", &brokenDownloads)
        keys.read("never_trained", &neverTrained)
        keys.read("never_reply", &neverReply)
        keys.read("on_train", &onTrain)
        keys.read("on_export", &onExport)
        keys.read("on_publish", &onPublish)
        keys.read("timeline", &timeline)
    }
}

extension Scenario {
    /// Which sync flags a bot's replies have.
    package enum SyncFlagSet: String, Word {
        /// 6 while a training waits, runs or has failed, 10 when it has finished.
        case current
        /// 4, always.
        case old
    }

    /// The content of `trainDetails` of finished replies. No page defines it: the only published sample has 3 and 3,
    /// and the likeliest meaning is the NLP version that the language is set to and the one its model was trained with.
    package enum TrainDetails: String, Word {
        /// Both versions are 3, whatever is trained.
        case constant
        /// Both versions count the successful trainings.
        case rising
        /// The reply has no `trainDetails`, as on pages from before the platform's NLP version 3.
        case absent
        /// `nlpVersion` is 3 and `trainVersion` is 2, until a training succeeds and makes both 3.
        case outdated
    }

    /// How a bot's replies spell statuses.
    package enum Spelling: String, Word {
        /// `Inprogress`, `in-progress`, `IN_PROGRESS`, as in the documentation.
        case documented
        /// `In Progress`, `Success`, `pending` and `failure`, as public code has met them.
        case seen
        /// `running`, `completed`, `queued`, `error` and the like, as in sibling calls.
        case siblings
    }

    /// The key of the link to an export's file.
    package enum DownloadKey: String, Word {
        case downloadUrl
        /// As in a sibling call.
        case downloadURL
    }

    /// What a bot's next export has in common with its last.
    package enum ExportIdentity: String, Word {
        /// Nothing.
        case new
        /// The job's `_id`; its times are new.
        case reused
        /// The job's `_id`, `createdOn` and `lMod`; only `requestedTime` is new. In the documented sample it is four
        /// years after the others.
        case stale
    }

    /// The reply about a training, an export or a publish that never happened.
    package enum NeverReply: String, Word {
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
