import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers scrapes whose pages are ready where their requests are read, and lets all other requests go on to the router.
///
/// The router's way is several times longer than what a ready scrape costs, above all after a pause, when the processor's
/// caches have forgotten it.
final class ReadyScrapeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A scrape is counted this much after it was sent: a client that shares a processor with the exporter reads first.
    private static let countingDelay = TimeAmount.milliseconds(2)

    private let scrapes: ReadyScrapes
    /// To the request that is being read.
    private var answer: ReadyScrape?
    private var isSending = false
    private var timeout: Scheduled<Void>?
    /// Requests that went on and whose responses have not ended: answers keep the order of their requests.
    private var routedRequests = 0
    /// Whether the connection is to end when it has nothing to answer.
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
