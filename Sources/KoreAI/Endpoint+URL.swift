extension Endpoint {
    /// The URL of a call.
    ///
    /// - Parameters:
    ///   - baseURL: Scheme, host and an optional path prefix; slashes at its end are dropped.
    ///   - id: Of the bot that the call is about.
    ///   - parameters: A value for each other name in braces of the template. They are percent-encoded.
    package func url(baseURL: String, id: String = "", _ parameters: [String: String]) -> String {
        // As bytes: there is a URL for each poll, and characters cost ten times as much.
        let template = row.template.utf8
        var url: [UInt8] = []
        url.reserveCapacity(baseURL.utf8.count + template.count + 64)
        url += baseURL.utf8
        while url.last == UInt8(ascii: "/") { url.removeLast() }
        var start = template.startIndex
        while let open = template[start...].firstIndex(of: UInt8(ascii: "{")),
            let close = template[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            url += template[start..<open]
            let name = String(Substring(template[template.index(after: open)..<close]))
            url.append(percentEncoding: name == "id" ? id : parameters[name] ?? "")
            start = template.index(after: close)
        }
        url += template[start...]
        return String(decoding: url, as: UTF8.self)
    }

    /// The URL of a call about a bot.
    ///
    /// - Parameter parameters: Beyond the bot's id.
    package func url(of bot: BotAddress, _ parameters: [String: String] = [:]) -> String {
        url(baseURL: bot.baseURL, id: bot.id, parameters)
    }
}

extension [UInt8] {
    private static let hexadecimalDigits = Array("0123456789ABCDEF".utf8)

    /// Appends one segment of a path or one value of a query: all but RFC 3986's unreserved characters is encoded.
    fileprivate mutating func append(percentEncoding text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                append(byte)
            default:
                append(UInt8(ascii: "%"))
                append(Self.hexadecimalDigits[Int(byte >> 4)])
                append(Self.hexadecimalDigits[Int(byte & 15)])
            }
        }
    }
}
