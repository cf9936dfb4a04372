/// What all requests of a ``CurlClient`` have in common.
package struct CurlConfiguration: Sendable, Hashable {
    /// PEM file with the certificate authorities to trust, and no others; `nil`: the system's. Read when a connection is
    /// made, and then kept for a day.
    package var caFile: String?
    /// PEM file with the client certificate and its chain.
    package var clientCertificateFile: String?
    /// PEM file with the client certificate's key, without a pass phrase; `nil`: it is in the certificate's file.
    package var clientKeyFile: String?
    /// `http://`, `https://`, `socks5://` or, for a proxy that resolves names too, `socks5h://`, with user and password
    /// where it asks for them; `nil`: none. What the environment says of proxies does not count.
    package var proxyURL: String?
    /// Accept any server certificate, and any of an `https://` proxy.
    package var insecureSkipVerify: Bool
    /// Offer HTTP/2 on TLS connections. Requests to a host then share one connection; the limits below still bound how
    /// many there are at once.
    package var http2: Bool
    /// Connections open at once, idle ones included, and so requests in flight: others wait for their turn. At least 1.
    package var maxConnections: Int
    /// Connections open at once to one host. At least 1.
    package var maxConnectionsPerHost: Int
    package var userAgent: String

    package init(
        caFile: String? = nil,
        clientCertificateFile: String? = nil,
        clientKeyFile: String? = nil,
        proxyURL: String? = nil,
        insecureSkipVerify: Bool = false,
        http2: Bool = false,
        maxConnections: Int = 64,
        maxConnectionsPerHost: Int = 8,
        userAgent: String = "koreai-exporter"
    ) {
        self.caFile = caFile
        self.clientCertificateFile = clientCertificateFile
        self.clientKeyFile = clientKeyFile
        self.proxyURL = proxyURL
        self.insecureSkipVerify = insecureSkipVerify
        self.http2 = http2
        self.maxConnections = maxConnections
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.userAgent = userAgent
    }
}
