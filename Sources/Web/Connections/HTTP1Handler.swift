import NIOCore
import NIOHTTP1

/// Closes connections as HTTP/1 requires, and refuses requests without exactly one `Host`, which HTTP/1.0 may leave
/// out. It comes before the handler that makes HTTP/1 and HTTP/2 look alike.
///
/// Source: RFC 9112, sections 3.2, 6.1 and 9.3.
final class HTTP1Handler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// A request whose response has not ended.
    private struct Exchange {
        /// Whether the client uses HTTP/1.0.
        let isOld: Bool
        /// Whether the connection is closed after the response.
        let isLast: Bool
    }

    private var exchanges = CircularBuffer<Exchange>(initialCapacity: 2)
    private var readsLast = false
    /// Whether all further input is ignored, because no request in it will be answered.
    private var isDeaf = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        guard case .head(var head) = unwrapInboundIn(data) else {
            context.fireChannelRead(data)
            return
        }
        let isOld = head.version.major == 1 && head.version.minor == 0
        let hosts = Self.hosts(of: head)
        guard !readsLast, hosts == 1 || isOld && hosts == 0 else {
            isDeaf = true
            if !readsLast { context.fireErrorCaught(HTTPParserError.invalidHeaderToken) }
            return
        }
        readsLast = !head.isKeepAlive || isOld && head.headers.contains(name: "transfer-encoding")
        exchanges.append(Exchange(isOld: isOld, isLast: readsLast))
        if readsLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
        if isOld { head.headers.remove(name: "expect") }
        context.fireChannelRead(readsLast || isOld ? wrapInboundOut(.head(head)) : data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var data = data
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.status.code >= 200, let exchange = exchanges.first, exchange.isLast || exchange.isOld {
                head.headers.replaceOrAdd(name: "connection", value: exchange.isLast ? "close" : "keep-alive")
                data = wrapOutboundOut(.head(head))
            }
        case .body: break
        case .end: _ = exchanges.popFirst()
        }
        context.write(data, promise: promise)
    }

    private static func hosts(of head: HTTPRequestHead) -> Int {
        var count = 0
        for (name, _) in head.headers where name.utf8.count == 4 && name.lowercased() == "host" { count += 1 }
        return count
    }
}
