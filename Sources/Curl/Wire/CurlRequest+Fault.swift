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
