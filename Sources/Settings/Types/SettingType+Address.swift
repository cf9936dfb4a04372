import Model

extension SettingType where Value == String {
    /// The base URL of a platform. Slashes at its end are removed.
    static let baseURL = SettingType(name: "URL", yaml: YAMLText.text(unlessEmpty:)) { value, key, reading in
        let expected = "an http or https URL such as `https://platform.kore.ai`"
        guard case .text(let text, _) = value.kind, !text.isEmpty else {
            reading.refuse(value, of: key, expected: expected)
            return nil
        }
        // This check comes before any complaint that quotes the value: the text before an `@` may be a password.
        guard !text.contains("@") else {
            reading.complain(
                at: value.mark,
                "`\(key)` must not hold a user or password (an `@`); the platform is told who asks by `credential`"
            )
            return nil
        }
        guard let address = WebAddress(text), ["http", "https"].contains(address.scheme) else {
            let remedy =
                WebAddress("https://" + text) != nil && !text.contains("://")
                ? "did you mean `https://\(Quotation.plain(text))`?" : nil
            reading.refuse(value, of: key, expected: expected, remedy: remedy)
            return nil
        }
        guard text.allSatisfy(\.isASCII) else {
            let expected = "a URL in ASCII, with the host as DNS has it (`xn--…`) and other letters percent-encoded"
            reading.refuse(value, of: key, expected: expected)
            return nil
        }
        guard !address.hasQuery, !address.hasFragment else {
            reading.complain(
                at: value.mark,
                "`\(key)` must end before the `?` or `#`: it is the beginning of every URL"
            )
            return nil
        }
        guard !address.path.contains("/api/public") else {
            reading.complain(
                at: value.mark,
                "`\(key)` must end before `/api/public`: the exporter adds the path of each call itself"
            )
            return nil
        }
        return text.withoutTrailingSlashes
    }

    /// The URL of a proxy. It may contain a password, so no complaint quotes it.
    static let proxyURL = SettingType(name: "URL", yaml: { .text(withoutUserinfo($0)) }) { value, key, reading in
        let schemes = ["http", "https", "socks5"]
        guard case .text(let text, _) = value.kind, !text.isEmpty else {
            reading.complain(
                at: value.mark,
                "`\(key)` must be a URL such as `http://proxy:3128`, not \(value.kindWords)"
            )
            return nil
        }
        if let at = text.lastIndex(of: "@") {
            let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
            if start < at {
                reading.hide(String(text[start..<at]))
                text[start..<at].split(separator: ":").forEach { reading.hide(String($0)) }
            }
        }
        guard let address = WebAddress(text), schemes.contains(address.scheme) else {
            reading.complain(
                at: value.mark,
                "`\(key)` must be a URL with a host, of the scheme \(Quotation.choice(schemes)), such as `http://proxy:3128`"
            )
            return nil
        }
        guard address.host.allSatisfy(\.isASCII) else {
            reading.complain(at: value.mark, "`\(key)` must be a URL whose host is written as DNS has it (`xn--…`)")
            return nil
        }
        guard !address.hasQuery, !address.hasFragment, address.path.withoutTrailingSlashes.isEmpty else {
            reading.complain(at: value.mark, "`\(key)` must end after the host and port, as in `http://proxy:3128`")
            return nil
        }
        return text.withoutTrailingSlashes
    }

    private static func withoutUserinfo(_ url: String) -> String {
        guard let at = url.lastIndex(of: "@"), let scheme = url.firstRange(of: "://") else { return url }
        return url[..<scheme.upperBound] + "<redacted>" + url[at...]
    }
}

/// The parts of a URL that the settings check (RFC 3986, without percent-decoding).
struct WebAddress: Hashable {
    /// In lower case.
    var scheme: String
    var hasUserinfo: Bool
    /// In lower case; an IPv6 address has no brackets.
    var host: String
    var port: Int?
    var path: String
    var hasQuery: Bool
    var hasFragment: Bool

    /// `nil` if the text is not a URL with a host.
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

    /// The URL in a form that is the same for all spellings: always with a port, and no slash at the end.
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
