import Hummingbird
import NIOCore
import Synchronization

/// What a client may take of the exporter's own HTTP server.
package struct WebLimits: Sendable, Hashable {
    /// Open at once. Over this, a new connection ends the one that has been without a request for the longest time.
    package var connections: Int
    /// Being answered at once. Over this, a request is answered with 503.
    package var requests: Int
    /// One line of a request's head, and its first line. Over this, a request is answered with 431.
    package var headerFieldBytes: Int
    /// The whole head of a request.
    package var headerBytes: Int
    package var headerFields: Int
    /// The body of a request. Over this, a request is answered with 413.
    package var bodyBytes: Int
    /// From the first byte of a request to its last, however they are dripped; also for TLS to begin.
    package var requestTimeout: Duration
    /// From the last byte of a request to the last of its response.
    package var responseTimeout: Duration
    /// Between requests. Above the scrape interval, so that Prometheus keeps its connection.
    package var idleTimeout: Duration
    /// How long a scrape keeps its place while others want one and there is no other: slow clients give way.
    package var scrapeMinHold: Duration
    /// How long a client that was turned away may take to read why.
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

/// Answers 503 where too many requests are being answered. Health is told in any case.
struct RequestLimitMiddleware: RouterMiddleware {
    private final class Count: Sendable {
        let requests = Atomic(0)
    }

    let limit: Int
    /// What the paths of health begin with.
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

/// Answers what may take long on the threads of the concurrency pool, off the connection's event loop.
struct ThreadPoolMiddleware: RouterMiddleware {
    /// What is answered at once, where it is.
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

/// Runs a task on the thread of an event loop, so that what a connection receives is answered without waking another
/// thread. What runs there must be short: the loop's other connections wait for it.
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
