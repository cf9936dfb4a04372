import HTTPTypes
import Hummingbird

/// Answers requests that have no route with the paths that exist, or with the methods that the path allows.
struct UnknownRouteMiddleware: RouterMiddleware {
    private let routes: [WebRoute]
    private let prefix: RoutePrefix
    private let prefixWords: [Substring]

    init(routes: [WebRoute], prefix: RoutePrefix) {
        self.routes = routes
        self.prefix = prefix
        prefixWords = prefix.path.split(separator: "/")
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return answer(to: request)
        }
    }

    private func answer(to request: Request) -> Response {
        var words = request.uri.path.split(separator: "/")
        if words.isEmpty, !prefixWords.isEmpty, request.method == .get || request.method == .head {
            return .redirection(to: prefix.adding("/"))
        }
        guard words.starts(with: prefixWords) else { return unknownPath }
        words.removeFirst(prefixWords.count)
        let isForPrograms = words.first == "api" || words == ["sd"]
        guard let route = routes.first(where: { $0.path.split(separator: "/") == words }) else {
            return isForPrograms ? unknownPathForPrograms : unknownPath
        }
        let methods = route.methods.map(\.rawValue)
        let allowed = methods.joined(separator: " and ")
        var response =
            isForPrograms
            ? Response.fault(.methodNotAllowed, "this path allows only \(allowed)")
            : Response.plain(.methodNotAllowed, "This path allows only \(allowed).\n")
        response.headers[.allow] = methods.joined(separator: ", ")
        return response
    }

    private var unknownPath: Response {
        let lines = routes.filter { !$0.path.hasPrefix("/assets/") }.map { route in
            (route.methods.contains(.get) ? "" : route.methods.prefix(1).map(\.rawValue).joined() + " ")
                + prefix.adding(route.path)
        }
        return .plain(.notFound, "There is nothing at this path. The paths are:\n" + lines.map { "  \($0)\n" }.joined())
    }

    private var unknownPathForPrograms: Response {
        let paths = routes.map(\.path).filter { $0.hasPrefix("/api/") }.map(prefix.adding)
        return .fault(.notFound, "there is no such path; the paths are " + paths.joined(separator: ", "))
    }
}
