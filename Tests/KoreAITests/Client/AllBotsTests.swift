import Curl
import Model
import Synchronization
import Testing

@testable import KoreAI

struct AllBotsTests {
    private func page(_ number: Int, more: Bool) -> String {
        let bots = (0..<50).map { #"{"_id":"st-\#(number * 50 + $0)","name":"b"}"# }.joined(separator: ",")
        return #"{"total":110,"availableMore":\#(more),"bots":[\#(bots)]}"#
    }

    private func allBots(
        _ platform: RecordedPlatform,
        beforePage: () async throws -> Void = {},
        afterPage: (APICall<BotPage>) -> Void = { _ in }
    ) async throws -> APICall<BotList> {
        try await platform.client.allBots(
            baseURL: "https://host.example",
            credential: KoreAIClientTests.bot.credential,
            timeout: .seconds(1),
            beforePage: beforePage,
            afterPage: afterPage
        )
    }

    @Test("Every page is asked for once, and each call is told")
    func pages() async throws {
        let platform = RecordedPlatform { number in .text(page(number, more: number < 2)) }
        var told: [Int] = []
        var waits = 0
        let call = try await allBots(platform) {
            waits += 1
        } afterPage: {
            told.append($0.code)
        }
        #expect(try call.result.get().value.bots.map(\.id) == (0..<150).map { "st-\($0)" })
        #expect(
            platform.asked.compactMap { $0.url.split(separator: "?").last } == [
                "offset=0&limit=50", "offset=50&limit=50", "offset=100&limit=50",
            ]
        )
        #expect(told == [200, 200, 200])
        #expect(waits == 3)
    }

    @Test("A page that cannot be had is the error of the whole")
    func failure() async throws {
        let platform = RecordedPlatform { number in
            number == 0 ? .text(page(0, more: true)) : .text("", status: 503)
        }
        var told: [Int] = []
        let call = try await allBots(platform, afterPage: { told.append($0.code) })
        guard case .failure(let error) = call.result else {
            Issue.record("half a list is no list")
            return
        }
        #expect(error.reason == .serverError)
        #expect(call.code == 503)
        #expect(told == [200, 503])
    }

    @Test("A platform that gives the same page for ever is left alone")
    func sameForever() async throws {
        let platform = RecordedPlatform { _ in .text(page(0, more: true)) }
        let call = try await allBots(platform)
        #expect(try call.result.get().value.bots.count == 50)
        #expect(try call.result.get().value.isWhole == false)
        #expect(platform.asked.count == 3)
    }

    @Test("What a wait before a page throws ends the walk")
    func cancelled() async throws {
        let platform = RecordedPlatform { number in .text(page(number, more: true)) }
        await #expect(throws: CancellationError.self) {
            _ = try await allBots(platform, beforePage: { throw CancellationError() })
        }
        #expect(platform.asked.isEmpty)
    }

    @Test(
        "Where a position beyond the last page is refused, pages are asked for; a first page that is refused is the error"
    )
    func refusedPosition() async throws {
        let platform = RecordedPlatform { number in
            switch number {
            case 0: .text(page(0, more: true))
            case 1: .text(#"{"errors":[{"msg":"offset is out of range","code":400}]}"#, status: 400)
            default: .text(page(number - 1, more: number < 3))
            }
        }
        let call = try await allBots(platform)
        #expect(try call.result.get().value.bots.map(\.id) == (0..<150).map { "st-\($0)" })
        #expect(
            platform.asked.compactMap { $0.url.split(separator: "?").last } == [
                "offset=0&limit=50", "offset=50&limit=50", "offset=1&limit=50", "offset=2&limit=50",
            ]
        )
        let refusing = RecordedPlatform { _ in .text(#"{"errors":[{"msg":"no","code":400}]}"#, status: 400) }
        let refused = try await allBots(refusing)
        #expect(throws: APIError.self) { try refused.result.get() }
        #expect(refusing.asked.count == 1)
        let always = RecordedPlatform { number in
            number == 0 ? .text(page(0, more: true)) : .text(#"{"errors":[{"msg":"no","code":400}]}"#, status: 400)
        }
        let second = try await allBots(always)
        #expect(throws: APIError.self) { try second.result.get() }
        #expect(always.asked.count == 3)
    }
}
