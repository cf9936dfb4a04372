/// The settings of a ``CurlClient``, for all its requests.
package struct CurlConfiguration: Sendable, Hashable {
    /// PEM file with the only certificate authorities to trust; `nil` for the system's. It is read when a connection is
    /// made, and then cached for a day.
    package var caFile: String?
    /// PEM file with the client certificate and its chain.
    package var clientCertificateFile: String?
    /// PEM file with the client certificate's key, without a pass phrase; `nil` if the key is in the certificate's
    /// file.
    package var clientKeyFile: String?
    /// URL of a proxy: `http://`, `https://`, `socks5://` or, for a proxy that resolves names too, `socks5h://`, with
    /// user and password if it asks for them; `nil` for none. The proxy variables of the environment are ignored.
    package var proxyURL: String?
    /// Whether any certificate of a server or of an `https://` proxy is accepted.
    package var insecureSkipVerify: Bool
    /// Whether HTTP/2 is offered on TLS connections. Requests to a host then share one connection; the limits below
    /// still bound how many requests are in flight at once.
    package var http2: Bool
    /// The most connections open at once, idle ones included, and so the most requests in flight; further requests
    /// wait. At least 1.
    package var maxConnections: Int
    /// The most connections open at once to one host. At least 1.
    package var maxConnectionsPerHost: Int
    package var userAgent: String
    /// How long a resolved address is used, and how long a connection to it takes new requests, so that the client
    /// follows a name which moves to another address. In whole seconds, from 1 to a day. The system's resolver does not
    /// tell the lifetime that the name's own servers give it.
    package var addressLifetime: Duration

    package init(
        caFile: String? = nil,
        clientCertificateFile: String? = nil,
        clientKeyFile: String? = nil,
        proxyURL: String? = nil,
        insecureSkipVerify: Bool = false,
        http2: Bool = false,
        maxConnections: Int = 64,
        maxConnectionsPerHost: Int = 8,
        userAgent: String = "koreai-exporter",
        addressLifetime: Duration = .seconds(60)
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
        self.addressLifetime = addressLifetime
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension CurlConfiguration {
    /// Why the configuration cannot be used, as a sentence; `nil` if it can.
    var fault: String? {
        let files = [
            ("CA file", caFile), ("client certificate file", clientCertificateFile), ("client key file", clientKeyFile),
        ]
        for case (let name, let path?) in files where access(path, R_OK) != 0 {
            return "the \(name) \(path) cannot be read: \(String(cString: strerror(errno))); "
                + "check the path and its permissions"
        }
        if clientKeyFile != nil, clientCertificateFile == nil {
            return "there is a client key file without a client certificate file; name both"
        }
        if proxyURL != nil, proxy == nil {
            return "the proxy URL cannot be read; expected http://, https://, socks5:// or socks5h:// with a host and, "
                + "but for the default, a port, as in http://proxy.example:3128"
        }
        if !userAgent.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            return "the user agent has a line break or another control character; remove it"
        }
        return nil
    }

    /// The proxy that ``proxyURL`` names, with libcurl's default port for its scheme; `nil` if there is none or the URL
    /// is not valid.
    var proxy: Proxy? {
        guard let proxyURL,
            let origin = Origin(
                url: proxyURL,
                defaultPorts: ["http": 1080, "https": 443, "socks5": 1080, "socks5h": 1080]
            )
        else { return nil }
        return Proxy(origin: origin, hasCredentials: proxyURL.contains("@"))
    }
}

/// The parts of a proxy's URL that a message may show.
struct Proxy: Hashable {
    var origin: Origin
    /// Whether the URL has a user and password.
    var hasCredentials = false
}
