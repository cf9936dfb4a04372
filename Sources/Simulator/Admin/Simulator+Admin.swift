/// The admin path, which gives access to the simulator's controls over HTTP.
extension Simulator {
    func administer(_ call: AdminCall) -> Reply {
        do throws(ControlError) {
            return try perform(call) ?? Self.failure(404, "no such call; docs/simulator.md lists them")
        } catch {
            return Self.failure(400, error.message)
        }
    }

    static func failure(_ status: Int, _ message: String) -> Reply {
        Reply(status: status, json: ["error": .string(message)])
    }

    private static let done = Reply(json: ["done": true])

    /// - Returns: `nil` where there is no such call.
    private func perform(_ call: AdminCall) throws(ControlError) -> Reply? {
        if call.path.first == "bots", call.path.count >= 3, call.method == "POST" {
            let action = call.path[2...].joined(separator: "/")
            return try perform(action, on: String(call.path[1]), call) ? Self.done : nil
        }
        switch (call.method, call.path.joined(separator: "/")) {
        case ("GET", "events"):
            let after = call.query["after"].flatMap { Int($0) } ?? 0
            return AdminCall.encode(events().filter { $0.number > after })
        case ("GET", "requests"): return AdminCall.encode(requests())
        case ("DELETE", "requests"): resetRequests()
        case ("GET", "bots"): return AdminCall.encode(bots())
        case ("POST", "bot_list"): try setBotList(call.decode())
        case ("GET", "faults"): return AdminCall.encode(update { state, _ in state.faults.rules })
        case ("POST", "faults"):
            let body: FaultBody = try call.decode()
            return AdminCall.encode(["id": inject(body.fault, matching: body.match, times: body.times)])
        case ("DELETE", "faults"): removeFaults()
        case ("DELETE", _) where call.path.first == "faults" && call.path.count == 2:
            guard let id = Int(call.path[1]), removeFault(id) else {
                throw ControlError(message: "expected the id of a fault that is in force, found \"\(call.path[1])\"")
            }
        case ("GET", "clock"): return AdminCall.encode(["now": clock.now])
        case ("POST", "clock"):
            try advance(by: (call.decode() as ClockBody).advance)
            return AdminCall.encode(["now": clock.now])
        case ("POST", "certificate"):
            let body: CertificateBody = try call.decode()
            guard certificates != nil, body.present != .none else {
                throw ControlError(message: "expected a simulator with TLS, and trusted or expired")
            }
            presentCertificate(body.present)
        default: return nil
        }
        return Self.done
    }

    /// - Returns: Whether there is such an action.
    private func perform(_ action: String, on bot: String, _ call: AdminCall) throws(ControlError) -> Bool {
        switch action {
        case "list": try setListed(bot, true, as: (call.decode() as ListBody).name)
        case "unlist": try setListed(bot, false)
        case "unpublish": try unpublish(bot)
        case "forget": try change(bot) { platform, bot, now in platform.forget(bot: bot, at: now) }
        case "drop":
            let body: TrainingBody = try call.decode()
            try change(bot) { platform, bot, _ in platform.bots[bot]?.droppedFlags = Set(body.components ?? []) }
        case "export":
            let body: ExportBody = try call.decode()
            try change(bot) { platform, bot, now in platform.startExport(body.export, of: bot, at: now) }
        case "export/finish": try finishExport(bot)
        case "export/fail": try failExport(bot)
        case "publish":
            let body: PublishBody = try call.decode()
            try change(bot) { platform, bot, now in
                platform.startPublish(body.publish, of: bot, comment: body.comment, at: now)
            }
        case "publish/finish": try endPublish(bot, succeeded: true, failsIn: call.decode(), otherwise: [])
        case "publish/fail": try endPublish(bot, succeeded: false, failsIn: call.decode(), otherwise: ["NL"])
        case "publish/approve":
            try changeAwaited(bot) { platform, bot, now in platform.approvePublish(bot: bot, at: now) }
        case "publish/reject":
            try changeAwaited(bot) { platform, bot, now in platform.rejectPublish(bot: bot, at: now) }
        case "train", "finish", "fail", "status", "drift", "sync":
            try performTraining(action, on: bot, call.decode())
        default: return false
        }
        return true
    }

    private func endPublish(
        _ bot: String,
        succeeded: Bool,
        failsIn body: PublishBody,
        otherwise parts: [String]
    ) throws(ControlError) {
        try change(bot) { platform, id, now throws(ControlError) in
            let parts = body.publish.failsIn ?? parts
            let name = "a publish of \(bot)"
            try platform.end(.publish(bot: id), called: name, succeeded: succeeded, failedParts: parts, at: now)
        }
    }

    private func changeAwaited(
        _ bot: String,
        _ change: (inout Platform, String, SimulatorTime) -> Void
    ) throws(ControlError) {
        try self.change(bot) { platform, id, now throws(ControlError) in
            guard platform.bots[id]?.awaitedPublish != nil else {
                throw ControlError(message: "expected a publish of \(bot) that awaits approval, found none")
            }
            change(&platform, id, now)
        }
    }

    private func performTraining(_ action: String, on bot: String, _ body: TrainingBody) throws(ControlError) {
        var target = Platform.TrainingTarget(bot, engine: body.training.engine, state: body.training.state)
        try change(bot) { platform, id, _ in
            target.language = body.training.language ?? platform.defaultLanguage(of: id)
        }
        switch action {
        case "train": try startTraining(target, as: body.training)
        case "finish": try finishTraining(target)
        case "fail": try failTraining(target)
        case "status": try setTraining(target, to: body.status)
        case "drift": try drift(target, components: body.components ?? ["sentences"])
        default:
            try change(target) { platform, target, now in
                let components = body.components ?? platform.bots[target.bot]?.components ?? []
                platform.sync(components, of: target, at: now)
            }
        }
    }

    private func bots() -> [BotReport] {
        update { state, now in
            state.platform.advance(to: now)
            return state.platform.botIDs.compactMap { state.platform.bots[$0].map(BotReport.init) }
        }
    }
}

/// The JSON that describes a bot on the admin path.
struct BotReport: Encodable {
    struct Training: Encodable {
        var engine: Platform.Engine
        var language: String
        var state: Platform.State
        var status: String
        var trainVersion: Int
        var outOfSync: [SyncComponent]
    }

    var id: String
    var name: String
    var trainings: [Training]
    /// The status of the last export; `nil` where there was none.
    var export: String?
    /// The status of the last or awaited publish; `nil` where there was none.
    var publish: String?
    var published: Bool

    init(_ bot: BotRecord) {
        id = bot.scenario.id
        name = bot.scenario.name
        trainings = bot.trainings.sorted { BotRecord.order($0.key, $1.key) }.map { target, record in
            Training(
                engine: target.engine,
                language: target.language,
                state: target.state,
                status: "\(record.status)",
                trainVersion: record.trainVersion,
                outOfSync: record.outOfSync.sorted { $0.wireName < $1.wireName }
            )
        }
        export = bot.export.map { "\($0.status)" }
        publish = (bot.awaitedPublish ?? bot.publish)?.status.rawValue
        published = bot.isPublished
    }
}
