import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// The first handler of a connection, before TLS: counts the connection, and ends it on ``ConnectionEvent``s.
///
/// A held connection ends as soon as its client has gone or the server shuts down. Any other connection that is left a
/// second after the shutdown began, because its client does not read the reply, is ended too.
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

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let event = event as? ConnectionEvent else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        switch event {
        case .close: context.close(promise: nil)
        case .reset:
            // Closing with a linger time of zero resets the connection: socket(7).
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

/// What a responder asks of its connection, sent through the pipeline to the ``ConnectionHandler``.
enum ConnectionEvent: Sendable {
    /// End with FIN.
    case close
    /// End with RST.
    case reset
    /// Keep the promise after the time, or fail it if the connection ends before; `nil` to wait for the end.
    case hold(EventLoopPromise<Void>, TimeAmount?)
}

extension Channel {
    /// Ends the connection without a reply, and returns when it has ended.
    func end(_ event: ConnectionEvent) async {
        triggerUserOutboundEvent(event, promise: nil)
        try? await closeFuture.get()
    }

    /// Waits in real time.
    ///
    /// - Parameter duration: `nil` for as long as the connection lives.
    /// - Throws: `ChannelError` when the client disconnects or the simulator shuts down.
    func hold(for duration: Duration?) async throws {
        let promise = eventLoop.makePromise(of: Void.self)
        let time = duration.map { TimeAmount.milliseconds(max(0, $0.clampedMilliseconds)) }
        eventLoop.execute {
            // Checked on the event loop, because only there it is certain that the handler will complete the promise.
            guard self.isActive else { return promise.fail(ChannelError.ioOnClosedChannel) }
            self.triggerUserOutboundEvent(ConnectionEvent.hold(promise, time), promise: nil)
        }
        try await promise.futureResult.get()
    }
}

/// Sets up a client's connection: ``ConnectionHandler``, TLS if it is on, and HTTP/1.1.
struct SimulatorChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let http: HTTP1Channel
    let opened: @Sendable () -> Void
    let closed: @Sendable () -> Void
    /// The context for a new connection; `nil` for plain TCP.
    let tls: @Sendable () -> NIOSSLContext?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ConnectionHandler(opened: opened, closed: closed))
            if let context = tls() { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
        }.flatMap {
            http.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}
