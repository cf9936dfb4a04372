import HTTPTypes
import Settings
import Synchronization

/// The web configuration in force: who may connect and ask, and what every response says.
final class WebProtection: Sendable {
    let settings: WebSettings
    let tls: TLSContext?
    private let headers: HTTPFields
    /// `nil` where no password is asked for.
    private let passwords: PasswordCheck?
    private let bucket: Mutex<TokenBucket?>

    /// - Throws: `SettingsComplaints` where the certificates cannot be used.
    init(_ settings: WebSettings, gate: Gate) throws(SettingsComplaints) {
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
        passwords = settings.users.isEmpty ? nil : PasswordCheck(users: settings.users, gate: gate)
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
