import Glibc
import NIOCore
import NIOHTTP1

/// Answers the requests of one HTTP/1.1 connection or HTTP/2 stream as the test says.
final class OriginHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let connection: Int
    private let log: OriginLog
    private let answer: @Sendable (OriginRequest) -> OriginReply
    private var request: OriginRequest?
    private var number = 0
    /// The chunk that is sent again and again.
    private var endlessChunk: [UInt8]?

    init(connection: Int, log: OriginLog, answer: @escaping @Sendable (OriginRequest) -> OriginReply) {
        self.connection = connection
        self.log = log
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            number += 1
            request = OriginRequest(
                method: head.method.rawValue,
                target: head.uri,
                headers: head.headers.map { ($0.name.lowercased(), $0.value) },
                httpVersion: "\(head.version.major).\(head.version.minor)",
                connection: connection,
                number: number
            )
        case .body(let bytes):
            request?.body += Array(bytes.readableBytesView)
        case .end:
            guard let request else { return }
            self.request = nil
            log.add(request)
            reply(answer(request), context: context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        sendEndlessly(context: context)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func reply(_ reply: OriginReply, context: ChannelHandlerContext) {
        switch reply {
        case .respond(let status, let headers, let body):
            log.answer()
            send(status: status, headers: headers, length: body.count, body: body, context: context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .delayed(let milliseconds):
            replyLater(milliseconds: milliseconds, context: context)()
        case .gathered(let gate, let milliseconds):
            gate.arrive(replyLater(milliseconds: milliseconds, context: context))
        case .drip(let milliseconds):
            send(status: 200, headers: [], length: 1_000_000, body: [], context: context)
            let channel = context.channel
            context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(milliseconds)) { task in
                guard channel.isActive else { return task.cancel() }
                channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: "."))), promise: nil)
            }
        case .hang:
            break
        case .stall(let declared, let body):
            send(status: 200, headers: [], length: declared, body: body, context: context)
        case .truncate(let declared, let body):
            send(status: 200, headers: [], length: declared, body: body, context: context)
            context.close(promise: nil)
        case .endless(let chunk):
            send(status: 200, headers: [], length: nil, body: [], context: context)
            endlessChunk = chunk
            sendEndlessly(context: context)
        case .close:
            context.close(promise: nil)
        case .reset:
            reset(context: context)
        case .raw(let bytes):
            // Past the encoder, which stands before this handler and would not let it through.
            let sent = context.pipeline.syncOperations
            guard let encoder = try? sent.context(handlerType: HTTPResponseEncoder.self) else { return }
            encoder.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
            context.close(promise: nil)
        }
    }

    private func replyLater(milliseconds: Int64, context: ChannelHandlerContext) -> @Sendable () -> Void {
        let eventLoop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: eventLoop)
        return {
            eventLoop.scheduleTask(in: .milliseconds(milliseconds)) {
                let (handler, context) = bound.value
                handler.reply(.ok(), context: context)
            }
        }
    }

    private func send(
        status: Int,
        headers: [(String, String)],
        length: Int?,
        body: [UInt8],
        context: ChannelHandlerContext
    ) {
        var fields = HTTPHeaders(headers)
        if let length { fields.add(name: "content-length", value: String(length)) }
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !body.isEmpty { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil) }
        context.flush()
    }

    private func sendEndlessly(context: ChannelHandlerContext) {
        guard let endlessChunk else { return }
        while context.channel.isActive, context.channel.isWritable {
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: endlessChunk)))), promise: nil)
        }
    }

    /// With no time to linger a close is a reset.
    private func reset(context: ChannelHandlerContext) {
        let channel = context.channel
        guard let options = channel as? any SocketOptionProvider else { return }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    }
}
