import CCurl

/// Owns a libcurl easy handle.
///
/// Not `Sendable`: a handle and its callbacks stay on one thread.
struct EasyHandle: ~Copyable {
    let pointer: OpaquePointer

    /// Creates a handle with libcurl's defaults.
    init() throws(CurlError) {
        guard let pointer = curl_easy_init() else {
            throw CurlError(reason: .other, message: "libcurl has no memory for another transfer")
        }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
    }

    func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
        try check(ccurl_set_long(pointer, option, value), option)
    }

    func set(_ option: CURLoption, _ value: Bool) throws(CurlError) {
        try check(ccurl_set_long(pointer, option, value ? 1 : 0), option)
    }

    /// Sets a string, which libcurl copies; `nil` sets libcurl's default.
    func set(_ option: CURLoption, _ value: String?) throws(CurlError) {
        guard let value else { return try check(ccurl_set_string(pointer, option, nil), option) }
        try check(value.withCString { ccurl_set_string(pointer, option, $0) }, option)
    }

    /// Sets a pointer, which libcurl keeps.
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(CurlError) {
        try check(ccurl_set_pointer(pointer, option, value), option)
    }

    /// Sets a list, to which libcurl keeps the pointer.
    func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) throws(CurlError) {
        try check(ccurl_set_list(pointer, option, value), option)
    }

    func set(_ option: CURLoption, _ value: @escaping ccurl_receive) throws(CurlError) {
        try check(ccurl_set_receive(pointer, option, value), option)
    }

    /// Sets the callback that libcurl asks before it sends each request. Its context is what `CURLOPT_PREREQDATA` is
    /// set to.
    func setBeforeRequest(_ value: @escaping ccurl_before_request) throws(CurlError) {
        try check(ccurl_set_before_request(pointer, value), CURLOPT_PREREQFUNCTION)
    }

    /// Sets the body to send, which libcurl copies.
    func setBody(_ body: [UInt8]) throws(CurlError) {
        try check(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)), CURLOPT_POSTFIELDSIZE)
        // An empty array may have no address, and without one libcurl would ask a callback for the body.
        guard !body.isEmpty else { return try set(CURLOPT_COPYPOSTFIELDS, "") }
        let result = body.withUnsafeBytes { bytes in
            ccurl_set_string(pointer, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
        }
        try check(result, CURLOPT_COPYPOSTFIELDS)
    }

    /// A number that libcurl knows of the transfer; 0 if it does not know it.
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// A 64-bit number that libcurl knows of the transfer; -1 if it does not know it.
    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = -1
        return ccurl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : -1
    }

    /// A time since the start of the transfer, which libcurl counts in microseconds; zero if the transfer did not get
    /// that far.
    func time(_ info: CURLINFO) -> Duration {
        .microseconds(max(0, offset(info)))
    }

    private func check(_ result: CURLcode, _ option: CURLoption) throws(CurlError) {
        guard result == CURLE_OK else {
            let name = curl_easy_option_by_id(option).flatMap { $0.pointee.name }.map { String(cString: $0) }
            throw CurlError(
                reason: .other,
                message: "libcurl refuses a value for its option \(name ?? "\(option.rawValue)"): "
                    + "\(String(cString: curl_easy_strerror(result))); check the HTTP settings",
                curlCode: Int(result.rawValue)
            )
        }
    }
}

/// The options that all transfers of a client share.
struct EasySettings: Sendable {
    var configuration: CurlConfiguration
    /// Whether the system's certificate authorities are in one file, which libcurl then reads once and caches.
    var hasSystemCAFile: Bool

    /// The size of the receive buffer, in bytes. Replies have a few hundred bytes. libcurl allocates the buffer for
    /// each request, and `malloc` takes one of this size from the thread's own cache, but no larger one.
    static let bufferSize = 1024

    /// Sets the options, once in a handle's life.
    func apply(to easy: borrowing EasyHandle) throws(CurlError) {
        try easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try easy.set(CURLOPT_FOLLOWLOCATION, false)
        try easy.set(CURLOPT_NOSIGNAL, true)
        try easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try easy.set(CURLOPT_HTTP_VERSION, configuration.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1)
        // With HTTP/2, requests wait for the first connection and share it, instead of opening more.
        try easy.set(CURLOPT_PIPEWAIT, configuration.http2)
        // Empty: every encoding that libcurl can decompress.
        try easy.set(CURLOPT_ACCEPT_ENCODING, "")
        try easy.set(CURLOPT_USERAGENT, configuration.userAgent)
        try easy.set(CURLOPT_BUFFERSIZE, Self.bufferSize)
        try easy.set(CURLOPT_DNS_CACHE_TIMEOUT, Int(addressLifetime))
        // Without it, libcurl waits for the look-up of a name when the transfer ends during it, and all other transfers
        // wait too. With it, the look-up's thread is left to end by itself (`Curl_resolver_kill` in asyn-thread.c).
        try easy.set(CURLOPT_QUICK_EXIT, true)
        try applyTLS(to: easy)
        try applyProxy(to: easy)
    }

    /// Seconds, from 1 to a day. For the age of connections, 0 would mean no limit to libcurl.
    var addressLifetime: Int64 { min(max(configuration.addressLifetime.components.seconds, 1), 86_400) }

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
            // The system's folder of authorities would be trusted beside the file. It also keeps libcurl from caching
            // what it read, so that the file would be parsed for each connection.
            for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] { try easy.set(option, nil as String?) }
        }
        if let file = configuration.clientCertificateFile {
            try easy.set(CURLOPT_SSLCERT, file)
            try easy.set(CURLOPT_SSLKEY, configuration.clientKeyFile ?? file)
            // Without it, OpenSSL asks for the pass phrase of an encrypted key on the terminal, and waits.
            try easy.set(CURLOPT_KEYPASSWD, "")
        }
    }

    private func applyProxy(to easy: borrowing EasyHandle) throws(CurlError) {
        // Empty strings, because with the defaults libcurl reads the proxy variables of the environment.
        try easy.set(CURLOPT_PROXY, configuration.proxyURL ?? "")
        try easy.set(CURLOPT_NOPROXY, "")
        // Headers of requests may hold credentials, which the proxy must not see.
        try easy.set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    }
}

extension Duration {
    /// The duration in whole milliseconds, rounded up and clamped to a range.
    func millisecondsRoundedUp(in range: ClosedRange<Int>) -> Int {
        let (seconds, attoseconds) = components
        let (whole, overflow) = Int(seconds).multipliedReportingOverflow(by: 1000)
        if overflow { return seconds < 0 ? range.lowerBound : range.upperBound }
        let (part, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(Int(part) + (rest > 0 ? 1 : 0))
        if sumOverflow { return seconds < 0 ? range.lowerBound : range.upperBound }
        return min(max(sum, range.lowerBound), range.upperBound)
    }
}

/// The memory into which libcurl writes its words about a failure (`CURLOPT_ERRORBUFFER`).
struct ErrorBuffer: ~Copyable {
    let pointer: UnsafeMutablePointer<CChar>

    init() {
        pointer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        pointer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        pointer.deallocate()
    }

    /// libcurl's words; empty if it had nothing to add to its code.
    var text: String { String(cString: pointer) }

    func clear() {
        pointer.pointee = 0
    }
}
