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
