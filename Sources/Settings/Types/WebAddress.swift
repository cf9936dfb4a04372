/// A URL in its parts, as far as the settings must look at them (RFC 3986, without percent-decoding).
struct WebAddress: Hashable {
    /// In lower case.
    var scheme: String
    var hasUserinfo: Bool
    /// In lower case; an IPv6 address without its brackets.
    var host: String
    var port: Int?
    var path: String
    var hasQuery: Bool
    var hasFragment: Bool

    /// `nil` where the text is no URL with a host.
    init?(_ text: String) {
        guard !text.hasControlCharacters, !text.contains(where: { $0.isWhitespace || "\\\"<>^`{|}".contains($0) }),
            let colon = text.firstRange(of: "://")
        else { return nil }
        scheme = text[..<colon.lowerBound].lowercased()
        var rest = text[colon.upperBound...]

        let fragment = rest.firstIndex(of: "#")
        hasFragment = fragment != nil
        rest = rest[..<(fragment ?? rest.endIndex)]
        let query = rest.firstIndex(of: "?")
        hasQuery = query != nil
        rest = rest[..<(query ?? rest.endIndex)]

        let pathStart = rest.firstIndex(of: "/") ?? rest.endIndex
        path = String(rest[pathStart...])
        var authority = rest[..<pathStart]
        let at = authority.lastIndex(of: "@")
        hasUserinfo = at != nil
        if let at { authority = authority[authority.index(after: at)...] }

        let portText: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let address = authority[authority.index(after: authority.startIndex)..<end]
            guard address.contains(":"), address.allSatisfy({ $0.isHexDigit || ":.%".contains($0) || $0.isLetter })
            else { return nil }
            host = address.lowercased()
            let after = authority[authority.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            portText = after.isEmpty ? nil : after.dropFirst()
        } else {
            let separator = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<separator].lowercased()
            guard !host.isEmpty, !host.contains(where: { "[],;@&=+$!*'()".contains($0) }) else { return nil }
            portText = separator == authority.endIndex ? nil : authority[authority.index(after: separator)...]
        }
        if let portText {
            guard portText.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(portText),
                (1...65_535).contains(number)
            else { return nil }
            port = number
        } else {
            port = nil
        }
    }

    /// The same text for two ways of writing the same place: the port is always there, no slash ends the path.
    var canonical: String {
        let standardPort = scheme == "https" ? 443 : 80
        return "\(scheme)://\(host):\(port ?? standardPort)\(path.withoutTrailingSlashes)"
    }
}

extension String {
    var withoutTrailingSlashes: String {
        var slice = self[...]
        while slice.hasSuffix("/") { slice.removeLast() }
        return String(slice)
    }
}
