import Hummingbird

extension WebRoutes {
    /// The route `/sd`, Prometheus's HTTP service discovery of the bots to probe.
    package static func discovery(
        options: WebOptions,
        _ targets: @escaping @Sendable () -> [ProbeTarget]
    ) -> WebRoutes {
        let (origin, path) = (options.externalURL?.origin, options.visiblePrefix.adding("/probe"))
        let route = WebRoute.get("/sd") { request, _ in
            guard let host = origin?.host ?? HostHeader.checked(request.head.authority) else {
                return Response.fault(
                    .badRequest,
                    "the header Host must be a name or an address, with or without a port"
                )
            }
            return Response.json(.ok, targets().map { TargetGroup($0, host: host, scheme: origin?.scheme, path: path) })
        }
        return WebRoutes([route])
    }
}

/// A bot that Prometheus may probe.
package struct ProbeTarget: Sendable, Hashable {
    package var bot: String
    /// The platform's id of the bot.
    package var id: String
    /// The bot's own labels, from the configuration.
    package var labels: [String: String]

    package init(bot: String, id: String, labels: [String: String]) {
        self.bot = bot
        self.id = id
        self.labels = labels
    }
}

/// An element of the list that HTTP service discovery returns.
///
/// Source: <https://prometheus.io/docs/prometheus/latest/http_sd/>.
struct TargetGroup: Encodable {
    let targets: [String]
    let labels: [String: String]

    /// - Parameters:
    ///   - host: The host and port at which the client reaches the exporter.
    ///   - scheme: `nil` for the scheme in Prometheus's configuration.
    ///   - path: The path of probes, with the prefix that clients see.
    init(_ target: ProbeTarget, host: String, scheme: String?, path: String) {
        targets = [host]
        var labels = [
            "__metrics_path__": path, "__param_bot": target.bot, "__meta_koreai_bot": target.bot,
            "__meta_koreai_bot_id": target.id,
        ]
        labels["__scheme__"] = scheme
        for (name, value) in target.labels { labels["__meta_koreai_label_" + name] = value }
        self.labels = labels
    }
}

/// Checks the host and port that a client sent.
enum HostHeader {
    /// - Returns: `authority`, if it is a name or an IP address with or without a port; otherwise `nil`, so that
    ///   nothing else gets into an answer.
    static func checked(_ authority: String?) -> String? {
        guard let authority, !authority.isEmpty, authority.utf8.count <= 255 else { return nil }
        var host = authority[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            let port = host[host.index(after: colon)...]
            guard !port.isEmpty, port.utf8.allSatisfy(isDigit), UInt16(port) != nil else { return nil }
            host = host[..<colon]
        }
        let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
        let name = isAddress ? host.dropFirst().dropLast() : host
        guard !name.isEmpty else { return nil }
        let isPlain = name.utf8.allSatisfy { byte in
            isAddress
                ? isDigit(byte) || isHexadecimalLetter(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
                : isDigit(byte) || isLetter(byte)
                    || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
        }
        return isPlain ? authority : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isHexadecimalLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
