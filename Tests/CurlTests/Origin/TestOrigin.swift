import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL

/// An HTTP server on a loopback port of its own that does what a test tells it.
final class TestOrigin: Sendable {
    let log: OriginLog
    let port: Int
    private let scheme: String
    private let channel: any Channel

    /// Starts an origin for the time of `body`.
    ///
    /// - Parameters:
    ///   - tls: serve `https`, offering HTTP/2 where the configuration's ALPN does.
    ///   - log: where to note what happens.
    ///   - answer: what to do with a request.
    static func run<Result>(
        tls: TLSConfiguration? = nil,
        log: OriginLog = OriginLog(),
        answer: @escaping @Sendable (OriginRequest) -> OriginReply = { _ in .ok() },
        _ body: (TestOrigin) async throws -> Result
    ) async throws -> Result {
        let origin = try await TestOrigin(tls: tls, log: log, answer: answer)
        do {
            let result = try await body(origin)
            try await origin.channel.close()
            return result
        } catch {
            try? await origin.channel.close()
            throw error
        }
    }

    private init(
        tls: TLSConfiguration?,
        log: OriginLog,
        answer: @escaping @Sendable (OriginRequest) -> OriginReply
    ) async throws {
        let tlsContext = try tls.map { try NIOSSLContext(configuration: $0) }
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                let connection = log.open()
                channel.closeFuture.whenComplete { _ in log.close() }
                return channel.eventLoop.makeCompletedFuture {
                    try Self.configure(channel, tlsContext: tlsContext) {
                        OriginHandler(connection: connection, log: log, answer: answer)
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        self.log = log
        port = channel.localAddress?.port ?? 0
        scheme = tls == nil ? "http" : "https"
    }

    /// An address of the origin.
    func url(_ path: String = "/", host: String = "127.0.0.1") -> String {
        "\(scheme)://\(host):\(port)\(path)"
    }

    private static func configure(
        _ channel: any Channel,
        tlsContext: NIOSSLContext?,
        handler: @escaping @Sendable () -> OriginHandler
    ) throws {
        guard let tlsContext else {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
            return try channel.pipeline.syncOperations.addHandler(handler())
        }
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tlsContext))
        _ = channel.configureCommonHTTPServerPipeline { channel in
            channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler()) }
        }
    }
}
