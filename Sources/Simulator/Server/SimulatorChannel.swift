import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A client's connection: ``ConnectionHandler``, TLS where there is any, HTTP/1.1.
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
