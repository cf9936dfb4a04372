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
    func passwords(for path: String) -> PasswordCheck? {
        settings.excludedPaths.contains(path) ? nil : passwords
    }

    /// Puts the headers of the configuration into those of a response.
    func addHeaders(to fields: inout HTTPFields) {
        for field in headers { fields[field.name] = field.value }
    }

    /// Whether one more request may be answered now; it counts then.
    func allowsRequest(at now: ContinuousClock.Instant) -> Bool {
        bucket.withLock { $0?.allows(at: now) ?? true }
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
