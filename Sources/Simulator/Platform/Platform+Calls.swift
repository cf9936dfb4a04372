/// The calls of the public API, after the credential was checked.
extension Platform {
    /// Answers a call. ``advance(to:)`` has to be called first.
    mutating func answer(_ request: APIRequest, at now: SimulatorTime) -> Reply {
        guard request.endpoint != .bots else { return listBots(request) }
        guard let id = request.bot, let bot = bots[id] else { return .invalidStream }
        switch request.endpoint {
        case .mlTrainStatus, .faqTrainStatus: return trainingStatus(of: bot, request)
        case .mlExportStatus: return exportStatus(of: bot, at: now)
        case .mlTrain, .faqTrain: return train(bot, request, at: now)
        case .mlExport: return export(bot, request, at: now)
        case .publishStatus: return publishStatus(of: bot, at: now)
        case .publish: return publish(bot, request, at: now)
        case .bots: return listBots(request)
        }
    }

    /// The status of a training. A language, version or state that does not exist is answered as a bad argument; the
    /// platform does not document its reply.
    private func trainingStatus(of bot: BotRecord, _ request: APIRequest) -> Reply {
        // Documented: an ML call may leave the language out and means the bot's default; an FAQ call must have it.
        let fallback = request.endpoint == .mlTrainStatus ? bot.scenario.languages.first : nil
        guard let language = request.language ?? fallback, let state = request.state else { return .invalidArguments }
        let engine: Engine = request.endpoint == .mlTrainStatus ? .ml : .faq
        let target = TrainingTarget(bot.scenario.id, engine: engine, language: language, state: state)
        guard let training = bot.trainings[target] else { return .invalidArguments }
        guard training.status != .never else { return .never(bot.scenario.neverReply) }
        return engine == .ml ? .mlTrainingStatus(training, of: bot) : .faqTrainingStatus(training, of: bot)
    }

    private mutating func exportStatus(of bot: BotRecord, at now: SimulatorTime) -> Reply {
        if bot.exportStatusErrors > 0 {
            bots[bot.scenario.id]?.exportStatusErrors -= 1
            return .internalError
        }
        guard let job = bot.export else { return .never(bot.scenario.neverReply) }
        return .exportStatus(job, of: bot.scenario, filesURL: filesURL, at: now)
    }

    /// Starts a training, unless one is queued or in progress: the reply is then about that one.
    private mutating func train(_ bot: BotRecord, _ request: APIRequest, at now: SimulatorTime) -> Reply {
        let engine: Engine = request.endpoint == .mlTrain ? .ml : .faq
        // The documentation says English where the header is absent, not the bot's default language.
        let fallback = engine == .ml ? "en" : nil
        guard let language = request.language ?? fallback else { return .invalidArguments }
        let target = TrainingTarget(bot.scenario.id, engine: engine, language: language, state: .configured)
        guard let before = training(target) else { return .invalidArguments }
        if !before.isRunning {
            startTraining(bot.scenario.onTrain.aimed(at: target), of: bot.scenario.id, at: now)
        }
        guard let record = self.training(target) else { return .internalError }
        return engine == .ml
            ? .mlTrainingStarted(record, anew: !before.isRunning) : .faqTrainingStarted(record)
    }

    /// Starts an export, unless one is pending or in progress: the reply is then about that one.
    private mutating func export(_ bot: BotRecord, _ request: APIRequest, at now: SimulatorTime) -> Reply {
        guard let state = request.state, state == .configured || bot.isPublished || bot.scenario.states.contains(state),
            let fileType = ExportJob.FileType(rawValue: request.query["type"]?.lowercased() ?? "csv")
        else { return .invalidArguments }
        startExport(bot.scenario.onExport, of: bot.scenario.id, fileType: fileType, at: now)
        guard let job = bots[bot.scenario.id]?.export else { return .internalError }
        return .exportStatus(job, of: bot.scenario, filesURL: filesURL, at: now)
    }

    private func publishStatus(of bot: BotRecord, at now: SimulatorTime) -> Reply {
        let awaited = bot.awaitedPublish.flatMap { $0.plan.awaiting == .inProgress ? $0 : nil }
        guard let job = awaited ?? bot.publish else { return .never(bot.scenario.neverReply) }
        return .publishStatus(job, of: bot.scenario, at: now)
    }

    /// Starts a publish, unless one runs or awaits approval: the reply is then about that one.
    private mutating func publish(_ bot: BotRecord, _ request: APIRequest, at now: SimulatorTime) -> Reply {
        guard let body = PublishCall(json: request.body) else { return .invalidArguments }
        var publish = bot.scenario.onPublish
        if let trains = body.initiateTraining { publish.trains = trains }
        startPublish(publish, of: bot.scenario.id, comment: body.versionComment, at: now)
        guard let record = bots[bot.scenario.id], let job = record.awaitedPublish ?? record.publish else {
            return .internalError
        }
        return .publishStarted(job, of: bot.scenario)
    }

    private mutating func listBots(_ request: APIRequest) -> Reply {
        let (offset, limit) = (Int(request.query["offset"] ?? "0"), Int(request.query["limit"] ?? "50"))
        guard let offset, let limit, offset >= 0, limit > 0 else { return .invalidArguments }
        let listed = botIDs.compactMap { bots[$0] }.filter(\.isListed)
        let size = min(limit, botList.pageSize)
        let (position, overflows) = offset.multipliedReportingOverflow(by: botList.offset == .pages ? size : 1)
        let start = overflows ? listed.count : min(position, listed.count)
        var page = listed[start...].prefix(size)
        if offset > 0, !page.isEmpty, emptyPages > 0 {
            emptyPages -= 1
            page = []
        }
        let hasMore = botList.alwaysMore || start + page.count < listed.count
        return .botList(page, total: listed.count, availableMore: hasMore)
    }
}

extension Platform {
    /// A call of the public API.
    package enum Endpoint: String, Word, Encodable {
        case mlTrainStatus = "ml_train_status"
        case faqTrainStatus = "faq_train_status"
        case mlExportStatus = "ml_export_status"
        case mlTrain = "ml_train"
        case faqTrain = "faq_train"
        case mlExport = "ml_export"
        case publishStatus = "publish_status"
        case publish
        case bots

        /// What the documentation says about a call.
        private struct Traits {
            /// The path after `/api/public/bot/{id}/`; `nil` for the list of bots.
            var path: String?
            var scope: Scenario.Scope?
            /// `nil` for calls that start something or list bots.
            var collector: Collector?
        }

        private var traits: Traits {
            switch self {
            case .mlTrainStatus: Traits(path: "ml/train/status", scope: .trainML, collector: .mlTraining)
            case .faqTrainStatus: Traits(path: "faqs/train/status", scope: .trainFAQ, collector: .faqTraining)
            case .mlExportStatus: Traits(path: "mlexport/status", scope: .utterancesExport, collector: .mlExport)
            case .mlTrain: Traits(path: "ml/train", scope: .trainML)
            case .faqTrain: Traits(path: "faqs/train", scope: .trainFAQ)
            case .mlExport: Traits(path: "mlexport", scope: .utterancesExport)
            case .publishStatus: Traits(path: "publish/status", scope: .publishStatus, collector: .publish)
            case .publish: Traits(path: "publish", scope: .publish)
            case .bots: Traits()
            }
        }

        var method: String { self == .bots || collector != nil ? "GET" : "POST" }

        /// Whether a status call has a language.
        var hasLanguage: Bool { self == .mlTrainStatus || self == .faqTrainStatus }

        /// The API scope that a credential needs; `nil` for the list of bots, which only an admin credential may call.
        var scope: Scenario.Scope? { traits.scope }

        /// Whether only credentials of the Admin Console have the call's scope, and SDK credentials never.
        var isAdminCall: Bool { self == .publishStatus || self == .publish || self == .bots }

        /// The collector that a fault may be aimed at; `nil` for calls that start something or list bots.
        var collector: Collector? { traits.collector }

        /// Finds the call of a path, which has no query.
        ///
        /// - Returns: `nil` where the platform has no such path. `bot` is `nil` for the list of bots.
        static func find(path: Substring) -> (endpoint: Endpoint, bot: String?)? {
            if path == "/api/public/bots" { return (.bots, nil) }
            // The sample on the documentation's publish page calls the versioned path, with a slash at its end.
            let versioned = path.hasPrefix("/api/1.1/public/")
            let start = versioned ? "/api/1.1/public/bot/" : "/api/public/bot/"
            guard path.hasPrefix(start) else { return nil }
            var rest = path.dropFirst(start.count)
            if versioned, rest.hasSuffix("/") { rest = rest.dropLast() }
            guard let slash = rest.firstIndex(of: "/"), slash != rest.startIndex,
                let endpoint = allCases.first(where: { $0.traits.path == String(rest[rest.index(after: slash)...]) })
            else { return nil }
            guard !versioned || endpoint == .publishStatus || endpoint == .publish else { return nil }
            return (endpoint, String(rest[..<slash]))
        }
    }
}
