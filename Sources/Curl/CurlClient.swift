/// An HTTP client on one libcurl multi handle with a thread of its own.
package final class CurlClient: Sendable {
    package init(configuration: CurlConfiguration = CurlConfiguration()) throws(CurlError) {
    }

    /// Sends a request and waits for the whole response, of any status. Redirects are not followed.
    ///
    /// - Throws: ``CurlError``, or `CancellationError` when the task is cancelled: then the transfer is aborted.
    package func perform(_ request: CurlRequest) async throws -> CurlResponse {
        throw CurlError(reason: .other, message: "not built yet")
    }

    /// Ends transfers in flight with an error, joins the thread and frees the connections. Later requests fail.
    package func shutdown() async {
    }

    /// libcurl's version, such as `7.88.1`.
    package static var libcurlVersion: String { "" }
}
