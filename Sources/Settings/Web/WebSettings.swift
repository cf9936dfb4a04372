package import Model

/// What `--web.config.file` says of the exporter's own HTTP server, in the format of Prometheus's exporter-toolkit.
///
/// Source: <https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md>
package struct WebSettings: Sendable, Hashable {
    /// `nil` to serve without TLS.
    package var tls: WebTLSSettings?
    /// Whether HTTP/2 is offered. Only with TLS.
    package var http2: Bool
    /// Headers that every response gets, by name.
    package var headers: [String: String]
    /// bcrypt hashes by user. Empty where no password is asked for.
    package var users: [String: Secret]
    /// Paths that are answered without a password.
    package var excludedPaths: Set<String>
    package var rateLimit: WebRateLimit?

    package init(
        tls: WebTLSSettings? = nil,
        http2: Bool = true,
        headers: [String: String] = [:],
        users: [String: Secret] = [:],
        excludedPaths: Set<String> = [],
        rateLimit: WebRateLimit? = nil
    ) {
        self.tls = tls
        self.http2 = http2
        self.headers = headers
        self.users = users
        self.excludedPaths = excludedPaths
        self.rateLimit = rateLimit
    }

    /// The files that were read and are worth reading again when they change.
    package var files: [String] {
        guard let tls else { return [] }
        return [tls.certificate.path, tls.key.path, tls.clientAuthorities?.path].compactMap { $0 }
    }
}

/// From the text of a web configuration file to ``WebSettings``, or to everything that is wrong with it. Pure, but for
/// the files that it is given to read.
package enum WebSettingsParser {
    /// Reads and checks a whole file.
    ///
    /// - Parameters:
    ///   - text: YAML. An empty one asks for nothing.
    ///   - fileName: The file's path: it stands in complaints, and relative paths begin at its directory.
    ///   - files: Reads the files that the settings name.
    /// - Throws: All complaints at once, in the order of the file.
    package static func parse(
        _ text: String,
        fileName: String,
        files: SettingsFiles = .disk
    ) throws(SettingsComplaints) -> WebSettings {
        let document = YAMLDocument(text)
        var reading = SettingsReading(
            file: fileName,
            environment: [:],
            files: files,
            document: document,
            sections: SettingsSections.web
        )
        for problem in document.problems {
            reading.complain(at: problem.mark, problem.message)
        }
        let settings = document.root.map { reading.webSettings(of: YAMLValue($0)) } ?? WebSettings()
        let complaints = reading.sortedComplaints(about: text)
        guard complaints.isEmpty else { throw SettingsComplaints(complaints) }
        return settings
    }

    /// Reads and checks the file on the disk, and the files that it names. Blocks while it reads.
    ///
    /// - Throws: All complaints at once; one complaint at 1:1 where the file itself cannot be read.
    package static func load(path: String) throws(SettingsComplaints) -> WebSettings {
        try parse(try SettingsFile.text(of: path, called: "web configuration file"), fileName: path)
    }
}

/// The whole file of `--web.config.file`.
struct WebFileDraft: SectionDraft {
    var tls: Given<WebTLSDraft> = .absent
    var http: Given<WebHTTPDraft> = .absent
    var users: Given<[String: Secret]> = .absent
    var excludedPaths: Given<[String]> = .absent
    var rateLimit: Given<WebRateLimitDraft> = .absent

    static let section = "the web configuration"

    static let keys: [SettingKey<WebFileDraft>] = [
        SettingKey("tls_server_config", .section, into: \.tls, default: "no TLS", "TLS."),
        SettingKey("http_server_config", .section, into: \.http, "HTTP/2 and headers."),
        SettingKey(
            "basic_auth_users",
            .bcryptUsers,
            into: \.users,
            default: "no passwords",
            "Users and the bcrypt hashes of their passwords. Make one with `htpasswd -nBC 10 USER`."
        ),
        SettingKey(
            "auth_excluded_paths",
            .paths,
            into: \.excludedPaths,
            default: "none",
            "Paths that are answered without a password, such as `/-/healthy` and `/-/ready`."
        ),
        SettingKey("rate_limit", .section, into: \.rateLimit, default: "no limit", "How many requests are answered."),
    ]
}

/// The section `http_server_config`.
struct WebHTTPDraft: SectionDraft {
    var http2: Given<Bool> = .absent
    var headers: Given<[String: String]> = .absent

    static let section = "`http_server_config`"

    static let keys: [SettingKey<WebHTTPDraft>] = [
        SettingKey("http2", .flag, into: \.http2, default: "`true`", "Offers HTTP/2, which needs TLS."),
        SettingKey(
            "headers",
            .responseHeaders,
            into: \.headers,
            default: "none",
            "Headers of every response: \(Quotation.list(ResponseHeaderRule.all.map(\.name))). Blank is none."
        ),
    ]
}

/// The section `rate_limit`: a token bucket for all requests together.
package struct WebRateLimit: Sendable, Hashable {
    /// One more request is allowed after each. Above zero.
    package var interval: Duration
    /// So many requests may come at once. At least 1.
    package var burst: Int

    package init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}

/// The section `rate_limit`.
struct WebRateLimitDraft: SectionDraft {
    var interval: Given<Duration> = .absent
    var burst: Given<Int> = .absent

    static let section = "`rate_limit`"

    static let keys: [SettingKey<WebRateLimitDraft>] = [
        SettingKey(
            "interval",
            .goDuration,
            into: \.interval,
            default: "`0`, no limit",
            "One more request is allowed after each interval, such as `100ms`."
        ),
        SettingKey("burst", .integer(0...1_000_000), into: \.burst, "So many requests may come at once."),
    ]
}

/// A header that the web configuration may set, and the values that it may have.
///
/// Source: `extraHTTPHeaders` of exporter-toolkit.
struct ResponseHeaderRule: Sendable {
    let name: String
    /// Empty where any value will do.
    let values: [String]

    static let all = [
        ResponseHeaderRule(name: "Content-Security-Policy", values: []),
        ResponseHeaderRule(name: "Strict-Transport-Security", values: []),
        ResponseHeaderRule(name: "X-Content-Type-Options", values: ["nosniff"]),
        ResponseHeaderRule(name: "X-Frame-Options", values: ["deny", "sameorigin"]),
        ResponseHeaderRule(name: "X-XSS-Protection", values: []),
    ]
}

extension SettingsReading {
    /// Reads the root and checks what no single key can tell. Worth nothing where there are complaints.
    mutating func webSettings(of root: YAMLValue) -> WebSettings {
        var draft = WebFileDraft()
        switch root.kind {
        case .mapping(let mapping) where !root.isForeign:
            read(mapping, into: &draft, keys: WebFileDraft.keys, section: WebFileDraft.section)
        default:
            let keys = Quotation.list(WebFileDraft.keys.map(\.name))
            complain(at: root.mark, "the file must be a mapping with the keys \(keys), not \(root.kindWords)")
        }
        let http = draft.http.value ?? WebHTTPDraft()
        let http2 = http.http2.value ?? true
        return WebSettings(
            tls: tls(of: draft.tls, http2: http2),
            http2: http2,
            headers: http.headers.value ?? [:],
            users: draft.users.value ?? [:],
            excludedPaths: Set(draft.excludedPaths.value ?? []),
            rateLimit: rateLimit(of: draft.rateLimit)
        )
    }

    private mutating func rateLimit(of given: Given<WebRateLimitDraft>) -> WebRateLimit? {
        guard case .given(let draft, let mark) = given, let interval = draft.interval.value, interval > .zero
        else { return nil }
        let burst = draft.burst.value ?? 0
        if burst < 1, draft.burst.isAbsent || draft.burst.value != nil {
            complain(at: draft.burst.mark ?? mark, "`burst` must be at least 1: with 0, no request is ever answered")
        }
        return WebRateLimit(interval: interval, burst: burst)
    }

    private mutating func tls(of given: Given<WebTLSDraft>, http2: Bool) -> WebTLSSettings? {
        guard case .given(let draft, let mark) = given else { return nil }
        let certificate = one(of: ("cert_file", draft.certificateFile), ("cert", draft.certificate))
        let key = one(of: ("key_file", draft.keyFile), ("key", draft.key))
        for (given, words) in [(certificate, "`cert_file` or `cert`"), (key, "`key_file` or `key`")]
        where given.isAbsent {
            complain(at: mark, "`tls_server_config` needs \(words); without TLS, remove the section")
        }
        let authorities = one(
            of: ("client_ca_file", draft.clientAuthoritiesFile),
            ("client_ca", draft.clientAuthorities)
        )
        checkClients(of: draft, authorities: authorities)
        let (least, most) = (draft.minimumVersion.value ?? .tls12, draft.maximumVersion.value ?? .tls13)
        if least > most, let mark = draft.minimumVersion.mark ?? draft.maximumVersion.mark {
            complain(
                at: mark,
                "`min_version` (`\(least.rawValue)`) must not be above `max_version` (`\(most.rawValue)`)"
            )
        }
        checkSuites(of: draft, http2: http2, least: least)
        guard let certificate = certificate.value, let key = key.value else { return nil }
        return WebTLSSettings(
            certificate: certificate,
            key: key,
            clientAuthentication: draft.clientAuthentication.value ?? .none,
            clientAuthorities: authorities.value,
            clientAllowedNames: draft.clientAllowedNames.value.map(Set.init),
            minimumVersion: least,
            maximumVersion: most,
            cipherSuites: draft.cipherSuites.value,
            curves: draft.curves.value
        )
    }

    /// A text that stands in a file or in the configuration itself.
    private mutating func one(
        of file: (key: String, given: Given<PEMText>),
        _ text: (key: String, given: Given<PEMText>)
    ) -> Given<PEMText> {
        if let first = file.given.mark, let second = text.given.mark {
            complain(at: max(first, second), "`\(file.key)` and `\(text.key)` exclude each other; keep one")
        }
        return file.given.or(text.given)
    }

    private mutating func checkClients(of draft: WebTLSDraft, authorities: Given<PEMText>) {
        if case .refused = draft.clientAuthentication { return }
        let authentication = draft.clientAuthentication.value ?? .none
        if let mark = authorities.mark, authentication == .none {
            complain(
                at: mark,
                "authorities of clients need a `client_auth_type` such as `RequireAndVerifyClientCert`"
            )
        }
        if let mark = draft.clientAllowedNames.mark, !authentication.isRequired {
            complain(
                at: mark,
                "`client_allowed_sans` needs a `client_auth_type` of `RequireAndVerifyClientCert` or `RequireAnyClientCert`"
            )
        }
    }

    private mutating func checkSuites(of draft: WebTLSDraft, http2: Bool, least: TLSVersionSetting) {
        guard case .given(let suites, let mark) = draft.cipherSuites, least < .tls13 else { return }
        guard suites.contains(where: { !$0.isOfTLS13 }) else {
            complain(
                at: mark,
                "`cipher_suites` holds none for TLS 1.2, which `min_version` allows; add one, or set `min_version: TLS13`"
            )
            return
        }
        if http2, !suites.contains(where: \.isRequiredByHTTP2) {
            complain(
                at: mark,
                "`cipher_suites` must hold `\(CipherSuiteSetting.rsaAES128.rawValue)` or "
                    + "`\(CipherSuiteSetting.ecdsaAES128.rawValue)` for HTTP/2; add one, or set `http2: false`"
            )
        }
    }
}
