import CCurl

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What libcurl does once for the whole process.
enum LibCurl {
    /// Sets libcurl up, the first time it is asked; for good, as other code of the process may use it too.
    static func setUp() throws(CurlError) {
        guard result == CURLE_OK else {
            throw CurlError(
                reason: .other,
                message: "libcurl cannot be set up: \(String(cString: curl_easy_strerror(result)))",
                curlCode: Int(result.rawValue)
            )
        }
    }

    /// Swift runs the initial value of a static once, whichever threads come for it.
    private static let result = curl_global_init(Int(CURL_GLOBAL_ALL))

    /// Such as `7.88.1`.
    static let version: String =
        ccurl_version().flatMap { $0.pointee.version }
        .map { String(cString: $0) } ?? "unknown"

    /// Whether the file with the system's certificate authorities that libcurl was built for is there.
    static var hasSystemCAFile: Bool {
        guard let file = ccurl_version().flatMap({ $0.pointee.cainfo }) else { return false }
        return access(file, R_OK) == 0
    }
}
