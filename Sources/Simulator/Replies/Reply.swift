/// An HTTP reply before it meets a socket.
struct Reply: Sendable, Hashable {
    struct Header: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// The HTTP status, 200 to 599.
    var status: Int
    var headers: [Header]
    var body: [UInt8]

    init(status: Int = 200, headers: [Header], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(status: Int = 200, json: JSON) {
        self.init(status: status, headers: [Self.jsonHeader], body: json.bytes)
    }

    init(status: Int = 200, html: String) {
        self.init(
            status: status,
            headers: [Header(name: "Content-Type", value: "text/html; charset=utf-8")],
            body: Array(html.utf8)
        )
    }

    static let jsonHeader = Header(name: "Content-Type", value: "application/json; charset=utf-8")
}
