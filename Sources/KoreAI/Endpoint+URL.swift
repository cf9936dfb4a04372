extension Endpoint {
    /// The URL of a call.
    ///
    /// - Parameters:
    ///   - baseURL: Scheme, host and an optional path prefix; slashes at its end are dropped.
    ///   - parameters: A value for each name in braces of the template. They are percent-encoded.
    package func url(baseURL: String, _ parameters: [String: String]) -> String {
        var url = baseURL
        while url.hasSuffix("/") { url.removeLast() }
        var rest = Substring(row.template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            url += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            url += (parameters[name] ?? "").percentEncoded
            rest = rest[rest.index(after: close)...]
        }
        return url + rest
    }

    /// The URL of a call about a bot.
    ///
    /// - Parameter parameters: Beyond the bot's id.
    package func url(of bot: BotAddress, _ parameters: [String: String] = [:]) -> String {
        url(baseURL: bot.baseURL, parameters.merging(["id": bot.id]) { $1 })
    }
}

extension String {
    /// As one segment of a path or one value of a query: all but RFC 3986's unreserved characters is encoded.
    var percentEncoded: String {
        let hex = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
