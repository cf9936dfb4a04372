/// The section `http`.
struct HTTPDraft: SectionDraft {
    var caFile: Given<String> = .absent
    var clientCertificateFile: Given<String> = .absent
    var clientKeyFile: Given<String> = .absent
    var proxyURL: Given<String> = .absent
    var insecureSkipVerify: Given<Bool> = .absent
    var http2: Given<Bool> = .absent
    var maxConnections: Given<Int> = .absent
    var maxConnectionsPerHost: Given<Int> = .absent
    var maxResponseBytes: Given<Int> = .absent

    static let section = "`http`"

    static let keys: [SettingKey<HTTPDraft>] = [
        SettingKey(
            "ca_file",
            .readableFile,
            into: \.caFile,
            default: "the system's authorities",
            "The certificate authorities to trust, in PEM, instead of the system's."
        ),
        SettingKey(
            "client_certificate_file",
            .readableFile,
            into: \.clientCertificateFile,
            default: "none",
            "The exporter's own certificate, in PEM. Needs `client_key_file`."
        ),
        SettingKey(
            "client_key_file",
            .readableFile,
            into: \.clientKeyFile,
            default: "none",
            "The key of that certificate, in PEM, without a passphrase."
        ),
        SettingKey(
            "proxy_url",
            .proxyURL,
            into: \.proxyURL,
            default: "none",
            "`http://`, `https://` or `socks5://`, with a user and password if need be: `http://user:password@proxy:3128`."
        ),
        SettingKey(
            "insecure_skip_verify",
            .flag,
            into: \.insecureSkipVerify,
            default: "`\(standard.insecureSkipVerify)`",
            "Accepts any certificate. Whoever sits in between then reads the tokens."
        ),
        SettingKey("http2", .flag, into: \.http2, default: "`\(standard.http2)`", "Offers HTTP/2."),
        SettingKey(
            "max_connections",
            .integer(1...10_000),
            into: \.maxConnections,
            default: "`\(standard.maxConnections)`",
            "The most connections at once. From 1 to 10000."
        ),
        SettingKey(
            "max_connections_per_host",
            .integer(1...10_000),
            into: \.maxConnectionsPerHost,
            default: "`\(standard.maxConnectionsPerHost)`, or `max_connections` where that is less",
            "The most connections at once to one host. Not above `max_connections`."
        ),
        SettingKey(
            "max_response_bytes",
            .bytes(1024...(256 << 20)),
            into: \.maxResponseBytes,
            default: "`\(SettingType<Int>.sizeText(standard.maxResponseBytes))`",
            "The largest reply that is read, after decompression: bytes, or with `KiB`, `MiB`, `GiB`. From `1KiB` to `256MiB`."
        ),
    ]

    /// Where the defaults come from.
    static let standard = HTTPSettings()
}
