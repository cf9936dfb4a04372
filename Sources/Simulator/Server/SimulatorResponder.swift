import HTTPTypes
import Hummingbird
import NIOCore

/// Answers HTTP requests from the simulator's state, faults included.
struct SimulatorResponder: HTTPResponder {
    typealias Context = SimulatorRequestContext

    let simulator: Simulator
    let verifier: TokenVerifier

    func respond(to request: Request, context: Context) async throws -> Response {
        let target = request.head.path ?? "/"
        let question = target.firstIndex(of: "?") ?? target.endIndex
        var path = target[..<question]
        let query = target[question...].dropFirst()
        let prefix = simulator.scenario.pathPrefix
        if path.hasPrefix("\(prefix)/") { path = path.dropFirst(prefix.count) }
        if path.hasPrefix("/_simulator/") {
            return try await simulator.respond(
                toOwnPath: path.dropFirst("/_simulator/".count),
                query: query,
                request,
                context
            )
        }
        guard target.hasPrefix("\(prefix)/"), let (endpoint, bot) = Platform.Endpoint.find(path: path) else {
            return Response(Reply.notFound)
        }
        let body = request.method == .post ? try await request.body.collect(upTo: 1 << 20) : ByteBuffer()
        let call = APIRequest(
            endpoint: endpoint,
            bot: bot,
            method: request.method.rawValue,
            query: Query.items(of: query),
            botLanguage: request.headers.value(of: "bot-language"),
            body: Array(body.readableBytesView)
        )
        let token = await verifier.find(request.headers.value(of: "auth"))
        let (counted, fault) = simulator.begin(call, target: "\(request.method.rawValue) \(target)")
        return try await respond(to: call, token: token, counted: counted, fault: fault, on: context.channel)
    }

    private func respond(
        to call: APIRequest,
        token: TokenFinding,
        counted target: String,
        fault: Fault?,
        on channel: any Channel
    ) async throws -> Response {
        let simulator = self.simulator
        let response: Response
        do {
            switch fault {
            case .hang: try await channel.hold(for: nil)
            case .close: await channel.end(.close)
            case .reset: await channel.end(.reset)
            case .latency(let duration): try await channel.hold(for: duration)
            default: break
            }
            let reply =
                fault.flatMap { Reply.fault($0, for: call.endpoint, baseURL: simulator.baseURL) }
                ?? simulator.answer(call, token: token)
            let end: @Sendable (Int) -> Void = { simulator.end(target, status: $0) }
            switch fault {
            case .close, .reset: throw ChannelError.ioOnClosedChannel
            case .truncated: return Response(truncated: reply, end: end)
            case .slowDrip(let interval): return Response(dripped: reply, every: interval, on: channel, end: end)
            case .hugeBody(let mebibytes): return Response(hugeWithMebibytes: mebibytes, end: end)
            default: response = Response(reply)
            }
        } catch {
            simulator.end(target, status: 0)
            throw error
        }
        simulator.end(target, status: Int(response.status.code))
        return response
    }
}

extension HTTPFields {
    /// The first value of a header.
    func value(of name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }
}

/// The part of a connection that the responder needs.
struct SimulatorRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

extension Response {
    init(_ reply: Reply) {
        let body = reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        self.init(reply, body)
    }

    private init(_ reply: Reply, _ body: ResponseBody) {
        var headers = HTTPFields()
        // A fault's header whose name HTTP does not allow is left out.
        for header in reply.headers {
            if let name = HTTPField.Name(header.name) { headers.append(HTTPField(name: name, value: header.value)) }
        }
        self.init(status: HTTPResponse.Status(code: reply.status), headers: headers, body: body)
    }

    /// Promises the body and one more byte, sends half of the body and ends the connection.
    init(truncated reply: Reply, end: @escaping @Sendable (Int) -> Void) {
        let half = ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2))
        let body = ResponseBody(contentLength: reply.body.count + 1) { writer in
            defer { end(reply.status) }
            try await writer.write(half)
            throw ChannelError.eof
        }
        self.init(reply, body)
    }

    /// Sends one byte at each interval.
    init(
        dripped reply: Reply,
        every interval: Duration,
        on channel: any Channel,
        end: @escaping @Sendable (Int) -> Void
    ) {
        let body = ResponseBody(contentLength: reply.body.count) { writer in
            defer { end(reply.status) }
            for byte in reply.body {
                try await channel.hold(for: interval)
                try await writer.write(ByteBuffer(bytes: [byte]))
            }
            try await writer.finish(nil)
        }
        self.init(reply, body)
    }

    /// Sends a JSON string of many mebibytes in chunks, so that no content length warns the client.
    init(hugeWithMebibytes mebibytes: Int, end: @escaping @Sendable (Int) -> Void) {
        let body = ResponseBody { writer in
            defer { end(200) }
            try await writer.write(ByteBuffer(string: "{\"trainingStatus\":\""))
            let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 65_536)
            for _ in 0..<max(0, min(mebibytes, 1 << 20)) * 16 { try await writer.write(chunk) }
            try await writer.write(ByteBuffer(string: "\"}"))
            try await writer.finish(nil)
        }
        self.init(Reply(headers: [.json], body: []), body)
    }

    /// Sends the file of an export in parts.
    ///
    /// - Parameter isBroken: Whether only half of the promised file is sent.
    init(file: ExportFile, isBroken: Bool) {
        let rowsPerPart = 1024
        let body = ResponseBody(contentLength: file.count) { writer in
            let part = ByteBuffer(bytes: Array(repeating: file.row, count: rowsPerPart).joined())
            try await writer.write(ByteBuffer(bytes: file.begin))
            var left = isBroken ? file.rows / 2 : file.rows
            while left > 0 {
                let rows = min(left, rowsPerPart)
                try await writer.write(part.getSlice(at: 0, length: rows * file.row.count) ?? part)
                left -= rows
            }
            if isBroken { throw ChannelError.eof }
            try await writer.write(ByteBuffer(bytes: file.end))
            try await writer.finish(nil)
        }
        let type = Reply.Header(name: "Content-Type", value: file.contentType)
        self.init(Reply(headers: [type], body: []), body)
    }
}
