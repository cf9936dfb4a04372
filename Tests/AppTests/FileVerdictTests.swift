import Curl
import Testing

@testable import App
@testable import Polling

struct FileVerdictTests {
    private func objection(
        status: Int = 200,
        _ headers: [(name: String, value: String)] = [("content-length", "10")],
        bytes: Int = 10,
        _ ends: (Character, Character) = ("[", "]"),
        as type: ExportFileType = .json
    ) -> DownloadError? {
        FileVerdict.objection(
            to: CurlResponse(
                status: status,
                headers: headers,
                body: [],
                timings: TransferTimings(),
                newConnections: 1
            ),
            bytes: bytes,
            ends: (ends.0.asciiValue ?? 0, ends.1.asciiValue ?? 0),
            as: type
        )
    }

    @Test("a whole file is accepted")
    func whole() {
        #expect(objection() == nil)
        #expect(objection([("transfer-encoding", "chunked")]) == nil)
        #expect(objection(("U", "x"), as: .csv) == nil)
    }

    @Test("what is not the whole file is refused, and asked for again where that may help")
    func refused() {
        #expect(objection(status: 404)?.isWorthAnotherTry == false)
        #expect(objection(status: 302)?.isWorthAnotherTry == false)
        #expect(objection(status: 403)?.isWorthAnotherTry == true)
        #expect(objection(status: 503)?.isWorthAnotherTry == true)
        #expect(objection(bytes: 0) != nil)
        #expect(objection([("content-length", "10"), ("content-type", "text/html")], as: .csv) != nil)
        #expect(objection([]) != nil)
        #expect(objection(("[", ","))?.isWorthAnotherTry == true)
        #expect(objection(("<", ">")) != nil)
    }

    private func objection(_ ends: (Character, Character), as type: ExportFileType = .json) -> DownloadError? {
        objection([("content-length", "10")], ends, as: type)
    }
}
