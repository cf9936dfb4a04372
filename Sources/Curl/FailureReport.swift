import CCurl

/// What libcurl tells of a failed transfer, from which a ``CurlError`` is made.
struct FailureReport {
    var origin: Origin
    /// The proxy in use; `nil` if there is none.
    var proxy: Proxy?
    /// libcurl's `CURLcode`.
    var code: Int
    /// The text of libcurl's error buffer; empty if it had nothing to add to the code.
    var detail = ""
    /// The status of the proxy's response to `CONNECT`; 0 if there was none.
    var connectStatus = 0
    var timings: TransferTimings
    /// How many requests were sent.
    var requests = 0

    var error: CurlError { error(following: rule) }

    /// The error in the words of a given rule, for what the code alone does not tell.
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

    /// The host and port of the server and, if there is one, of the proxy.
    var route: String {
        if let proxy { "\(origin) by proxy \(proxy.origin)" } else { "\(origin)" }
    }

    /// The rule for the code, unless the error buffer or the proxy's status tells more than the code.
    private var rule: FailureRule {
        switch CURLcode(UInt32(truncatingIfNeeded: code)) {
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            // In TLS 1.3 the server judges the client certificate after the handshake, and refuses it by an alert.
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
        // libcurl 7.88 keeps header lines of at most 100 KiB and reports a longer one as a lack of memory.
        case CURLE_OUT_OF_MEMORY where timings.firstByte > .zero: return .largeHead
        default: break
        }
        return FailureRule.rule(for: code)
    }

    /// libcurl's words in printable ASCII, cut to 200 characters; `nil` if there are none, or if they could quote a URL
    /// or credentials.
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
