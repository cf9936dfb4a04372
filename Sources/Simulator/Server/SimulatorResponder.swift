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
