import Hummingbird
import Synchronization

/// Answers 503 where too many requests are being answered. Health is told in any case.
struct RequestLimitMiddleware: RouterMiddleware {
    private final class Count: Sendable {
        let requests = Atomic(0)
    }

    let limit: Int
    private let count = Count()

    init(limit: Int) {
        self.limit = limit
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let count = count
        let isFree = count.requests.add(1, ordering: .relaxed).newValue <= limit
        defer { count.requests.subtract(1, ordering: .relaxed) }
        guard isFree || request.uri.path.hasPrefix("/-/") else { return .overload }
        return try await next(request, context)
    }
}
