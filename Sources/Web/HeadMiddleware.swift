import Hummingbird

/// Answers HEAD with the status and headers of GET and without its body, for every route and error.
///
/// Source: RFC 9110, section 9.3.2.
struct HeadMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .head else { return try await next(request, context) }
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        response.body = ResponseBody(contentLength: response.body.contentLength) { try await $0.finish(nil) }
        return response
    }
}
