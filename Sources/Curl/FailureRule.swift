import CCurl

/// What a `CURLcode` means to an operator: the reason, what happened, and what to check.
struct FailureRule: Sendable {
    /// Whether libcurl's own words are added to the message. They are hidden if they can quote a URL, or only repeat
    /// the summary.
    enum Detail: Sendable {
        case shown
        case hidden
    }

    var reason: CurlError.Reason
    /// What happened, in words that follow the host and a colon.
    var summary: String
    /// What to check, as an imperative; empty if nothing can be said.
    var advice: String
    var detail: Detail

    init(_ reason: CurlError.Reason, _ summary: String, _ advice: String, detail: Detail = .shown) {
        self.reason = reason
        self.summary = summary
        self.advice = advice
        self.detail = detail
    }
}

extension FailureRule {
    static let largeHead = FailureRule(
        .tooLarge,
        "the response has more header lines than the \(ResponseHead.maximumBytes) bytes allowed",
        "check what answers there",
        detail: .hidden
    )

    static func largeBody(limit: Int) -> FailureRule {
        FailureRule(
            .tooLarge,
            "the response is larger than the \(limit) bytes allowed",
            "check what answers there, or raise the limit",
            detail: .hidden
        )
    }

    static func timeout(_ timeout: Duration, in phase: TransferPhase) -> FailureRule {
        FailureRule(
            .timeout,
            "the timeout of \(timeout) was over \(phase.description)",
            phase.advice,
            detail: .hidden
        )
    }
}

extension FailureRule {
    /// The rule for a `CURLcode` that ended a transfer. A code without a row is `other`, in libcurl's own words.
    ///
    /// A connection that breaks is `connect`, also in the middle of a response, because the place to look at is the
    /// same: the network and what stands in it, and not the request.
    static func rule(for code: Int) -> FailureRule {
        if let rule = table[code] { return rule }
        let words = curl_easy_strerror(CURLcode(UInt32(truncatingIfNeeded: code))).map { String(cString: $0) }
        return FailureRule(.other, "the transfer failed: \(words ?? "code \(code)")", "")
    }

    private static let table: [Int: FailureRule] = {
        var table: [Int: FailureRule] = [:]
        for (codes, rule) in rows {
            for code in codes { table[Int(code.rawValue)] = rule }
        }
        return table
    }()

    /// The codes of libcurl 7.88 that an HTTP transfer can end with.
    private static let rows: [([CURLcode], FailureRule)] = [
        (
            [CURLE_COULDNT_RESOLVE_HOST],
            FailureRule(
                .dns,
                "its name could not be resolved",
                "check the host name and the DNS of this machine",
                detail: .hidden
            )
        ),
        (
            [CURLE_COULDNT_RESOLVE_PROXY],
            FailureRule(
                .dns,
                "the name of the proxy could not be resolved",
                "check the proxy URL and the DNS of this machine",
                detail: .hidden
            )
        ),
        (
            [CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE],
            FailureRule(
                .connect,
                "no connection could be made",
                "check the host, the port, and whether a firewall or a missing proxy setting is in the way"
            )
        ),
        (
            [CURLE_PROXY],
            FailureRule(.connect, "the proxy did not connect", "check the proxy URL and what the proxy allows")
        ),
        (
            [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_AGAIN],
            FailureRule(
                .connect,
                "the connection broke",
                "check the server and any proxy or firewall between for a restart"
            )
        ),
        (
            [CURLE_GOT_NOTHING],
            FailureRule(
                .connect,
                "the connection was closed without a response",
                "check that the scheme, http or https, and the port are right, and that the server is well",
                detail: .hidden
            )
        ),
        (
            [CURLE_PARTIAL_FILE],
            FailureRule(
                .connect,
                "the connection was closed in the middle of the response",
                "check the server and any proxy between for a restart or a limit"
            )
        ),
        (
            [CURLE_HTTP2, CURLE_HTTP2_STREAM],
            FailureRule(.connect, "the HTTP/2 connection broke", "where this goes on, turn HTTP/2 off")
        ),
        (
            [CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR],
            FailureRule(
                .tls,
                "its certificate is not trusted",
                "check its names and dates, and name the authority that signed it as CA file"
            )
        ),
        (
            [CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE],
            FailureRule(
                .tls,
                "the certificate authorities could not be read",
                "check that the CA file is there, readable and PEM; without one, install ca-certificates"
            )
        ),
        (
            [CURLE_SSL_CERTPROBLEM],
            FailureRule(
                .tls,
                "the client certificate cannot be used",
                "check that certificate and key are PEM, belong together, and that the key has no pass phrase"
            )
        ),
        (
            [CURLE_SSL_CLIENTCERT],
            FailureRule(.tls, "it asks for a client certificate", "configure a client certificate and its key")
        ),
        (
            [
                CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_NOTFOUND,
                CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_SHUTDOWN_FAILED,
                CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS,
            ],
            FailureRule(
                .tls,
                "the TLS handshake failed",
                "check that the port speaks TLS 1.2 or newer and whether it asks for a client certificate"
            )
        ),
        (
            [CURLE_OPERATION_TIMEDOUT],
            FailureRule(
                .timeout,
                "no complete response in time",
                "check the server, or raise the timeout",
                detail: .hidden
            )
        ),
        (
            [CURLE_FILESIZE_EXCEEDED],
            FailureRule(.tooLarge, "the response is larger than allowed", "raise the limit if it is wanted")
        ),
        (
            [CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY],
            FailureRule(
                .other,
                "the answer is not HTTP",
                "check that the port is that of an HTTP server, and the scheme",
                detail: .hidden
            )
        ),
        (
            [CURLE_BAD_CONTENT_ENCODING],
            FailureRule(.other, "the response could not be decompressed", "check the server and any proxy between")
        ),
        (
            [CURLE_URL_MALFORMAT],
            FailureRule(.other, "libcurl cannot read the URL", "check its host, port and path", detail: .hidden)
        ),
        (
            [CURLE_OUT_OF_MEMORY],
            FailureRule(.other, "libcurl ran out of memory", "check the memory limit of this process", detail: .hidden)
        ),
    ]
}
