import CCurl

/// Owns a libcurl easy handle.
///
/// Not `Sendable`: a handle and what it calls stay on one thread.
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

    /// libcurl copies the string; `nil` is its default.
    func set(_ option: CURLoption, _ value: String?) throws(CurlError) {
        guard let value else { return try check(ccurl_set_string(pointer, option, nil), option) }
        try check(value.withCString { ccurl_set_string(pointer, option, $0) }, option)
    }

    /// libcurl keeps the pointer.
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(CurlError) {
        try check(ccurl_set_pointer(pointer, option, value), option)
    }

    /// libcurl keeps the pointer.
    func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) throws(CurlError) {
        try check(ccurl_set_list(pointer, option, value), option)
    }

    func set(_ option: CURLoption, _ value: @escaping ccurl_receive) throws(CurlError) {
        try check(ccurl_set_receive(pointer, option, value), option)
    }

    /// Has libcurl ask before each request that it sends, with what `CURLOPT_PREREQDATA` is set to.
    func setBeforeRequest(_ value: @escaping ccurl_before_request) throws(CurlError) {
        try check(ccurl_set_before_request(pointer, value), CURLOPT_PREREQFUNCTION)
    }

    /// A body to send, which libcurl copies.
    func setBody(_ body: [UInt8]) throws(CurlError) {
        try check(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)), CURLOPT_POSTFIELDSIZE)
        // An empty array may have no address, and without one libcurl would ask a callback for the body.
        guard !body.isEmpty else { return try set(CURLOPT_COPYPOSTFIELDS, "") }
        let result = body.withUnsafeBytes { bytes in
            ccurl_set_string(pointer, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
        }
        try check(result, CURLOPT_COPYPOSTFIELDS)
    }

    /// 0 where libcurl has no answer.
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// A large number, -1 where libcurl does not know it.
    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = -1
        return ccurl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : -1
    }

    /// A time that libcurl counts in microseconds, from the start of the transfer; zero where it did not come to that.
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
        try easy.set(CURLOPT_DNS_CACHE_TIMEOUT, Int(addressLifetime))
        // When a transfer ends during the look-up of a name, libcurl otherwise waits for the look-up, and with it all
        // other transfers. This leaves the look-up's thread to end by itself (`Curl_resolver_kill` in asyn-thread.c).
        try easy.set(CURLOPT_QUICK_EXIT, true)
        try applyTLS(to: easy)
        try applyProxy(to: easy)
    }

    /// In seconds, 1 to a day. To libcurl 0 would mean for ever.
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

extension Duration {
    /// Whole milliseconds, rounded up and brought into a range.
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

/// The memory in which libcurl puts its words about a failure (`CURLOPT_ERRORBUFFER`).
struct ErrorBuffer: ~Copyable {
    let pointer: UnsafeMutablePointer<CChar>

    init() {
        pointer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        pointer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        pointer.deallocate()
    }

    /// Empty where libcurl had nothing to add to its code.
    var text: String { String(cString: pointer) }

    func clear() {
        pointer.pointee = 0
    }
}
