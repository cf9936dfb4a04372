/// What all requests of a ``CurlClient`` have in common.
package struct CurlConfiguration: Sendable, Hashable {
    /// PEM file with the certificate authorities to trust; `nil`: the system's.
    package var caFile: String?
    /// PEM file with the client certificate and its chain.
    package var clientCertificateFile: String?
    /// PEM file with the client certificate's key.
    package var clientKeyFile: String?
    /// `http://`, `https://` or `socks5://` proxy; `nil`: none, whatever the environment says.
    package var proxyURL: String?
    /// Accept any server certificate.
    package var insecureSkipVerify: Bool
    /// Offer HTTP/2 on TLS connections.
    package var http2: Bool
    /// Connections open at once, idle ones included. At least 1.
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
