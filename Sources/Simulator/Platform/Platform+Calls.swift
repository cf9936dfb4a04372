/// The public API's calls, for a credential that may make them.
extension Platform {
    /// Answers a call. What has to happen first must have: ``advance(to:)``.
    mutating func answer(_ request: APIRequest, at now: SimulatorTime) -> Reply {
        guard request.endpoint != .bots else { return listBots(request) }
        guard let id = request.bot, let bot = bots[id] else { return .invalidStream }
        switch request.endpoint {
        case .mlTrainStatus, .faqTrainStatus: return trainingStatus(of: bot, request)
        case .mlExportStatus: return exportStatus(of: bot, at: now)
        case .mlTrain, .faqTrain: return train(bot, request, at: now)
        case .mlExport: return export(bot, request, at: now)
        case .bots: return listBots(request)
        }
    }

    /// What is answered about a language or version that is not there, and about a state that is no word of the
    /// platform's, is not documented: this is its reply to bad arguments.
    private func trainingStatus(of bot: BotRecord, _ request: APIRequest) -> Reply {
        // Documented: optional for ML, where the bot's default is meant; required for FAQ.
        let fallback = request.endpoint == .mlTrainStatus ? bot.scenario.languages.first : nil
        guard let language = request.language ?? fallback, let state = request.state else { return .invalidArguments }
        let engine: Engine = request.endpoint == .mlTrainStatus ? .ml : .faq
        let key = BotRecord.Key(engine: engine, language: language, state: state)
        guard let training = bot.trainings[key] else { return .invalidArguments }
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

    /// A training that is queued or in progress stays as it is, and is what the reply tells of.
    private mutating func train(_ bot: BotRecord, _ request: APIRequest, at now: SimulatorTime) -> Reply {
        let engine: Engine = request.endpoint == .mlTrain ? .ml : .faq
        // Documented: English where the header is absent, not the bot's default language.
        let fallback = engine == .ml ? "en" : nil
        guard let language = request.language ?? fallback else { return .invalidArguments }
        let target = TrainingTarget(bot.scenario.id, engine: engine, language: language, state: .configured)
        guard let before = training(target) else { return .invalidArguments }
        if !before.isRunning {
            var training = bot.scenario.onTrain
            training.engine = engine
            training.language = language
            training.state = .configured
            startTraining(training, of: bot.scenario.id, at: now)
        }
        guard let record = self.training(target) else { return .internalError }
        return engine == .ml
            ? .mlTrainingStarted(record, anew: !before.isRunning) : .faqTrainingStarted(record)
    }

    /// A job that is pending or in progress stays as it is, and is what the reply tells of.
    private mutating func export(_ bot: BotRecord, _ request: APIRequest, at now: SimulatorTime) -> Reply {
        guard let state = request.state, bot.scenario.states.contains(state),
            let fileType = ExportJob.FileType(rawValue: request.query["type"]?.lowercased() ?? "csv")
        else { return .invalidArguments }
        startExport(bot.scenario.onExport, of: bot.scenario.id, fileType: fileType, at: now)
        guard let job = bots[bot.scenario.id]?.export else { return .internalError }
        return .exportStatus(job, of: bot.scenario, filesURL: filesURL, at: now)
    }

    private func listBots(_ request: APIRequest) -> Reply {
        let (offset, limit) = (Int(request.query["offset"] ?? "0"), Int(request.query["limit"] ?? "50"))
        guard let offset, let limit, offset >= 0, limit > 0 else { return .invalidArguments }
        let start = min(offset, botIDs.count)
        // Documented: 50 is the maximum.
        let page = botIDs[start...].prefix(min(limit, 50))
        return .botList(
            page.compactMap { bots[$0]?.scenario },
            total: botIDs.count,
            availableMore: start + page.count < botIDs.count
        )
    }
}
