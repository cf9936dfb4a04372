import Testing

@testable import KoreAI

struct ErrorRuleTests {
    @Test("Phrases are compared in lower case, so they stand in the table so")
    func lowercase() {
        for phrase in ErrorRule.all.flatMap(\.phrases) { #expect(phrase == phrase.lowercased()) }
    }

    @Test("Every reason that a reply can have is in the table")
    func reasons() {
        let reasons = Set(ErrorRule.all.map(\.reason))
        #expect(
            reasons == [.timeout, .auth, .scope, .badRequest, .notFound, .throttled, .serverError, .other]
        )
    }

    @Test("No status is left without a reason but those that HTTP does not have", arguments: 300..<600)
    func everyStatus(status: Int) {
        let symptoms = ErrorSymptoms(HTTPReply(endpoint: .bots, status: status), platform: nil)
        #expect(ErrorRule.all.contains { $0.matches(symptoms) })
    }
}
