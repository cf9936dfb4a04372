import HTTPTypes
import Hummingbird
import Model
import Settings
import Synchronization

/// The web configuration in force: which requests are allowed, and the headers of every response.
final class WebProtection: Sendable {
    let settings: WebSettings
    let tls: TLSContext?
    private let headers: HTTPFields
    /// `nil` if no users are configured.
    private let passwords: PasswordCheck?
    private let bucket: Mutex<TokenBucket?>

    /// - Throws: `SettingsComplaints` if the certificates cannot be used.
    init(_ settings: WebSettings, lock: AsyncLock) throws(SettingsComplaints) {
        self.settings = settings
        if let tls = settings.tls {
            self.tls = try TLSContext(tls, http2: settings.http2)
        } else {
            tls = nil
        }
        var headers = HTTPFields()
        for (name, value) in settings.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        self.headers = headers
        passwords = settings.users.isEmpty ? nil : PasswordCheck(users: settings.users, lock: lock)
        bucket = Mutex(settings.rateLimit.map(TokenBucket.init))
    }

    /// Whether every request for this path is answered: there is no password and no rate limit.
    func letsEverybodyAsk(for path: String) -> Bool {
        settings.rateLimit == nil && passwords(for: path) == nil
    }

    /// - Returns: `nil` if the path needs no password.
    private func passwords(for path: String) -> PasswordCheck? {
        settings.excludedPaths.contains(path) ? nil : passwords
    }

    /// Counts a request against the rate limit, and checks its password.
    ///
    /// - Parameter isGuarded: Whether the path requires a secret of its own instead of a password.
    /// - Returns: The response that refuses the request; `nil` if the request may be answered.
    func refusal(of request: Request, isGuarded: Bool = false) async -> Response? {
        guard bucket.withLock({ $0?.allows(at: .now) ?? true }) else {
            return .plain(.tooManyRequests, "Too many requests: rate_limit in the web configuration sets how many.\n")
        }
        guard !isGuarded, let passwords = passwords(for: request.uri.path) else { return nil }
        switch await passwords.check(request.headers[.authorization].flatMap(BasicCredentials.init)) {
        case .accepted: return nil
        case .overloaded: return .overload
        case .refused:
            var response = Response.plain(.unauthorized, "Unauthorized: a user and a password are needed.\n")
            response.headers[.wwwAuthenticate] = "Basic realm=\"koreai-exporter\", charset=\"UTF-8\""
            return response
        }
    }

    func addHeaders(to fields: inout HTTPFields) {
        for field in headers { fields[field.name] = field.value }
    }
}

/// Checks passwords, limits the rate of requests and adds the headers of the web configuration.
struct ProtectionMiddleware: RouterMiddleware {
    let configuration: WebConfiguration
    /// The paths that require a secret of their own instead of a password.
    let guardedPaths: Set<String>

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let protection = configuration.protection
        var response: Response
        if let refusal = await protection.refusal(of: request, isGuarded: guardedPaths.contains(request.uri.path)) {
            response = refusal
        } else {
            do {
                response = try await next(request, context)
            } catch let error as any HTTPResponseError {
                // The error becomes a response here, so that it gets the headers too.
                response = try error.response(from: request, context: context)
            }
        }
        protection.addHeaders(to: &response.headers)
        return response
    }
}
