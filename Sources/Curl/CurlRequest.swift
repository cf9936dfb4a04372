/// One HTTP request for ``CurlClient``.
package struct CurlRequest: Sendable {
    package enum Method: String, Sendable {
        /// Sent once more, on a new connection, if the first connection was a reused one that died before any reply.
        case get = "GET"
        /// Sent at most once, and therefore always on a new connection.
        case post = "POST"
    }

    package var method: Method
    /// An absolute `http` or `https` URL. Any other fails with a ``CurlError`` of reason `other`.
    package var url: String
    /// The header fields, sent in this order; a value may be empty. The request is not sent if a name is not a token,
    /// if a value has a control character other than a tab, or if there is a `Content-Length` or `Transfer-Encoding`,
    /// which libcurl writes.
    package var headers: [(name: String, value: String)]
    /// The body, sent with `Content-Length`; `nil` for none.
    package var body: [UInt8]?
    /// The time from ``CurlClient/perform(_:)`` to the last byte of the response, with name look-up and the wait for a
    /// free connection. Zero or less fails at once; it is cut to 2^31 - 1 milliseconds, almost 25 days.
    package var timeout: Duration
    /// The largest body that is accepted, in bytes after decompression.
    package var maxResponseBytes: Int
    /// Takes the decompressed body of a response with a 2xx status in pieces as they come, instead of
    /// ``CurlResponse/body``.
    ///
    /// It is called on the client's thread and holds up all transfers while it works. What it throws ends the transfer
    /// and is thrown by ``CurlClient/perform(_:)``.
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
    /// Why the request must not be sent, as a part of a sentence; `nil` if it may be sent.
    ///
    /// Values of headers are never quoted, because they hold credentials.
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

    /// Whether the header is one that libcurl writes, because it frames the body. Two headers that disagree about its
    /// length are how requests are smuggled past proxies.
    private static func isOfLibcurl(_ name: String) -> Bool {
        switch name.utf8.count {
        case 14: name.lowercased() == "content-length"
        case 17: name.lowercased() == "transfer-encoding"
        default: false
        }
    }

    /// Whether the byte may stand in a token.
    ///
    /// Source: RFC 9110, 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// The first 40 characters of an invalid name, in quotes, with `?` for all that could break a log line.
    private static func printable(_ name: String) -> String {
        "\"" + name.unicodeScalars.prefix(40).map { $0.isASCII && $0.value > 0x20 ? String($0) : "?" }.joined() + "\""
    }
}

/// The scheme, host and port of a URL: the only parts of it that may stand in a message.
struct Origin: Sendable, Hashable {
    /// In lower case.
    var scheme: String
    /// In lower case; an IPv6 address has its brackets.
    var host: String
    var port: Int

    /// Reads an absolute URL as far as its authority; `nil` if it has none that libcurl would understand too, or if the
    /// URL has blanks or control characters.
    ///
    /// - Parameter defaultPorts: The schemes that are allowed, with their default ports.
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

    /// The host and port of `host`, `host:port`, `[address]` or `[address]:port`; an empty port counts as none.
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
    /// The host and port, such as `platform.kore.ai:443`.
    var description: String { "\(host):\(port)" }
}

extension String {
    /// Whether every byte of the UTF-8 is allowed. It reads the string's memory directly where it can, because a token
    /// has hundreds of bytes.
    func hasOnlyBytes(where isAllowed: (UInt8) -> Bool) -> Bool {
        utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isAllowed) } ?? utf8.allSatisfy(isAllowed)
    }
}
