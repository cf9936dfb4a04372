import CCurl

/// The header lines of a request in libcurl's form: a linked list of C strings.
///
/// libcurl reads the list during the transfer and does not free it, so the list is kept in two blocks that are reused
/// for each request, instead of two allocations for each header.
struct HeaderList: ~Copyable {
    private var text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1024)
    private var nodes = UnsafeMutableBufferPointer<curl_slist>.allocate(capacity: 16)

    deinit {
        text.deallocate()
        nodes.deallocate()
    }

    /// Writes a new list over the last one, which must no longer be in use.
    ///
    /// - Parameter suppressed: Headers that libcurl would add by itself and must not.
    /// - Returns: The first node, valid until the next call; `nil` for an empty list.
    mutating func fill(
        _ headers: [(name: String, value: String)],
        suppressed: [String]
    ) -> UnsafeMutablePointer<curl_slist>? {
        let count = headers.count + suppressed.count
        guard count > 0, let node = room(for: headers, suppressed: suppressed, count: count) else { return nil }
        var end = 0
        var index = 0
        for (name, value) in headers {
            let start = end
            put(name, at: &end)
            // In libcurl's notation, "Name;" is sent as a header without a value, and "Name:" is not sent.
            put(value.isEmpty ? ";" : ": ", at: &end)
            put(value, at: &end)
            add(start, at: &index, of: count, end: &end)
        }
        for name in suppressed {
            let start = end
            put(name, at: &end)
            put(":", at: &end)
            add(start, at: &index, of: count, end: &end)
        }
        return node
    }

    /// Makes both blocks large enough.
    ///
    /// - Returns: The place of the first node.
    private mutating func room(
        for headers: [(name: String, value: String)],
        suppressed: [String],
        count: Int
    ) -> UnsafeMutablePointer<curl_slist>? {
        var bytes = 0
        for (name, value) in headers { bytes += name.utf8.count + value.utf8.count + 3 }
        for name in suppressed { bytes += name.utf8.count + 2 }
        if bytes > text.count {
            text.deallocate()
            text = .allocate(capacity: bytes * 2)
        }
        if count > nodes.count {
            nodes.deallocate()
            nodes = .allocate(capacity: count * 2)
        }
        return nodes.baseAddress
    }

    private func put(_ string: String, at end: inout Int) {
        end = text[end...].initialize(fromContentsOf: string.utf8)
    }

    /// Ends the string that starts at `start` and makes it the list's next node.
    private func add(_ start: Int, at index: inout Int, of count: Int, end: inout Int) {
        text.initializeElement(at: end, to: 0)
        end += 1
        let line = text.baseAddress.map { UnsafeMutableRawPointer($0 + start).assumingMemoryBound(to: CChar.self) }
        let next = index + 1 < count ? nodes.baseAddress.map { $0 + index + 1 } : nil
        nodes.initializeElement(at: index, to: curl_slist(data: line, next: next))
        index += 1
    }
}
