/// The path under which the exporter answers: `--web.route-prefix`.
package struct RoutePrefix: Sendable, Hashable {
    package static let root = RoutePrefix(words: [])

    /// Starts with a slash and does not end with one; empty for the root.
    let path: String

    private init(words: [Substring]) {
        path = words.map { "/" + $0 }.joined()
    }

    /// Reads `/koreai`, `koreai/` or `/`.
    ///
    /// - Returns: `nil` for anything that is not a plain path.
    package init?(_ text: String) {
        let words = text.split(separator: "/")
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.isASCII && (0x21..<0x7F).contains($0.value) && !":*{}?#\"<>\\".unicodeScalars.contains($0)
        }
        guard isPlain, !words.contains("."), !words.contains("..") else { return nil }
        self.init(words: words)
    }

    /// - Parameter path: Starts with a slash.
    func adding(_ path: String) -> String {
        self.path + path
    }
}

extension RoutePrefix: CustomStringConvertible {
    package var description: String { path.isEmpty ? "/" : path }
}

/// The URL at which clients reach the exporter, for example through a proxy: `--web.external-url`.
package struct ExternalURL: Sendable, Hashable {
    /// The scheme, host and port; `nil` if only a path is given.
    let origin: Origin?
    package let path: RoutePrefix

    struct Origin: Sendable, Hashable {
        /// `http` or `https`.
        let scheme: String
        let host: String
    }

    /// Reads `https://example.com/koreai/`, or only `/koreai/`.
    ///
    /// - Returns: `nil` for anything else.
    package init?(_ text: String) {
        var rest = text[...]
        if let colon = text.firstRange(of: "://") {
            let scheme = text[..<colon.lowerBound].lowercased()
            let end = text[colon.upperBound...].firstIndex(of: "/") ?? text.endIndex
            guard ["http", "https"].contains(scheme),
                let host = HostHeader.checked(String(text[colon.upperBound..<end]))
            else { return nil }
            origin = Origin(scheme: scheme, host: host)
            rest = text[end...]
        } else {
            guard text.hasPrefix("/") else { return nil }
            origin = nil
        }
        guard let path = RoutePrefix(String(rest)) else { return nil }
        self.path = path
    }
}
