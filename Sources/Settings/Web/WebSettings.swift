package import Model

/// The contents of `--web.config.file`, in the format of Prometheus's exporter-toolkit.
///
/// Source: <https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md>
package struct WebSettings: Sendable, Hashable {
    /// `nil` for no TLS.
    package var tls: WebTLSSettings?
    fileprivate var http = WebHTTPSettings()
    /// bcrypt hashes by user; empty for no passwords.
    package var users: [String: Secret] = [:]
    /// Paths that are answered without a password.
    package var excludedPaths: Set<String> = []
    package var rateLimit: WebRateLimit?

    package init() {}

    /// Whether HTTP/2 is offered, which needs TLS.
    package var http2: Bool { http.http2 }

    /// Headers of every response, by name.
    package var headers: [String: String] { http.headers }

    /// The paths of certificates and keys, which are read again when they change.
    package var files: [String] {
        guard let tls else { return [] }
        return [tls.certificate.path, tls.key.path, tls.clientAuthorities?.path].compactMap { $0 }
    }
}

/// Parses the text of a web configuration file into ``WebSettings``. It is pure, except for the files that it reads.
package enum WebSettingsParser {
    /// Reads and checks a whole file.
    ///
    /// - Parameters:
    ///   - text: The YAML; an empty text is allowed.
    ///   - fileName: The file's path, for complaints. Relative paths begin at its directory.
    ///   - files: Reads the files that the settings name.
    /// - Throws: All complaints at once, in the order of the file.
    package static func parse(
        _ text: String,
        fileName: String,
        files: SettingsFiles = .disk
    ) throws(SettingsComplaints) -> WebSettings {
        try SettingsReading.settings(
            of: text,
            by: WebSettings.table,
            sections: SettingsReference.webSections,
            file: fileName,
            files: files
        )
    }

    /// Reads and checks the file on the disk, and the files that it names. Blocks while it reads.
    ///
    /// - Throws: All complaints at once; one complaint at 1:1 if the file itself cannot be read.
    package static func load(path: String) throws(SettingsComplaints) -> WebSettings {
        try parse(try SettingsFile.text(of: path, called: "web configuration file"), fileName: path)
    }
}

extension WebSettings {
    /// The keys of the whole file.
    static let table = SettingsTable<WebSettings>(
        "the web configuration",
        standard: WebSettings(),
        keys: [
            SettingKey("tls_server_config", .section(WebTLSSettings.table), intoOptional: \.tls, default: "no TLS")
                .meaning("TLS."),
            SettingKey("http_server_config", .section(WebHTTPSettings.table), into: \.http)
                .meaning("HTTP/2 and headers."),
            SettingKey("basic_auth_users", .bcryptUsers, into: \.users, default: "no passwords")
                .meaning("Users and the bcrypt hashes of their passwords. Make one with `htpasswd -nBC 10 USER`."),
            SettingKey("auth_excluded_paths", .paths, into: \.excludedPaths, default: "none")
                .meaning("Paths that are answered without a password, such as `/-/healthy` and `/-/ready`."),
            SettingKey("rate_limit", .section(WebRateLimit.table), intoOptional: \.rateLimit, default: "no limit")
                .meaning("How many requests are answered."),
        ],
        ignoresBlanks: true,
        check: { web, reading in
            if let tls = reading.tls { WebTLSSettings.checkSuites(of: tls, http2: web.section.http2, &reading) }
            if web.rateLimit?.interval == .zero { web.rateLimit = nil }
        }
    )
}

/// The section `http_server_config`.
struct WebHTTPSettings: Sendable, Hashable {
    var http2 = true
    var headers: [String: String] = [:]

    static let table = SettingsTable<WebHTTPSettings>(
        "`http_server_config`",
        standard: WebHTTPSettings(),
        keys: [
            SettingKey("http2", .flag, into: \.http2)
                .meaning("Offers HTTP/2, which needs TLS."),
            SettingKey("headers", .responseHeaders, into: \.headers, default: "none")
                .meaning(
                    "Headers of every response: \(Quotation.list(ResponseHeaderRule.all.map(\.name))). Blank is none."
                ),
        ]
    )
}

/// The section `rate_limit`: a token bucket for all requests together.
package struct WebRateLimit: Sendable, Hashable {
    /// The time after which one more request is allowed; above zero.
    package var interval: Duration
    /// How many requests may come at once; at least 1.
    package var burst: Int

    package init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}

extension WebRateLimit {
    static let table = SettingsTable<WebRateLimit>(
        "`rate_limit`",
        standard: WebRateLimit(interval: .zero, burst: 0),
        keys: [
            SettingKey("interval", .goDuration, into: \.interval, default: "`0`, no limit")
                .meaning("One more request is allowed after each interval, such as `100ms`."),
            SettingKey("burst", .integer(0...1_000_000), into: \.burst, default: "")
                .meaning("So many requests may come at once."),
        ],
        check: { limit, reading in
            guard limit.interval > .zero, limit.burst < 1, limit["burst"]?.isAccepted != false else { return }
            reading.complain(
                at: limit["burst"]?.mark ?? limit.mark,
                "`burst` must be at least 1: with 0, no request is ever answered"
            )
        }
    )
}

/// A header that the web configuration may set, and its allowed values.
///
/// Source: `extraHTTPHeaders` of exporter-toolkit.
struct ResponseHeaderRule: Sendable {
    let name: String
    /// Empty if any value is allowed.
    let values: [String]

    static let all = [
        ResponseHeaderRule(name: "Content-Security-Policy", values: []),
        ResponseHeaderRule(name: "Strict-Transport-Security", values: []),
        ResponseHeaderRule(name: "X-Content-Type-Options", values: ["nosniff"]),
        ResponseHeaderRule(name: "X-Frame-Options", values: ["deny", "sameorigin"]),
        ResponseHeaderRule(name: "X-XSS-Protection", values: []),
    ]
}
