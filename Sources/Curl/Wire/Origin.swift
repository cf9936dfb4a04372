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
