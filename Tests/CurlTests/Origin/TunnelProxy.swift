import NIOCore
import NIOPosix

/// A proxy on a loopback port that knows `CONNECT` alone.
final class TunnelProxy: Sendable {
    let log: OriginLog
    let port: Int
    private let channel: any Channel

    /// - Parameter refusal: the status of each answer; `nil`: connect.
    static func run<Result>(
        refusal: String? = nil,
        _ body: (TunnelProxy) async throws -> Result
    ) async throws -> Result {
        let proxy = try await TunnelProxy(refusal: refusal)
        do {
            let result = try await body(proxy)
            try await proxy.channel.close()
            return result
        } catch {
            try? await proxy.channel.close()
            throw error
        }
    }

    private init(refusal: String?) async throws {
        let log = OriginLog()
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                let connection = log.open()
                channel.closeFuture.whenComplete { _ in log.close() }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        TunnelHandler(connection: connection, refusal: refusal, log: log)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        self.log = log
        port = channel.localAddress?.port ?? 0
    }
}
