import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

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
        case ("POST", "bot_list"): try setBotList(try call.decode())
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
        case "publish":
            let body: AdminBody.Publish = try call.decode()
            try startPublish(bot, plan: body.plan, comment: body.comment)
        case "publish/finish": try finishPublish(bot, failsIn: (try call.decode() as AdminBody.Publish).failsIn ?? [])
        case "publish/fail": try failPublish(bot, in: (try call.decode() as AdminBody.Publish).failsIn ?? ["NL"])
        case "publish/approve": try approvePublish(bot)
        case "publish/reject": try rejectPublish(bot)
        case "list": try setListed(bot, true, as: (try call.decode() as AdminBody.Listing).name)
        case "unlist": try setListed(bot, false)
        case "unpublish": try unpublish(bot)
        case "forget": try forget(bot)
        case "export":
            let body: AdminBody.Export = try call.decode()
            try startExport(
                bot,
                queued: body.queued,
                takes: body.takes,
                outcome: body.outcome,
                file: body.file,
                failedStep: body.failedStep
            )
        case "export/finish": try finishExport(bot)
        case "export/fail": try failExport(bot)
        case "drop": try dropFlags(bot, Set((try call.decode() as AdminBody.Training).components ?? []))
        case "train", "finish", "fail", "status", "drift", "sync":
            let body: AdminBody.Training = try call.decode()
            var target = Platform.TrainingTarget(bot, engine: body.engine, state: body.state)
            target.language = if let language = body.language { language } else { try defaultLanguage(of: bot) }
            switch action {
            case "train":
                try startTraining(
                    target,
                    queued: body.queued,
                    takes: body.takes,
                    outcome: body.outcome,
                    message: body.message
                )
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

/// A call of the admin path, apart from its socket.
struct AdminCall {
    var method: String
    /// What follows `/_simulator/`, split at its slashes.
    var path: [Substring]
    var query: [String: String]
    var body: [UInt8]

    /// The body's JSON; an empty one is `{}`.
    ///
    /// - Throws: ``ControlError`` that names what was expected.
    func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(ControlError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body.isEmpty ? Array("{}".utf8) : body))
        } catch let error as DecodingError {
            let place = error.place.isEmpty ? "the body" : error.place
            throw ControlError("\(place): \(error.explanation)")
        } catch {
            throw ControlError("expected JSON: \(error)")
        }
    }

    static func encode(_ value: some Encodable) -> Reply {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return .internalError }
        return Reply(headers: [Reply.jsonHeader], body: Array(data) + [UInt8(ascii: "\n")])
    }
}

/// The paths below `/_simulator/`, which the real platform does not have.
extension Simulator {
    /// - Parameter path: What follows `/_simulator/`, without the query.
    func respond(
        toOwnPath path: Substring,
        query: Substring,
        _ request: Request,
        _ context: SimulatorRequestContext
    ) async throws -> Response {
        if path == "redirected" {
            update { state, _ in state.counts.redirectsFollowed += 1 }
            return Response(Reply(json: ["trainingStatus": "Finished"]))
        }
        if path.hasPrefix("files/") { return file(String(path.dropFirst("files/".count))) }
        guard configuration.isAdminEnabled else { return Response(Reply.notFound) }
        guard context.channel.remoteAddress?.isLoopback == true else {
            return Response(Self.failure(403, "the admin path is for clients on loopback"))
        }
        let body = try await request.body.collect(upTo: 1 << 20)
        let call = AdminCall(
            method: request.method.rawValue,
            path: path.split(separator: "/"),
            query: Query.items(of: query),
            body: Array(body.readableBytesView)
        )
        return Response(administer(call))
    }

    /// An export's file: whoever has the link has it, as on the real platform.
    private func file(_ name: String) -> Response {
        let found = update { state, now in
            state.platform.advance(to: now)
            return state.platform.takeDownload(name)
        }
        guard let found else { return Response(Reply.notFound) }
        return Response(file: ExportFile(found.job.fileType, size: found.job.fileSize), isBroken: found.isBroken)
    }
}

extension SocketAddress {
    /// An address of 127.0.0.0/8 or ::1.
    fileprivate var isLoopback: Bool {
        guard let ipAddress else { return false }
        return ipAddress.hasPrefix("127.") || ipAddress == "::1" || ipAddress.hasPrefix("::ffff:127.")
    }
}
