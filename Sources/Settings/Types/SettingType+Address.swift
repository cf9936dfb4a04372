extension SettingType where Value == String {
    /// The base URL of a platform, without the slash at its end.
    static let baseURL = SettingType(name: "URL") { value, key, reading in
        let expected = "an http or https URL such as `https://platform.kore.ai`"
        guard case .text(let text, _) = value.kind, !text.isEmpty else {
            reading.refuse(value, of: key, expected: expected)
            return nil
        }
        // Before anything quotes the value: what stands before an `@` may be a password.
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

    /// The URL of a proxy. It may hold a password, so it is never quoted.
    static let proxyURL = SettingType(name: "URL") { value, key, reading in
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
        guard !address.hasQuery, !address.hasFragment, address.path.withoutTrailingSlashes.isEmpty else {
            reading.complain(at: value.mark, "`\(key)` must end after the host and port, as in `http://proxy:3128`")
            return nil
        }
        return text.withoutTrailingSlashes
    }
}
