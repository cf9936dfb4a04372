import FoundationEssentials
import Testing

@testable import Simulator

@Suite("Faults")
struct FaultTests {
    private func call(
        _ endpoint: Platform.Endpoint,
        bot: String = "st-1",
        query: [String: String] = ["language": "en"]
    ) -> APIRequest {
        APIRequest(endpoint: endpoint, bot: bot, query: query)
    }

    @Test(
        "A fault hits the calls that fit all that it is aimed at",
        arguments: [
            (FaultMatch(), true), (FaultMatch(bot: "st-1"), true), (FaultMatch(bot: "banking"), true),
            (FaultMatch(bot: "st-2"), false), (FaultMatch(endpoint: .mlTrainStatus), true),
            (FaultMatch(endpoint: .mlTrain), false), (FaultMatch(collector: .mlTraining), true),
            (FaultMatch(collector: .faqTraining), false), (FaultMatch(language: "en"), true),
            (FaultMatch(language: "de"), false), (FaultMatch(state: .configured), true),
            (FaultMatch(state: .published), false), (FaultMatch(bot: "st-1", language: "de"), false),
            (FaultMatch(bot: "banking", collector: .mlTraining, language: "en", state: .configured), true),
        ]
    )
    func matches(match: FaultMatch, hits: Bool) {
        var table = FaultTable()
        _ = table.add(.hang, matching: match, times: nil)
        #expect((table.hit(call(.mlTrainStatus), botName: "banking") == .hang) == hits)
    }

    @Test("A fault hits as often as it was told, then the next one does")
    func countsHits() {
        var table = FaultTable()
        _ = table.add(.html, matching: FaultMatch(), times: 2)
        _ = table.add(.garbage, matching: FaultMatch(), times: nil)
        let hits = (0..<4).map { _ in table.hit(call(.mlTrainStatus), botName: nil) }
        #expect(hits == [.html, .html, .garbage, .garbage])
        #expect(table.rules.map(\.hits) == [2, 2])
    }

    @Test("Faults are removed one by one or all")
    func removes() {
        var table = FaultTable()
        let first = table.add(.html, matching: FaultMatch(), times: nil)
        _ = table.add(.garbage, matching: FaultMatch(), times: nil)
        let removed = [table.remove(first), table.remove(first)]
        #expect(removed == [true, false])
        #expect(table.hit(call(.mlTrainStatus), botName: nil) == .garbage)
        table.removeAll()
        #expect(table.hit(call(.mlTrainStatus), botName: nil) == nil)
    }

    @Test(
        "Faults are read from JSON",
        arguments: [
            (#"{"kind":"latency","duration":"1m30s"}"#, Fault.latency(.seconds(90))),
            (#"{"kind":"throttled","retry_after":7}"#, .throttled(retryAfter: 7)),
            (#"{"kind":"throttled"}"#, .throttled(retryAfter: nil)),
            (#"{"kind":"huge_body","mebibytes":3}"#, .hugeBody(mebibytes: 3)),
            (#"{"kind":"slow_drip","interval":"5ms"}"#, .slowDrip(interval: .milliseconds(5))),
            (
                #"{"kind":"reply","status":418,"headers":{"A":"b"},"body":"tea"}"#,
                .reply(status: 418, headers: ["A": "b"], body: "tea")
            ),
        ]
    )
    func readsJSON(json: String, fault: Fault) throws {
        #expect(try JSONDecoder().decode(Fault.self, from: Data(json.utf8)) == fault)
    }

    @Test("Every kind is read", arguments: Fault.kinds)
    func readsEveryKind(kind: String) throws {
        let json = #"{"kind":"\#(kind)"}"#
        _ = try JSONDecoder().decode(Fault.self, from: Data(json.utf8))
    }

    @Test(
        "What is no fault is refused",
        arguments: [
            #"{}"#, #"{"kind":"earthquake"}"#, #"{"kind":"hang","for":"1s"}"#, #"{"kind":"reply","status":99}"#,
        ]
    )
    func refusesOthers(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Fault.self, from: Data(json.utf8)) }
    }

    @Test("Replies of wrong types are JSON all the same", arguments: Platform.Endpoint.allCases)
    func mistypesInJSON(endpoint: Platform.Endpoint) throws {
        for fault in [Fault.mistyped, .unknownWords] {
            let reply = try #require(Reply.fault(fault, for: endpoint, baseURL: ""))
            #expect(reply.status == 200)
            #expect(throws: Never.self) { try JSONDecoder().decode(AnyJSON.self, from: Data(reply.body)) }
        }
        let garbage = try #require(Reply.fault(.garbage, for: endpoint, baseURL: ""))
        #expect(throws: (any Error).self) { try JSONDecoder().decode(AnyJSON.self, from: Data(garbage.body)) }
    }

    private struct AnyJSON: Decodable {
        init(from decoder: any Decoder) throws {
            _ = try decoder.singleValueContainer()
        }
    }
}
