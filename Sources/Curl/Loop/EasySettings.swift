import CCurl

/// The options that all transfers of a client share.
struct EasySettings: Sendable {
    var configuration: CurlConfiguration
    /// Whether the system's authorities stand in one file, which libcurl then reads once and keeps.
    var hasSystemCAFile: Bool

    /// Replies have some hundred bytes. libcurl takes the buffer from the heap for each request and gives it back: of
    /// this size, and none of the larger ones, it comes from the thread's own cache.
    static let bufferSize = 1024

    /// Sets them, once in a handle's life.
    func apply(to easy: borrowing EasyHandle) throws(CurlError) {
        try easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try easy.set(CURLOPT_FOLLOWLOCATION, false)
        try easy.set(CURLOPT_NOSIGNAL, true)
        try easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try easy.set(CURLOPT_HTTP_VERSION, configuration.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1)
        // With HTTP/2 the first connection shall be shared rather than many opened.
        try easy.set(CURLOPT_PIPEWAIT, configuration.http2)
        // All that libcurl can decompress.
        try easy.set(CURLOPT_ACCEPT_ENCODING, "")
        try easy.set(CURLOPT_USERAGENT, configuration.userAgent)
        try easy.set(CURLOPT_BUFFERSIZE, Self.bufferSize)
        // When a transfer ends during the look-up of a name, libcurl otherwise waits for the look-up, and with it all
        // other transfers. This leaves the look-up's thread to end by itself (`Curl_resolver_kill` in asyn-thread.c).
        try easy.set(CURLOPT_QUICK_EXIT, true)
        try applyTLS(to: easy)
        try applyProxy(to: easy)
    }

    private func applyTLS(to easy: borrowing EasyHandle) throws(CurlError) {
        try easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let verifies = !configuration.insecureSkipVerify
        for option in [CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER] { try easy.set(option, verifies) }
        for option in [CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST] {
            try easy.set(option, verifies ? 2 : 0)
        }
        if let file = configuration.caFile {
            for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO] { try easy.set(option, file) }
        }
        if configuration.caFile != nil || hasSystemCAFile {
            // The system's folder of authorities would be trusted beside the file, and keeps libcurl from keeping what
            // it read: it then parses the file for each connection.
            for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] { try easy.set(option, nil as String?) }
        }
        if let file = configuration.clientCertificateFile {
            try easy.set(CURLOPT_SSLCERT, file)
            try easy.set(CURLOPT_SSLKEY, configuration.clientKeyFile ?? file)
            // Without it OpenSSL asks for the pass phrase of an encrypted key on the terminal, and waits.
            try easy.set(CURLOPT_KEYPASSWD, "")
        }
    }

    private func applyProxy(to easy: borrowing EasyHandle) throws(CurlError) {
        // Empty strings, not defaults: with those libcurl would look into the environment.
        try easy.set(CURLOPT_PROXY, configuration.proxyURL ?? "")
        try easy.set(CURLOPT_NOPROXY, "")
        // Headers of requests may be credentials, and are not for the proxy.
        try easy.set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    }
}
