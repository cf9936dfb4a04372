/// The admin path: the controls, over HTTP.
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
            return try perform(call, on: String(call.path[1]), call.path[2...].joined(separator: "/"))
        }
        switch (call.method, call.path.joined(separator: "/")) {
        case ("GET", "events"):
            let after = call.query["after"].flatMap { Int($0) } ?? 0
            return AdminCall.encode(events().filter { $0.number > after })
        case ("GET", "requests"): return AdminCall.encode(requests())
        case ("DELETE", "requests"): resetRequests()
        case ("GET", "bots"): return AdminCall.encode(bots())
        case ("GET", "faults"): return AdminCall.encode(faults())
        case ("POST", "faults"):
            let injection: AdminBody.Injection = try call.decode()
            return AdminCall.encode(["id": inject(injection.fault, matching: injection.match, times: injection.times)])
        case ("DELETE", "faults"): removeFaults()
        case ("DELETE", _) where call.path.first == "faults" && call.path.count == 2:
            guard let id = Int(call.path[1]), removeFault(id) else {
                throw ControlError("expected the id of a fault that is in force, found \"\(call.path[1])\"")
            }
        case ("GET", "clock"): return AdminCall.encode(["now": clock.now])
        case ("POST", "clock"):
            let body: AdminBody.Clock = try call.decode()
            try advance(by: body.advance.duration)
            return AdminCall.encode(["now": clock.now])
        case ("POST", "certificate"):
            let body: AdminBody.Certificate = try call.decode()
            guard certificates != nil, body.present != .none else {
                throw ControlError("expected a simulator with TLS, and trusted or expired")
            }
            presentCertificate(body.present)
        default: return nil
        }
        return Self.done
    }

    private func perform(
        _ call: AdminCall,
        on bot: String,
        _ action: String
    ) throws(ControlError) -> Reply? {
        switch action {
        case "publish": try publish(bot)
        case "forget": try forget(bot)
        case "export":
            let body: AdminBody.Export = try call.decode()
            try startExport(bot, queued: body.queued, takes: body.takes, outcome: body.outcome, file: body.file)
        case "export/finish": try finishExport(bot)
        case "export/fail": try failExport(bot)
        case "train", "finish", "fail", "status", "drift", "sync":
            let body: AdminBody.Training = try call.decode()
            var target = Platform.TrainingTarget(bot, engine: body.engine, state: body.state)
            target.language = if let language = body.language { language } else { try defaultLanguage(of: bot) }
            switch action {
            case "train":
                try startTraining(target, queued: body.queued, takes: body.takes, outcome: body.outcome)
            case "finish": try finishTraining(target)
            case "fail": try failTraining(target)
            case "status": try setTraining(target, to: body.status)
            case "drift": try drift(target, components: body.components ?? ["sentences"])
            default: try sync(target, components: body.components)
            }
        default: return nil
        }
        return Self.done
    }

    private func defaultLanguage(of bot: String) throws(ControlError) -> String {
        try update { state, _ throws(ControlError) in
            state.platform.defaultLanguage(of: try state.platform.resolve(bot))
        }
    }

    private func bots() -> [BotReport] {
        update { state, now in
            state.platform.advance(to: now)
            return state.platform.botIDs.compactMap { state.platform.bots[$0].map(BotReport.init) }
        }
    }

    private func faults() -> [FaultReport] {
        update { state, _ in state.faults.rules.map(FaultReport.init) }
    }
}
