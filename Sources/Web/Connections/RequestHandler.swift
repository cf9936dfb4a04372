import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Turns requests away that are too large or that cannot be read, and tells the connection how requests go on.
final class RequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: WebLimits
    /// Whether the channel is one stream of a connection in HTTP/2.
    private let isStream: Bool
    private var bodyBytes = 0
    private var responses = 0
    private var isTurnedAway = false
    private var isHeadHeld = false
    /// Whether the client waits to be told that its body is wanted, and earlier responses come first.
    private var owesContinue = false
    /// Of the last response that was written.
    private var lastSent: EventLoopFuture<Void>?

    init(limits: WebLimits, isStream: Bool) {
        self.limits = limits
        self.isStream = isStream
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The rest of a request that was turned away is read and forgotten.
        guard !isTurnedAway else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            bodyBytes = 0
            if let length = head.headerFields[.contentLength], Int(length).map({ $0 > limits.bodyBytes }) ?? true {
                turnAway(context, with: .contentTooLarge)
                return
            }
            let expectation = head.headerFields[.expect]?.lowercased()
            if let expectation, expectation != "100-continue" {
                turnAway(context, with: .expectationFailed)
                return
            }
            responses += 1
            signal(context, .requestBegan)
            context.fireChannelRead(data)
            if expectation != nil {
                owesContinue = true
                tellToContinue(context)
            }
            return
        case .body(let bytes):
            // A client that sends its body does not wait any more.
            owesContinue = false
            bodyBytes += bytes.readableBytes
            guard bodyBytes <= limits.bodyBytes else {
                isTurnedAway = true
                context.close(promise: nil)
                return
            }
        case .end:
            owesContinue = false
            signal(context, .requestEnded)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isTurnedAway else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let part = unwrapOutboundIn(data)
        isHeadHeld = if case .head(let head) = part { head.status.kind != .informational } else { false }
        guard case .end = part else {
            context.write(data, promise: promise)
            return
        }
        responses = max(0, responses - 1)
        // Not before the kernel has all of it: a client that reads slowly is still being answered.
        let sent = promise ?? context.eventLoop.makePromise()
        lastSent = sent.futureResult
        sent.futureResult.assumeIsolated().whenComplete { _ in self.signal(context, .responseEnded) }
        context.write(data, promise: sent)
        tellToContinue(context)
    }

    /// Asks for the body of the request that is being read, once it is the first that has no response.
    ///
    /// Source: RFC 9110, section 10.1.1.
    private func tellToContinue(_ context: ChannelHandlerContext) {
        guard owesContinue, responses == 1 else { return }
        owesContinue = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    func flush(context: ChannelHandlerContext) {
        // A head is sent with what follows it: one packet for the client to wake up for, rather than two.
        guard !isHeadHeld else { return }
        context.flush()
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is ResponseSent else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        guard let lastSent else {
            promise?.succeed()
            return
        }
        lastSent.cascade(to: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, responses == 0, !isTurnedAway else {
            context.fireErrorCaught(error)
            return
        }
        turnAway(context, with: error == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest)
    }

    func channelInactive(context: ChannelHandlerContext) {
        // A stream that ends early has no more response; a connection that ends needs none.
        if isStream, !isTurnedAway {
            for _ in 0..<responses { signal(context, .responseEnded) }
        }
        context.fireChannelInactive()
    }

    private func turnAway(_ context: ChannelHandlerContext, with status: HTTPResponse.Status) {
        isTurnedAway = true
        let text = ByteBuffer(string: "\(status.code) \(status.reasonPhrase)\n")
        var head = HTTPResponse(status: status)
        head.headerFields[.contentType] = "text/plain; charset=utf-8"
        head.headerFields[.contentLength] = String(text.readableBytes)
        head.headerFields[.date] = HTTPDate.now
        if !isStream { head.headerFields[.connection] = "close" }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(text)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // To close at once would reset the connection under a client that still sends, before it reads why.
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.lingerTimeout)) {
            context.close(promise: nil)
        }
    }

    private func signal(_ context: ChannelHandlerContext, _ event: ConnectionEvent) {
        if isStream {
            context.channel.parent?.triggerUserOutboundEvent(event, promise: nil)
        } else {
            context.triggerUserOutboundEvent(event, promise: nil)
        }
    }
}

/// Asks a connection to tell when the last response that was written is all with the kernel.
struct ResponseSent: Sendable {}
