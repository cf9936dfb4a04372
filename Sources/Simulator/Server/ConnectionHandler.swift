import Glibc
import NIOCore

/// The first handler of a connection, before TLS: counts it, and ends it as ``ConnectionEvent``s say.
///
/// A connection that is held ends as soon as its client has gone or the server shuts down. Any other that is still
/// there a second after the shutdown began, with a client that does not read its reply, is ended too.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData

    private let opened: @Sendable () -> Void
    private let closed: @Sendable () -> Void
    private var held: EventLoopPromise<Void>?
    private var deadline: Scheduled<Void>?
    private var isAbandoned = false

    init(opened: @escaping @Sendable () -> Void, closed: @escaping @Sendable () -> Void) {
        self.opened = opened
        self.closed = closed
    }

    func channelActive(context: ChannelHandlerContext) {
        opened()
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed()
        release { $0.fail(ChannelError.ioOnClosedChannel) }
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isAbandoned = true
            if held != nil { context.close(promise: nil) }
        case is ChannelShouldQuiesceEvent:
            isAbandoned = true
            if held != nil {
                context.close(promise: nil)
            } else {
                let channel = context.channel
                context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
            }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext,
        event: Any,
        promise: EventLoopPromise<Void>?
    ) {
        guard let event = event as? ConnectionEvent else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        switch event {
        case .close: context.close(promise: nil)
        case .reset:
            // A connection that is closed while it lingers for no time is reset: socket(7).
            let noLinger = linger(l_onoff: 1, l_linger: 0)
            if let socket = context.channel as? any SocketOptionProvider { _ = socket.setSoLinger(noLinger) }
            context.close(promise: nil)
        case .hold(let held, let time):
            release { $0.succeed() }
            self.held = held
            if isAbandoned {
                context.close(promise: nil)
            } else if let time {
                deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
                    self.release { $0.succeed() }
                }
            }
        }
        promise?.succeed()
    }

    private func release(_ fulfil: (EventLoopPromise<Void>) -> Void) {
        deadline?.cancel()
        deadline = nil
        if let held {
            self.held = nil
            fulfil(held)
        }
    }
}
