/// Addresses of the pages.
enum PageLink {
    /// Percent-encodes all but letters, digits and `-._~`, in UTF-8.
    static func encoded(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The overview with these bots.
    static func overview(_ query: StatusQuery) -> String {
        var parts: [String] = []
        if !query.text.isEmpty { parts.append("q=" + encoded(query.text)) }
        if let attention = query.attention { parts.append("show=" + attention.rawValue) }
        if query.page > 0 { parts.append("page=\(query.page + 1)") }
        return parts.isEmpty ? "/" : "/?" + parts.joined(separator: "&")
    }
}
