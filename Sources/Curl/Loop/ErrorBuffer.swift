import CCurl

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
