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
