import Exposition
import Hummingbird
import NIOCore

/// Answers scrapes from ready pages.
struct ScrapeHandler: Sendable {
    /// A client that has not read everything by then has given up: Prometheus waits for ten seconds, unless told otherwise.
    private static let longestWrite = TimeAmount.minutes(2)

    let path: String
    let pages: PageStore<ByteBuffer>
    let limit: ScrapeLimit

    func respond(to request: Request, _ context: WebContext) async -> Response {
        guard let place = limit.take(for: context.channel) else {
            return .overload("Too many scrapes at once: try again later.\n")
        }
        let negotiation = Negotiation(request.headers)
        let names = Set(request.queryParameters.values("name[]"))
        let client = context.channel.remoteAddress?.ipAddress ?? ""
        let body = await pages.scrape(negotiation.form, client: client, names: names)
        return Response(
            status: .ok,
            headers: negotiation.headers,
            body: request.method == .head ? Self.nothing(insteadOf: body) : Self.send(body, on: context.channel, place)
        )
    }

    /// Ends the connection of a client that does not read.
    static func timeout(of channel: any Channel) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: longestWrite) { channel.close(promise: nil) }
    }

    private static func nothing(insteadOf body: ScrapeBody<ByteBuffer>) -> ResponseBody {
        ResponseBody(contentLength: body.length) { try await $0.finish(nil) }
    }

    private static func send(
        _ body: ScrapeBody<ByteBuffer>,
        on channel: any Channel,
        _ place: ScrapeLimit.Place
    ) -> ResponseBody {
        ResponseBody(contentLength: body.length) { writer in
            let timeout = timeout(of: channel)
            defer { timeout.cancel() }
            try await writer.write(contentsOf: body.blocks)
            try await writer.finish(nil)
            // What was written waits in memory for a slow reader; until it is gone the place is taken.
            try await channel.triggerUserOutboundEvent(ResponseSent()).get()
            withExtendedLifetime(place) {}
        }
    }
}
