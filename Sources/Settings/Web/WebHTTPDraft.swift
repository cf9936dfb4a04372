/// The section `http_server_config`.
struct WebHTTPDraft: SectionDraft {
    var http2: Given<Bool> = .absent
    var headers: Given<[String: String]> = .absent

    static let section = "`http_server_config`"

    static let keys: [SettingKey<WebHTTPDraft>] = [
        SettingKey("http2", .flag, into: \.http2, default: "`true`", "Offers HTTP/2, which needs TLS."),
        SettingKey(
            "headers",
            .responseHeaders,
            into: \.headers,
            default: "none",
            "Headers of every response: \(Quotation.list(ResponseHeaderRule.all.map(\.name))). Blank is none."
        ),
    ]
}
