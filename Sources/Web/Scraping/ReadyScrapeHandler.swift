import Exposition
import HTTPTypes
import Logging
package import NIOCore
import NIOHTTPTypes

/// Answers scrapes whose pages are ready on the event loop, and passes all other requests to the router.
///
/// The router takes several times longer, above all after a pause, when the processor's caches are cold.
final class ReadyScrapeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long after sending it a scrape is counted, so that a client on the same processor can read first.
    private static let countingDelay = TimeAmount.milliseconds(2)

    private let scrapes: ReadyScrapes
    /// The answer to the request that is being read.
    private var answer: ReadyScrape?
    private var isSending = false
    private var timeout: Scheduled<Void>?
    /// Requests passed on to the router whose responses have not ended: responses must keep the order of the requests.
    private var routedRequests = 0
    /// Whether to close the connection once nothing is being answered.
    private var isQuiescing = false

    init(_ scrapes: ReadyScrapes) {
        self.scrapes = scrapes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            if routedRequests == 0, !isSending { answer = scrapes.answer(to: request, on: context.channel) }
            if answer != nil { return }
            routedRequests += 1
        case .body:
            if answer != nil { return }
        case .end:
            if let answer {
                self.answer = nil
                send(answer, context)
                return
            }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { routedRequests = max(0, routedRequests - 1) }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, isSending || answer != nil {
            isQuiescing = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func send(_ answer: ReadyScrape, _ context: ChannelHandlerContext) {
        isSending = true
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in self.sent(answer, context) }
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        for block in answer.blocks { context.write(wrapOutboundOut(.body(block)), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
        if isSending { timeout = ScrapeHandler.timeout(of: context.channel) }
    }

    private func sent(_ answer: ReadyScrape, _ context: ChannelHandlerContext) {
        isSending = false
        timeout?.cancel()
        let (form, start, scrapes) = (answer.form, answer.start, scrapes)
        let duration = ContinuousClock.now - start
        let client = context.channel.remoteAddress?.ipAddress ?? ""
        context.eventLoop.scheduleTask(in: Self.countingDelay) {
            scrapes.note(form, by: client, at: start, took: duration)
        }
        if isQuiescing { context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }
}

/// A scrape's response that is ready to be sent.
struct ReadyScrape: Sendable {
    let form: ScrapeForm
    let head: HTTPResponse
    /// Empty for HEAD.
    let blocks: [ByteBuffer]
    /// Kept until everything is sent.
    let place: ScrapeLimit.Place
    let start = ContinuousClock.now
}

/// Finds the scrapes that can be answered at once: the page is ready, and no password or rate limit has to be checked.
struct ReadyScrapes: Sendable {
    let handler: ScrapeHandler
    let metrics: WebMetrics
    /// At debug level the router answers all requests, because it logs them.
    let logger: Logger

    /// - Returns: `nil` if the router has to answer.
    func answer(to request: HTTPRequest, on channel: any Channel) -> ReadyScrape? {
        guard request.path == handler.policy.path, request.method == .get || request.method == .head,
            request.headerFields[.connection] != "close", logger.logLevel > .debug
        else { return nil }
        guard let admission = handler.policy.admitAtOnce(on: channel) else { return nil }
        let negotiation = Negotiation(request.headerFields)
        guard let body = handler.pages.preparedBody(negotiation.form) else { return nil }
        var headers = negotiation.headers
        headers[.contentLength] = String(body.length)
        headers[.date] = HTTPDate.now
        admission.addHeaders(to: &headers)
        return ReadyScrape(
            form: negotiation.form,
            head: HTTPResponse(status: .ok, headerFields: headers),
            blocks: request.method == .head ? [] : body.blocks,
            place: admission.place
        )
    }

    /// Counts a scrape that was answered, and plans the preparation of the client's next one.
    ///
    /// - Parameters:
    ///   - start: When the request came.
    ///   - duration: The time until the last byte was sent.
    func note(_ form: ScrapeForm, by client: String, at start: ContinuousClock.Instant, took duration: Duration) {
        handler.pages.noteScrape(of: form, by: client, now: start)
        metrics.count(.ok, path: handler.policy.route, took: duration)
    }
}

extension ByteBuffer: ByteBlock {
    package init(copying bytes: [UInt8]) {
        self = ByteBufferAllocator().buffer(bytes: bytes)
    }

    package mutating func append(copying other: ByteBuffer) {
        writeImmutableBuffer(other)
    }
}
