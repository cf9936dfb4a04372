import CCurl

/// A failed transfer, as libcurl told it, on the way to a ``CurlError``.
struct FailureReport {
    var origin: Origin
    /// The proxy in use.
    var proxy: Proxy?
    /// A `CURLcode`.
    var code: Int
    /// libcurl's error buffer; empty where it had nothing to add.
    var detail = ""
    /// The proxy's answer to `CONNECT`, 0 where there was none.
    var connectStatus = 0
    var timings: TransferTimings
    /// Requests that went out.
    var requests = 0

    var error: CurlError { error(following: rule) }

    /// The error in the words of a rule that is known from elsewhere.
    func error(following rule: FailureRule) -> CurlError {
        var message = "\(route): \(rule.summary)"
        if !rule.advice.isEmpty { message += "; \(rule.advice)" }
        if rule.detail == .shown, let detail = Self.presentable(detail) { message += " (\(detail))" }
        return CurlError(
            reason: rule.reason,
            message: message,
            curlCode: code,
            timings: timings,
            requests: requests
        )
    }

    /// Host and port, and those of the proxy.
    var route: String {
        if let proxy { "\(origin) by proxy \(proxy.origin)" } else { "\(origin)" }
    }

    /// The rule of the code, but for what only the error buffer or the proxy's status tells.
    private var rule: FailureRule {
        switch CURLcode(UInt32(truncatingIfNeeded: code)) {
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            // With TLS 1.3 the server's verdict on the client certificate comes after the handshake, as an alert.
            if detail.contains("SSL"), detail.contains("alert") {
                return FailureRule(
                    .tls,
                    "the server ended TLS with an alert",
                    "check whether it asks for a client certificate"
                )
            }
            if detail.hasPrefix("Too large response headers") { return .largeHead }
            if connectStatus >= 300 {
                return FailureRule(
                    .connect,
                    "the proxy refused to connect with status \(connectStatus)",
                    connectStatus != 407
                        ? "check what the proxy allows"
                        : proxy?.hasCredentials == true
                            ? "the user and password in the proxy URL were sent, and the proxy does not take them"
                            : "give user and password in the proxy URL",
                    detail: .hidden
                )
            }
        // libcurl 7.88 keeps a header line of at most 100 KiB and calls a longer one a lack of memory.
        case CURLE_OUT_OF_MEMORY where timings.firstByte > .zero: return .largeHead
        default: break
        }
        return FailureRule.rule(for: code)
    }

    /// libcurl's words without control characters, cut to 200 characters; `nil` where they could quote a URL or
    /// credentials.
    static func presentable(_ detail: String) -> String? {
        guard !detail.isEmpty, !detail.contains("@"), !detail.contains("://"), !detail.contains("?") else { return nil }
        var text = ""
        for scalar in detail.unicodeScalars.prefix(200) {
            let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F
            text.unicodeScalars.append(isPlain ? scalar : "?")
        }
        return text
    }
}
