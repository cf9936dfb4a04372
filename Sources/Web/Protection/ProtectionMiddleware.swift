import HTTPTypes
import Hummingbird
import Settings

/// Asks for passwords, limits the rate of requests and adds the headers of the web configuration.
struct ProtectionMiddleware: RouterMiddleware {
    let configuration: WebConfiguration
    /// Those that ask for a secret of their own.
    let guardedPaths: Set<String>

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let protection = configuration.protection
        var response: Response
        do {
            response = try await answer(request, context: context, protection: protection, next: next)
        } catch let error as any HTTPResponseError {
            // Made a response here, so that it gets the headers too.
            response = try error.response(from: request, context: context)
        }
        protection.addHeaders(to: &response.headers)
        return response
    }

    private func answer(
        _ request: Request,
        context: WebContext,
        protection: WebProtection,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard protection.allowsRequest(at: .now) else {
            return .plain(.tooManyRequests, "Too many requests: rate_limit in the web configuration sets how many.\n")
        }
        let path = request.uri.path
        guard !guardedPaths.contains(path), let passwords = protection.passwords(for: path) else {
            return try await next(request, context)
        }
        switch await passwords.check(request.headers[.authorization].flatMap(BasicCredentials.init)) {
        case .accepted: return try await next(request, context)
        case .overloaded: return .overload
        case .refused:
            var response = Response.plain(.unauthorized, "Unauthorized: a user and a password are needed.\n")
            response.headers[.wwwAuthenticate] = "Basic"
            return response
        }
    }
}
