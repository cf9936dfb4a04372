/// How the platform is reached. The same for all bots.
package struct HTTPSettings: Sendable, Hashable {
    package var caFile: String?
    package var clientCertificateFile: String?
    package var clientKeyFile: String?
    package var proxyURL: String?
    package var insecureSkipVerify: Bool
    package var http2: Bool
    package var maxConnections: Int
    package var maxConnectionsPerHost: Int
    /// Bytes after decompression.
    package var maxResponseBytes: Int

    package init(
        caFile: String? = nil,
        clientCertificateFile: String? = nil,
        clientKeyFile: String? = nil,
        proxyURL: String? = nil,
        insecureSkipVerify: Bool = false,
        http2: Bool = false,
        maxConnections: Int = 64,
        maxConnectionsPerHost: Int = 8,
        maxResponseBytes: Int = 1_048_576
    ) {
        self.caFile = caFile
        self.clientCertificateFile = clientCertificateFile
        self.clientKeyFile = clientKeyFile
        self.proxyURL = proxyURL
        self.insecureSkipVerify = insecureSkipVerify
        self.http2 = http2
        self.maxConnections = maxConnections
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.maxResponseBytes = maxResponseBytes
    }
}

/// The proxy's URL may hold a password, so no way of printing the settings shows more of it than that it is there.
extension HTTPSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        "HTTPSettings(" + shown.map { "\($0.label): \($0.value)" }.joined(separator: ", ") + ")"
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror {
        Mirror(self, children: shown.map { (label: $0.label, value: $0.value as Any) }, displayStyle: .struct)
    }

    private var shown: [(label: String, value: String)] {
        [
            ("caFile", caFile ?? "none"), ("clientCertificateFile", clientCertificateFile ?? "none"),
            ("clientKeyFile", clientKeyFile ?? "none"), ("proxyURL", proxyURL == nil ? "none" : "<redacted>"),
            ("insecureSkipVerify", "\(insecureSkipVerify)"), ("http2", "\(http2)"),
            ("maxConnections", "\(maxConnections)"),
            ("maxConnectionsPerHost", "\(maxConnectionsPerHost)"), ("maxResponseBytes", "\(maxResponseBytes)"),
        ]
    }
}

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

extension SettingsReading {
    mutating func http(of draft: HTTPDraft) -> HTTPSettings {
        switch (draft.clientCertificateFile, draft.clientKeyFile) {
        case (.given(_, let mark), .absent):
            complain(at: mark, "`client_certificate_file` needs `client_key_file`; set both or neither")
        case (.absent, .given(_, let mark)):
            complain(at: mark, "`client_key_file` needs `client_certificate_file`; set both or neither")
        default: break
        }
        var settings = HTTPDraft.standard
        settings.caFile = draft.caFile.value
        settings.clientCertificateFile = draft.clientCertificateFile.value
        settings.clientKeyFile = draft.clientKeyFile.value
        settings.proxyURL = draft.proxyURL.value
        settings.insecureSkipVerify = draft.insecureSkipVerify.value ?? settings.insecureSkipVerify
        settings.http2 = draft.http2.value ?? settings.http2
        settings.maxConnections = draft.maxConnections.value ?? settings.maxConnections
        settings.maxConnectionsPerHost =
            draft.maxConnectionsPerHost.value ?? min(settings.maxConnectionsPerHost, settings.maxConnections)
        settings.maxResponseBytes = draft.maxResponseBytes.value ?? settings.maxResponseBytes
        if case .given(let perHost, let mark) = draft.maxConnectionsPerHost, perHost > settings.maxConnections {
            let origin = draft.maxConnections.isAbsent ? ", its default" : ""
            complain(
                at: mark,
                "`max_connections_per_host` (\(perHost)) must not be above `max_connections` (\(settings.maxConnections)\(origin))"
            )
        }
        return settings
    }
}
