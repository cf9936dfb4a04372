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
    /// How long the addresses of a name hold, and a connection made to one of them takes new requests: so that a name which
    /// moves to another address is followed. In whole seconds, at least 1; the system's resolver does not tell the lifetime
    /// that the name's own servers give it.
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
    /// Why no client can be made with it, as a sentence; `nil` where nothing speaks against it.
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

    /// The proxy's place, with the ports that libcurl takes by default.
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

/// What a message may tell of a proxy.
struct Proxy: Hashable {
    var origin: Origin
    /// Whether its URL has a user and password.
    var hasCredentials = false
}
