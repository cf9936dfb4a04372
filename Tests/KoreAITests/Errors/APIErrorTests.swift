import Curl
import Testing

@testable import KoreAI

struct APIErrorTests {
    @Test("A transfer's failure keeps its reason and words", arguments: CurlError.Reason.allCases)
    func transfer(reason: CurlError.Reason) {
        let error = APIError(CurlError(reason: reason, message: "no luck with platform.kore.ai"), endpoint: .mlExport)
        #expect(error.reason.rawValue == reason.rawValue)
        #expect(error.code == 0)
        #expect(error.message == "ml_export: no luck with platform.kore.ai")
        #expect(error.retryAfter == nil)
    }
}
