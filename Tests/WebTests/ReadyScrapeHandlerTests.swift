import Exposition
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Web

struct ReadyScrapeHandlerTests {
    /// Holds what is sent back, as a client does that does not read.
    private final class SlowClient: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart

        private(set) var parts: [HTTPResponsePart] = []
        private var held: [EventLoopPromise<Void>] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            parts.append(unwrapOutboundIn(data))
            if let promise { held.append(promise) }
        }

        func read() {
            for promise in held { promise.succeed() }
            held = []
        }
    }

    /// Where the router is: takes what comes there.
    private final class Router: ChannelInboundHandler {
        typealias InboundIn = HTTPRequestPart

        private(set) var paths: [String] = []
        private(set) var isQuiescing = false

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .head(let head) = unwrapInboundIn(data) { paths.append(head.path ?? "") }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            isQuiescing = event is ChannelShouldQuiesceEvent
        }
    }

    private struct Connection {
        let channel: EmbeddedChannel
        let client = SlowClient()
        let router = Router()

        init(_ scrapes: ReadyScrapes) throws {
            channel = EmbeddedChannel()
            try channel.pipeline.syncOperations.addHandlers([client, ReadyScrapeHandler(scrapes), router])
        }

        func ask(_ request: HTTPRequest) throws {
            try channel.writeInbound(HTTPRequestPart.head(request))
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }

        /// What the router answers.
        func answer() {
            channel.write(HTTPResponsePart.head(HTTPResponse(status: .accepted)), promise: nil)
            channel.write(HTTPResponsePart.end(nil), promise: nil)
        }

        var statuses: [Int] {
            client.parts.compactMap { if case .head(let head) = $0 { head.status.code } else { nil } }
        }
    }

    private static func requests(_ registry: Registry) -> String? {
        String(decoding: registry.text(), as: UTF8.self).split(separator: "\n").map(String.init).first {
            $0.hasPrefix("koreai_exporter_http_requests_total{")
        }
    }

    @Test("a ready scrape is answered before its request comes to the router, and counted shortly after it is sent")
    func answered() async throws {
        let registry = Registry()
        let scrapes = try await ReadyScrapes.prepared(registry: registry)
        try {
            let connection = try Connection(scrapes)
            try connection.ask(.scrape())
            #expect(connection.router.paths == [])
            #expect(connection.statuses == [200])
            #expect(connection.client.parts.last == .end(nil))
            connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            #expect(Self.requests(registry) == nil)
            connection.client.read()
            #expect(Self.requests(registry) == nil)
            connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            #expect(
                Self.requests(registry) == #"koreai_exporter_http_requests_total{handler="/metrics",code="200"} 1"#
            )
            try connection.ask(.scrape(path: "/"))
            #expect(connection.router.paths == ["/"])
        }()
    }

    @Test("answers keep the order of their requests")
    func order() async throws {
        let scrapes = try await ReadyScrapes.prepared()
        try {
            let connection = try Connection(scrapes)
            try connection.ask(.scrape(path: "/"))
            // The router's answer has to come first.
            try connection.ask(.scrape())
            #expect(connection.router.paths == ["/", "/metrics"])
            #expect(connection.statuses == [])
            connection.answer()
            connection.answer()
            try connection.ask(.scrape())
            #expect(connection.statuses == [202, 202, 200])
            // The client does not read yet.
            try connection.ask(.scrape())
            #expect(connection.router.paths == ["/", "/metrics", "/metrics"])
        }()
    }

    @Test("a scrape keeps its place until the client has read it, and a connection that is to end does not before")
    func slowClient() async throws {
        let scrapes = try await ReadyScrapes.prepared(maxRequests: 1)
        try {
            let connection = try Connection(scrapes)
            try connection.ask(.scrape())
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            #expect(scrapes.handler.policy.limit.take(for: connection.channel) == nil)
            #expect(!connection.router.isQuiescing)
            connection.client.read()
            #expect(scrapes.handler.policy.limit.take(for: connection.channel) != nil)
            #expect(connection.router.isQuiescing)
        }()
    }

    @Test("a client that has not read everything after two minutes is cut off")
    func timeout() async throws {
        let scrapes = try await ReadyScrapes.prepared()
        try {
            let connection = try Connection(scrapes)
            try connection.channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try connection.ask(.scrape())
            connection.channel.embeddedEventLoop.advanceTime(by: .seconds(119))
            #expect(connection.channel.isActive)
            connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            #expect(!connection.channel.isActive)
        }()
    }

    @Test("a connection that is to end and has no scrape ends at once")
    func quiescing() async throws {
        let scrapes = try await ReadyScrapes.prepared()
        try {
            let connection = try Connection(scrapes)
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            #expect(connection.router.isQuiescing)
        }()
    }
}
