/// The section `http`: how the platform is reached, for all bots alike.
package struct HTTPSettings: Sendable, Hashable {
    package var caFile: String?
    package var clientCertificateFile: String?
    package var clientKeyFile: String?
    package var proxyURL: String?
    package var insecureSkipVerify = false
    package var http2 = false
    package var maxConnections = 64
    package var maxConnectionsPerHost = 8
    /// The largest reply in bytes, after decompression.
    package var maxResponseBytes = 1_048_576

    package init() {}
}

extension HTTPSettings {
    static let table = SettingsTable<HTTPSettings>(
        "`http`",
        standard: HTTPSettings(),
        keys: [
            SettingKey("ca_file", .readableFile, intoOptional: \.caFile, default: "the system's authorities")
                .meaning("The certificate authorities to trust, in PEM, instead of the system's."),
            SettingKey("client_certificate_file", .readableFile, intoOptional: \.clientCertificateFile, default: "none")
                .meaning("The exporter's own certificate, in PEM. Needs `client_key_file`."),
            SettingKey("client_key_file", .readableFile, intoOptional: \.clientKeyFile, default: "none")
                .meaning("The key of that certificate, in PEM, without a passphrase."),
            SettingKey("proxy_url", .proxyURL, intoOptional: \.proxyURL, default: "none")
                .meaning(
                    "`http://`, `https://` or `socks5://`, with a user and password if need be: `http://user:password@proxy:3128`."
                ),
            SettingKey("insecure_skip_verify", .flag, into: \.insecureSkipVerify)
                .meaning("Accepts any certificate. Whoever sits in between then reads the tokens."),
            SettingKey("http2", .flag, into: \.http2)
                .meaning("Offers HTTP/2."),
            SettingKey("max_connections", .integer(1...10_000), into: \.maxConnections)
                .meaning("The most connections at once. From 1 to 10000."),
            SettingKey(
                "max_connections_per_host",
                .integer(1...10_000),
                into: \.maxConnectionsPerHost,
                or: "`max_connections` where that is less"
            )
            .meaning("The most connections at once to one host. Not above `max_connections`."),
            SettingKey(
                "max_response_bytes",
                .bytes(1024...(256 << 20)),
                into: \.maxResponseBytes,
                default: "`\(SettingType<Int>.sizeText(HTTPSettings().maxResponseBytes))`"
            )
            .meaning(
                "The largest reply that is read, after decompression: bytes, or with `KiB`, `MiB`, `GiB`. From `1KiB` to `256MiB`."
            ),
        ],
        check: check
    )

    private static func check(_ http: inout Located<HTTPSettings>, _ reading: inout SettingsReading) {
        for (key, other) in [
            ("client_certificate_file", "client_key_file"), ("client_key_file", "client_certificate_file"),
        ] {
            if let mark = http.accepted(key), http[other] == nil {
                reading.complain(at: mark, "`\(key)` needs `\(other)`; set both or neither")
            }
        }
        if http.accepted("max_connections_per_host") == nil {
            http.maxConnectionsPerHost = min(http.maxConnectionsPerHost, http.maxConnections)
        } else if let mark = http.accepted("max_connections_per_host"), http.maxConnectionsPerHost > http.maxConnections
        {
            let origin = http["max_connections"] == nil ? ", its default" : ""
            reading.complain(
                at: mark,
                "`max_connections_per_host` (\(http.maxConnectionsPerHost)) must not be above `max_connections` (\(http.maxConnections)\(origin))"
            )
        }
    }
}

/// Prints the settings as `/config` shows them, because the proxy's URL may contain a password.
extension HTTPSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "HTTPSettings(\(Self.table.yaml(self).inline))" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["yaml": Self.table.yaml(self).inline]) }
}
