import HTTPTypes
import Hummingbird
import Model
import Settings
import Synchronization

/// The web configuration in force: which clients may connect and ask, and the headers of every response.
final class WebProtection: Sendable {
    let settings: WebSettings
    let tls: TLSContext?
    private let headers: HTTPFields
    /// `nil` where no password is asked for.
    private let passwords: PasswordCheck?
    private let bucket: Mutex<TokenBucket?>

    /// - Throws: `SettingsComplaints` where the certificates cannot be used.
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

    /// Whether nothing stands between anybody and an answer: no password, and no limit on how many ask.
    func letsEverybodyAsk(for path: String) -> Bool {
        settings.rateLimit == nil && passwords(for: path) == nil
    }

    /// - Returns: `nil` where that path asks for no password.
    private func passwords(for path: String) -> PasswordCheck? {
        settings.excludedPaths.contains(path) ? nil : passwords
    }

    /// Counts a request against the rate limit, and checks its password.
    ///
    /// - Parameter isGuarded: Whether its path asks for a secret of its own instead of a password.
    /// - Returns: `nil` where the request may be answered.
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

    /// Puts the headers of the configuration into those of a response.
    func addHeaders(to fields: inout HTTPFields) {
        for field in headers { fields[field.name] = field.value }
    }
}

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
        if let refusal = await protection.refusal(of: request, isGuarded: guardedPaths.contains(request.uri.path)) {
            response = refusal
        } else {
            do {
                response = try await next(request, context)
            } catch let error as any HTTPResponseError {
                // Made a response here, so that it gets the headers too.
                response = try error.response(from: request, context: context)
            }
        }
        protection.addHeaders(to: &response.headers)
        return response
    }
}
