package import Secrets

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
