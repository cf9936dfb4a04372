package import Exposition
import Glibc
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Answers scrapes from the page store.
struct ScrapeHandler: Sendable {
    /// The time that a client has to read a whole response. Prometheus gives up earlier: its default is ten seconds.
    private static let longestWrite = TimeAmount.minutes(2)

    let policy: ScrapePolicy
    let pages: PageStore<ByteBuffer>

    func respond(to request: Request, _ context: WebContext) async -> Response {
        await policy.respond(to: request, on: context.channel) { admission in
            await rendered(for: request, context, admission.place)
        }
    }

    private func rendered(
        for request: Request,
        _ context: WebContext,
        _ place: ScrapeLimit.Place
    ) async -> Response {
        let negotiation = Negotiation(request.headers)
        let names = Set(request.queryParameters.values("name[]"))
        let client = context.channel.remoteAddress?.ipAddress ?? ""
        let body = await pages.scrape(negotiation.form, client: client, names: names)
        return Response(
            status: .ok,
            headers: negotiation.headers,
            body: Self.send(body, on: context.channel, place)
        )
    }

    /// Closes the connection of a client that does not read the response in time.
    static func timeout(of channel: any Channel) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: longestWrite) { channel.close(promise: nil) }
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
            // For a slow client the response waits in memory; it keeps its place until the kernel has all of it.
            try await channel.triggerUserOutboundEvent(ResponseSent()).get()
            withExtendedLifetime(place) {}
        }
    }
}

/// The pages of a registry, prepared before the scrapes that are expected. All addresses share them.
package struct MetricsPages: Service {
    let store: PageStore<ByteBuffer>

    package init(_ registry: Registry) {
        store = PageStore(registry)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await store.prepareInTime() }
    }

    /// The work of rendering and compressing since the start.
    package var work: RenderingWork {
        get async { await store.work }
    }
}

extension Negotiation {
    /// Negotiates the form that a request with these headers asks for.
    init(_ request: HTTPFields) {
        self.init(accept: request[.accept], acceptEncoding: request[.acceptEncoding])
    }

    /// The headers of the response.
    var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: contentType, .vary: "Accept, Accept-Encoding"]
        if form.coding == .gzip { headers[.contentEncoding] = "gzip" }
        return headers
    }
}

/// The time in the format of HTTP's headers.
///
/// Source: RFC 9110, section 5.6.7.
enum HTTPDate {
    static var now: String { text(time(nil)) }

    /// - Parameter seconds: A Unix time.
    static func text(_ seconds: Int) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        // The names of days and months are English, because the process never sets a locale.
        return String(unsafeUninitializedCapacity: 64) { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                strftime($0.baseAddress, $0.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            }
        }
    }
}
