import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Refuses requests that are too large or cannot be parsed, and reports the progress of requests to the connection.
final class RequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: WebLimits
    /// Whether the channel is one stream of an HTTP/2 connection.
    private let isStream: Bool
    private var bodyBytes = 0
    private var responses = 0
    private var isTurnedAway = false
    private var isHeadHeld = false
    /// Whether the client waits for `100 Continue` before it sends its body, and earlier responses come first.
    private var owesContinue = false
    /// Completes when the last response that was written has been passed to the kernel.
    private var lastSent: EventLoopFuture<Void>?

    init(limits: WebLimits, isStream: Bool) {
        self.limits = limits
        self.isStream = isStream
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The rest of a refused request is read and discarded.
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
                sendContinue(context)
            }
            return
        case .body(let bytes):
            // A client that sends its body no longer waits for `100 Continue`.
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
        // Only after the kernel has all of it: a client that reads slowly is still being answered.
        let sent = promise ?? context.eventLoop.makePromise()
        lastSent = sent.futureResult
        sent.futureResult.assumeIsolated().whenComplete { _ in self.signal(context, .responseEnded) }
        context.write(data, promise: sent)
        sendContinue(context)
    }

    /// Sends `100 Continue` for the request that is being read, once all earlier requests have their responses.
    ///
    /// Source: RFC 9110, section 10.1.1.
    private func sendContinue(_ context: ChannelHandlerContext) {
        guard owesContinue, responses == 1 else { return }
        owesContinue = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    func flush(context: ChannelHandlerContext) {
        // A head is sent together with what follows it: one packet wakes the client, not two.
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
        // A stream that ends early sends no more responses; a connection that ends does not need the events.
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
        // Closing at once would reset the connection of a client that still sends, before it reads the response.
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

/// An outbound event whose promise succeeds when the last response has been passed to the kernel.
struct ResponseSent: Sendable {}
