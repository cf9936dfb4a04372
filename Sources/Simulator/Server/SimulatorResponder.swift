import HTTPTypes
import Hummingbird
import NIOCore

/// Turns requests into what the simulator's state says, faults included.
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
        let (ticket, fault) = simulator.begin(call, target: "\(request.method.rawValue) \(target)")
        return try await respond(to: call, token: token, ticket: ticket, fault: fault, on: context.channel)
    }

    private func respond(
        to call: APIRequest,
        token: TokenFinding,
        ticket: RequestCounts.Ticket,
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
            let end: @Sendable (Int) -> Void = { simulator.end(ticket, status: $0) }
            switch fault {
            case .close, .reset: throw ChannelError.ioOnClosedChannel
            case .truncated: return Response(truncated: reply, end: end)
            case .slowDrip(let interval): return Response(dripped: reply, every: interval, on: channel, end: end)
            case .hugeBody(let mebibytes): return Response(hugeWithMebibytes: mebibytes, end: end)
            default: response = Response(reply)
            }
        } catch {
            simulator.end(ticket, status: 0)
            throw error
        }
        simulator.end(ticket, status: Int(response.status.code))
        return response
    }
}

extension HTTPFields {
    /// The first value of a header.
    func value(of name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }
}

/// What a responder needs of its connection.
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
        self.init(
            status: HTTPResponse.Status(code: reply.status),
            headers: reply.fields,
            body: reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        )
    }

    /// Promises the whole body, sends half of it and breaks off.
    init(truncated reply: Reply, end: @escaping @Sendable (Int) -> Void) {
        let half = ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2))
        self.init(
            status: HTTPResponse.Status(code: reply.status),
            headers: reply.fields,
            body: ResponseBody(contentLength: reply.body.count + 1) { writer in
                defer { end(reply.status) }
                try await writer.write(half)
                throw ChannelError.eof
            }
        )
    }

    /// Sends a byte at a time.
    init(
        dripped reply: Reply,
        every interval: Duration,
        on channel: any Channel,
        end: @escaping @Sendable (Int) -> Void
    ) {
        self.init(
            status: HTTPResponse.Status(code: reply.status),
            headers: reply.fields,
            body: ResponseBody(contentLength: reply.body.count) { writer in
                defer { end(reply.status) }
                for byte in reply.body {
                    try await channel.hold(for: interval)
                    try await writer.write(ByteBuffer(bytes: [byte]))
                }
                try await writer.finish(nil)
            }
        )
    }

    /// JSON with one string of that many mebibytes, in chunks, so that no length warns the client.
    init(hugeWithMebibytes mebibytes: Int, end: @escaping @Sendable (Int) -> Void) {
        var headers = HTTPFields()
        headers[.contentType] = Reply.jsonHeader.value
        self.init(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                defer { end(200) }
                try await writer.write(ByteBuffer(string: "{\"trainingStatus\":\""))
                let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 65_536)
                for _ in 0..<max(0, min(mebibytes, 1 << 20)) * 16 { try await writer.write(chunk) }
                try await writer.write(ByteBuffer(string: "\"}"))
                try await writer.finish(nil)
            }
        )
    }
}

extension Reply {
    /// The headers, without those whose name or value HTTP does not allow.
    fileprivate var fields: HTTPFields {
        var fields = HTTPFields()
        for header in headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return fields
    }
}

extension Response {
    private static let rowsPerPart = 1024

    /// The file of an export, part by part.
    ///
    /// - Parameter isBroken: Promises the whole file, sends half of it and breaks off.
    init(file: ExportFile, isBroken: Bool) {
        var headers = HTTPFields()
        headers[.contentType] = file.contentType
        self.init(
            status: .ok,
            headers: headers,
            body: ResponseBody(contentLength: file.count) { writer in
                let part = ByteBuffer(bytes: Array(repeating: file.row, count: Self.rowsPerPart).joined())
                try await writer.write(ByteBuffer(bytes: file.begin))
                var left = isBroken ? file.rows / 2 : file.rows
                while left > 0 {
                    let rows = min(left, Self.rowsPerPart)
                    try await writer.write(part.getSlice(at: 0, length: rows * file.row.count) ?? part)
                    left -= rows
                }
                if isBroken { throw ChannelError.eof }
                try await writer.write(ByteBuffer(bytes: file.end))
                try await writer.finish(nil)
            }
        )
    }
}
