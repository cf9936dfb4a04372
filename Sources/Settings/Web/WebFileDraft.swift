import Secrets

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
