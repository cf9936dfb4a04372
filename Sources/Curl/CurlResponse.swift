/// A complete HTTP response, of any status.
package struct CurlResponse: Sendable {
    /// The HTTP status, 100 to 999.
    package var status: Int
    /// In the order received, names in lower case. Of the final response only, not of `100 Continue` or a proxy's.
    package var headers: [(name: String, value: String)]
    /// Decompressed.
    package var body: [UInt8]
    package var timings: TransferTimings
    /// Connections that had to be opened for this request: 0 where one was reused.
    package var newConnections: Int

    package init(
        status: Int,
        headers: [(name: String, value: String)],
        body: [UInt8],
        timings: TransferTimings,
        newConnections: Int
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.timings = timings
        self.newConnections = newConnections
    }

    /// The first value of a header; the name in any letter case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name == wanted }?.value
    }
}
