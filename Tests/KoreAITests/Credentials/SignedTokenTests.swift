import Model
import Testing

@testable import KoreAI

struct SignedTokenTests {
    static let start = Timestamp(milliseconds: 1_000_000)
    static let token = Secret("t")

    private func held(lifetime: Int64, after milliseconds: Int64) -> Secret? {
        var state = SignedToken(isForOneRequest: false, lifetime: lifetime)
        state.keep(Self.token, issuedAt: Self.start)
        return state.token(at: Timestamp(milliseconds: Self.start.milliseconds + milliseconds))
    }

    @Test(
        "A token is good until a minute or a tenth of its life before its end, whichever is less",
        arguments: [(3600, 3_540_000), (600, 540_000), (100, 90_000), (10, 9000), (1, 900)] as [(Int64, Int64)]
    )
    func end(lifetime: Int64, end: Int64) {
        #expect(held(lifetime: lifetime, after: 0) == Self.token)
        #expect(held(lifetime: lifetime, after: end - 1) == Self.token)
        #expect(held(lifetime: lifetime, after: end) == nil)
    }

    @Test("A clock that was set back before a token's start ends it")
    func clockSetBack() {
        #expect(held(lifetime: 3600, after: -1) == nil)
    }

    @Test("A token for one request is not kept")
    func oneRequest() {
        var state = SignedToken(isForOneRequest: true, lifetime: 3600)
        state.keep(Self.token, issuedAt: Self.start)
        #expect(state.token(at: Self.start) == nil)
    }
}
