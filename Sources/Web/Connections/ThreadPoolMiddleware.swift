import Hummingbird

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
