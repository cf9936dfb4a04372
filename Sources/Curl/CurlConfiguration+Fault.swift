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
    var proxy: Origin? {
        proxyURL.flatMap { url in
            Origin(url: url, defaultPorts: ["http": 1080, "https": 443, "socks5": 1080, "socks5h": 1080])
        }
    }
}
