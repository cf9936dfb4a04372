import Hummingbird
import NIOCore
import Synchronization

/// The limits for clients of the exporter's own HTTP server.
package struct WebLimits: Sendable, Hashable {
    /// Open connections. Over this, a new connection closes the one that has been without a request for longest.
    package var connections: Int
    /// Requests being answered at once. Over this, a request is answered with 503.
    package var requests: Int
    /// Bytes of one header field or of the request line. Over this, a request is answered with 431.
    package var headerFieldBytes: Int
    /// Bytes of the whole head of a request. Over this, a request is answered with 431.
    package var headerBytes: Int
    package var headerFields: Int
    /// Bytes of a body. Over this, 413 answers its `Content-Length`; without one, the connection is closed.
    package var bodyBytes: Int
    /// The time from the first byte of a request to its last, however slowly they come; also for the TLS handshake.
    package var requestTimeout: Duration
    /// The time from the last byte of a request to the last byte of its response.
    package var responseTimeout: Duration
    /// The time between requests. It is above the scrape interval, so that Prometheus keeps its connection.
    package var idleTimeout: Duration
    /// How long a scrape keeps its place while another one needs it: after that, a slow client loses its connection.
    package var scrapeMinHold: Duration
    /// How long the connection of a refused client stays open, so that the client can read the response.
    package var lingerTimeout: Duration

    package init(
        connections: Int = 512,
        requests: Int = 128,
        headerFieldBytes: Int = 16 << 10,
        headerBytes: Int = 32 << 10,
        headerFields: Int = 100,
        bodyBytes: Int = 1 << 20,
        requestTimeout: Duration = .seconds(10),
        responseTimeout: Duration = .seconds(180),
        idleTimeout: Duration = .seconds(300),
        scrapeMinHold: Duration = .seconds(15),
        lingerTimeout: Duration = .milliseconds(500)
    ) {
        self.connections = connections
        self.requests = requests
        self.headerFieldBytes = headerFieldBytes
        self.headerBytes = headerBytes
        self.headerFields = headerFields
        self.bodyBytes = bodyBytes
        self.requestTimeout = requestTimeout
        self.responseTimeout = responseTimeout
        self.idleTimeout = idleTimeout
        self.scrapeMinHold = scrapeMinHold
        self.lingerTimeout = lingerTimeout
    }

    package static let standard = WebLimits()
}

/// Answers 503 while too many requests are being answered, except at the paths that begin with `health`.
struct RequestLimitMiddleware: RouterMiddleware {
    private final class Count: Sendable {
        let requests = Atomic(0)
    }

    let limit: Int
    /// The beginning of the paths that are always answered, such as `/-/`.
    let health: String
    private let count = Count()

    init(limit: Int, health: String) {
        self.limit = limit
        self.health = health
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let count = count
        let isFree = count.requests.add(1, ordering: .relaxed).newValue <= limit
        defer { count.requests.subtract(1, ordering: .relaxed) }
        guard isFree || request.uri.path.hasPrefix(health) else { return .overload }
        return try await next(request, context)
    }
}

/// Runs handlers that may take long on the concurrency pool, off the connection's event loop.
struct ThreadPoolMiddleware: RouterMiddleware {
    /// Paths whose handlers are fast enough to run on the event loop.
    let quickPaths: Set<String>

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard !quickPaths.contains(request.uri.path) else { return try await next(request, context) }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await next(request, context) }
    }
}

/// A task executor on the thread of an event loop, so that a request is answered without waking another thread. Its
/// jobs must be short: the loop's other connections wait for them.
final class EventLoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
