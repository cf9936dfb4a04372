import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL
import Settings

/// The pipeline of each connection: first the limits, then TLS as configured at that time, then HTTP.
struct GuardedChannel: ServerChildChannel {
    typealias Negotiated = NIONegotiatedHTTPVersion<HTTP1Channel.Value, HTTP2Channel.Value>

    struct Value: ServerChildChannelValue {
        let negotiated: EventLoopFuture<Negotiated>
        let channel: any Channel
    }

    private let configuration: WebConfiguration
    private let table: ConnectionTable
    private let limits: WebLimits
    private let http1: HTTP1Channel
    private let http2: HTTP2Channel

    init(
        responder: @escaping HTTPChannelHandler.Responder,
        configuration: WebConfiguration,
        table: ConnectionTable,
        limits: WebLimits,
        scrapes: ReadyScrapes?
    ) {
        self.configuration = configuration
        self.table = table
        self.limits = limits
        http1 = HTTP1Channel(responder: responder, configuration: Self.http(limits, scrapes, isStream: false))
        http2 = HTTP2Channel(
            responder: responder,
            configuration: HTTP2Channel.Configuration(
                idleTimeout: limits.idleTimeout,
                gracefulCloseTimeout: limits.requestTimeout,
                streamConfiguration: Self.http(limits, scrapes, isStream: true)
            )
        )
    }

    private static func http(
        _ limits: WebLimits,
        _ scrapes: ReadyScrapes?,
        isStream: Bool
    ) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestHandler(limits: limits, isStream: isStream)]
                + (scrapes.map { [ReadyScrapeHandler($0)] } ?? []),
            idleTimeout: isStream ? TimeAmount(limits.requestTimeout) : nil,
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: limits.headerFieldBytes,
                maxHeaderListSize: limits.headerBytes,
                maxHeaderFieldCount: limits.headerFields
            )
        )
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let protection = configuration.protection
        do {
            let id = table.admit(channel)
            try channel.pipeline.syncOperations.addHandler(ConnectionHandler(id: id, table: table, limits: limits))
            if let tls = protection.tls { try add(tls, to: channel, logger: logger) }
        } catch {
            return channel.close().flatMapThrowing { throw error }
        }
        guard protection.tls != nil, protection.settings.http2 else {
            return setUpHTTP1(channel, logger: logger).map { value in
                Value(negotiated: channel.eventLoop.makeSucceededFuture(.http1_1(value)), channel: channel)
            }
        }
        return channel.configureHTTP2AsyncSecureUpgrade { channel in
            setUpHTTP1(channel, logger: logger)
        } http2ConnectionInitializer: { channel in
            channel.triggerUserOutboundEvent(ConnectionEvent.becameMultiplexed, promise: nil)
            return http2.setup(channel: channel, logger: logger)
        }.map { Value(negotiated: $0, channel: channel) }
    }

    private func setUpHTTP1(_ channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http1.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(HTTP1Handler(), position: .after(decoder))
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            try await withTaskExecutorPreference(EventLoopTaskExecutor(value.channel.eventLoop)) {
                switch try await value.negotiated.get() {
                case .http1_1(let http): await http1.handle(value: http, logger: logger)
                case .http2(let http): await http2.handle(value: http, logger: logger)
                }
            }
        } catch {
            logger.debug(
                "a connection ended before TLS was agreed upon",
                metadata: ["remote": "\(value.channel.remoteAddress?.description ?? "")", "error": "\(error)"]
            )
        }
    }

    private func add(_ tls: TLSContext, to channel: any Channel, logger: Logger) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(
            NIOSSLServerHandler(
                context: tls.context,
                customVerificationCallback: tls.verification,
                configuration: .init()
            )
        )
        if let names = tls.allowedNames {
            try pipeline.addHandler(ClientNameHandler(allowedNames: names, logger: logger))
        }
    }
}
