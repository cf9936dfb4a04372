/// One HTTP request for ``CurlClient``.
package struct CurlRequest: Sendable {
    package enum Method: String, Sendable {
        /// Sent once more, on a new connection, where the connection that it was sent on stood already and died before any
        /// reply.
        case get = "GET"
        /// Sent at most once, and so each on a new connection.
        case post = "POST"
    }

    package var method: Method
    /// An absolute `http` or `https` URL. Anything else ends in a ``CurlError`` with reason `other`.
    package var url: String
    /// Sent in this order, an empty value too. Refused before anything is sent: a name that is not a token, a value with a
    /// control character, `Content-Length` and `Transfer-Encoding`, which libcurl writes.
    package var headers: [(name: String, value: String)]
    /// Sent with `Content-Length`; `nil` for none.
    package var body: [UInt8]?
    /// From the moment the request is handed in until its last byte, name look-up and the wait for a free connection
    /// included. Zero or less is over at once; more than 24 days counts as 24 days.
    package var timeout: Duration
    /// The largest body that is accepted, in bytes after decompression.
    package var maxResponseBytes: Int
    /// Gets the body of a response with a status of success as it comes, decompressed, instead of
    /// ``CurlResponse/body``. It is called on the client's thread and holds up all transfers while it works; what it
    /// throws ends the transfer, and ``CurlClient/perform(_:)`` throws it.
    package var sink: Sink?

    package typealias Sink = @Sendable (UnsafeRawBufferPointer) throws -> Void

    package init(
        method: Method = .get,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(10),
        maxResponseBytes: Int = 1_048_576,
        sink: Sink? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maxResponseBytes = maxResponseBytes
        self.sink = sink
    }
}

extension CurlRequest {
    /// Why this request must not be sent, as a part of a sentence; `nil` where nothing speaks against it.
    ///
    /// Values of headers are never named: they hold credentials.
    var fault: String? {
        for (name, value) in headers {
            guard !name.isEmpty, name.hasOnlyBytes(where: Self.isTokenByte) else {
                return "a header has the name \(Self.printable(name)); a name has letters, digits and hyphens only"
            }
            guard value.hasOnlyBytes(where: { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
                return "the value of header \(name) has a line break or another control character; remove it"
            }
            if Self.isOfLibcurl(name) {
                return "header \(name) is written by libcurl itself; leave it out"
            }
        }
        return nil
    }

    /// They frame the body: two opinions about its length are how requests are smuggled past proxies.
    private static func isOfLibcurl(_ name: String) -> Bool {
        switch name.utf8.count {
        case 14: name.lowercased() == "content-length"
        case 17: name.lowercased() == "transfer-encoding"
        default: false
        }
    }

    /// RFC 9110, 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// The start of a name that is not one, without what could break a log line.
    private static func printable(_ name: String) -> String {
        "\"" + name.unicodeScalars.prefix(40).map { $0.isASCII && $0.value > 0x20 ? String($0) : "?" }.joined() + "\""
    }
}

/// Where a URL leads: scheme, host and port. It is all of a URL that may stand in a message.
struct Origin: Sendable, Hashable {
    /// In lower case; an IPv6 address with its brackets.
    var scheme: String
    var host: String
    var port: Int

    /// Reads an absolute URL, as far as its authority; `nil` where there is none that libcurl would understand too, or
    /// where the URL has blanks or control characters.
    ///
    /// - Parameter defaultPorts: the schemes that are allowed and their ports.
    init?(url: String, defaultPorts: [String: Int] = Self.webPorts) {
        let bytes = url.utf8
        guard url.hasOnlyBytes(where: { $0 > 0x20 && $0 != 0x7F }), let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else {
            return nil
        }
        let scheme = String(url[..<colon]).lowercased()
        guard let defaultPort = defaultPorts[scheme], bytes[colon...].starts(with: "://".utf8) else { return nil }
        var authority = bytes[colon...].dropFirst(3).prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            authority = authority[authority.index(after: at)...]
        }
        guard let (host, port) = Self.split(authority) else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port ?? defaultPort
    }

    static let webPorts = ["http": 80, "https": 443]

    /// Host and port of `host`, `host:port`, `[address]` or `[address]:port`; an empty port counts as none.
    private static func split(_ authority: Substring.UTF8View) -> (host: String, port: Int?)? {
        let end: Substring.UTF8View.Index
        if authority.first == UInt8(ascii: "[") {
            guard let bracket = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            end = authority.index(after: bracket)
        } else {
            end = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
        }
        let host = String(Substring(authority[..<end]))
        guard isHost(host) else { return nil }
        let rest = authority[end...]
        if rest.isEmpty { return (host, nil) }
        guard rest.first == UInt8(ascii: ":"), rest.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        if rest.count == 1 { return (host, nil) }
        guard let port = Int(Substring(rest.dropFirst())), port <= 65535 else { return nil }
        return (host, port)
    }

    private static func isHost(_ host: String) -> Bool {
        !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF: true
                default: "-._~%[]:".utf8.contains(byte)
                }
            }
    }
}

extension Origin: CustomStringConvertible {
    /// Host and port, such as `platform.kore.ai:443`.
    var description: String { "\(host):\(port)" }
}

extension String {
    /// Whether each byte passes: asked of the bytes in memory at once, where the string has them, as a token has hundreds.
    func hasOnlyBytes(where isAllowed: (UInt8) -> Bool) -> Bool {
        utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isAllowed) } ?? utf8.allSatisfy(isAllowed)
    }
}
