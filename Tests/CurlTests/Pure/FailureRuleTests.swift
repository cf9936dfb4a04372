import Testing

@testable import Curl

struct FailureRuleTests {
    /// All codes that are not `other`, by libcurl's numbers.
    private static let reasons: [CurlError.Reason: Set<Int>] = [
        .dns: [5, 6],
        .connect: [7, 16, 18, 45, 52, 55, 56, 81, 89, 92, 97],
        .tls: [35, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91, 98],
        .timeout: [28],
        .tooLarge: [63],
    ]

    @Test("Each code of libcurl 7.88 has a reason and says something", arguments: 1...99)
    func codes(code: Int) {
        let rule = FailureRule.rule(for: code)
        #expect(rule.reason == Self.reasons.first { $0.value.contains(code) }?.key ?? .other)
        #expect(!rule.summary.isEmpty)
    }

    @Test("The reasons are spelled as in the metrics contract")
    func spelling() {
        #expect(
            CurlError.Reason.allCases.map(\.rawValue) == ["dns", "connect", "tls", "timeout", "too_large", "other"]
        )
    }
}
