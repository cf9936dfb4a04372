package import Curl
package import Settings

extension CurlConfiguration {
    /// How the settings ask for the platform to be reached.
    package init(_ settings: HTTPSettings, userAgent: String) {
        self.init(
            caFile: settings.caFile,
            clientCertificateFile: settings.clientCertificateFile,
            clientKeyFile: settings.clientKeyFile,
            proxyURL: settings.proxyURL,
            insecureSkipVerify: settings.insecureSkipVerify,
            http2: settings.http2,
            maxConnections: settings.maxConnections,
            maxConnectionsPerHost: settings.maxConnectionsPerHost,
            userAgent: userAgent
        )
    }
}
