import NIOCore
import NIOPosix

/// One connection to a ``TunnelProxy``: reads the head of `CONNECT`, connects, and then passes bytes on.
final class TunnelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Passes on what comes from the target.
    private final class BackHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let front: any Channel

        init(front: any Channel) {
            self.front = front
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            front.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            front.close(promise: nil)
        }
    }

    private let connection: Int
    private let refusal: String?
    private let log: OriginLog
    private var head = ""
    private var target: (any Channel)?

    init(connection: Int, refusal: String?, log: OriginLog) {
        self.connection = connection
        self.refusal = refusal
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if let target { return target.writeAndFlush(bytes, promise: nil) }
        head += String(buffer: bytes)
        if head.hasSuffix("\r\n\r\n") { connect(context: context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        target?.close(promise: nil)
    }

    private func connect(context: ChannelHandlerContext) {
        let lines = head.split(separator: "\r\n").map(String.init)
        let words = (lines.first ?? "").split(separator: " ").map(String.init)
        guard words.count == 3, let port = words[1].split(separator: ":").last.flatMap({ Int($0) }) else {
            return context.close(promise: nil)
        }
        let headers = lines.dropFirst().map { line in
            (name: line.prefix { $0 != ":" }.lowercased(), value: String(line.drop { $0 != ":" }.dropFirst(2)))
        }
        log.add(
            OriginRequest(
                method: words[0],
                target: words[1],
                headers: headers,
                httpVersion: "1.1",
                connection: connection,
                number: 1
            )
        )
        if let refusal {
            let answer = "HTTP/1.1 \(refusal)\r\ncontent-length: 0\r\nx-proxy: 1\r\n\r\n"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            return
        }
        let front = context.channel
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(BackHandler(front: front))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenSuccess { channel in
                let (handler, context) = bound.value
                handler.target = channel
                let answer = ByteBuffer(string: "HTTP/1.1 200 Connected\r\nx-proxy: 1\r\n\r\n")
                context.writeAndFlush(handler.wrapOutboundOut(answer), promise: nil)
            }
    }
}
