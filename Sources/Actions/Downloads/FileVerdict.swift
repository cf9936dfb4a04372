import Curl

/// Whether what came is the whole file of an export.
///
/// libcurl has compared the length that the server told with what came, and seen the end of chunks and of what was
/// compressed. That leaves a server that tells nothing of the kind, and one that answers with something else.
enum FileVerdict {
    /// - Parameter ends: The first and the last byte that are no white space; 0 where there is none.
    /// - Returns: What is wrong with it.
    static func objection(
        to response: CurlResponse,
        bytes: Int,
        ends: (first: UInt8, last: UInt8),
        as fileType: ExportFileType
    ) -> DownloadError? {
        guard response.status == 200 else {
            return DownloadError(
                "the file's server answers with HTTP \(response.status)",
                isWorthAnotherTry: response.status >= 400 && response.status != 404
            )
        }
        guard bytes > 0 else { return DownloadError("its file is empty", isWorthAnotherTry: true) }
        if response.header("content-type")?.lowercased().contains("html") == true {
            return DownloadError("a page for people came instead of its file: check http.proxy_url")
        }
        let isFramed =
            response.header("content-length") != nil
            || response.header("transfer-encoding")?.lowercased().contains("chunked") == true
        guard isFramed else {
            return DownloadError("its file's server tells no length, so nobody knows whether the file is complete")
        }
        if fileType == .json, !isWholeJSON(ends) {
            return DownloadError("its file does not begin and end as JSON does", isWorthAnotherTry: true)
        }
        return nil
    }

    private static func isWholeJSON(_ ends: (first: UInt8, last: UInt8)) -> Bool {
        ends.first == UInt8(ascii: "{") && ends.last == UInt8(ascii: "}")
            || ends.first == UInt8(ascii: "[") && ends.last == UInt8(ascii: "]")
    }
}
