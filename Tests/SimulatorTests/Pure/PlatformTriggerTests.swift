import Testing

@testable import Simulator

@Suite("Calls that start something")
struct PlatformTriggerTests {
    private let bot = Scenario.Bot(
        id: "st-1",
        name: "banking",
        languages: ["en", "de"],
        onTrain: Scenario.Training(queued: .fixed(.seconds(2)), takes: .fixed(.seconds(20)), outcome: .failed)
    )

    @Test("An ML training is queued, of English where no language is given, and goes on as the bot's trainings do")
    func startsMLTraining() throws {
        let asker = PlatformAsker(bot)
        let reply = String(decoding: asker.ask(.mlTrain, at: 0).body, as: UTF8.self)
        let match = try #require(
            reply.wholeMatch(of: /\[\{"message":"Training Queued\.","Training_ID":"([0-9a-f]{24})"\}\]/)
        )
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 1) == "Waiting")
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 2) == "Inprogress")
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 2, query: ["language": "de"]) == "Finished")
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 22) == "Failed")
        #expect(asker.platform.events.map(\.runID) == Array(repeating: String(match.1), count: 3))
    }

    @Test("The header bot-language chooses the language")
    func choosesLanguage() {
        let asker = PlatformAsker(bot)
        #expect(asker.ask(.mlTrain, at: 0, language: "de").status == 200)
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 5, query: ["language": "de"]) == "Inprogress")
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 5) == "Finished")
        #expect(asker.ask(.mlTrain, at: 6, language: "fr").status == 412)
    }

    @Test("A training that runs is what a second start tells of")
    func keepsTheRun() {
        let asker = PlatformAsker(bot)
        let first = String(decoding: asker.ask(.mlTrain, at: 0).body, as: UTF8.self)
        let second = String(decoding: asker.ask(.mlTrain, at: 5).body, as: UTF8.self)
        #expect(second == first.replacing("Training Queued.", with: "Training is already in progress."))
    }

    @Test("An FAQ training is in progress at once, under an id that the status reply does not have")
    func startsFAQTraining() throws {
        let asker = PlatformAsker(bot)
        let reply = String(
            decoding: asker.ask(.faqTrain, at: 0, body: #"{"language":"de"}"#).body,
            as: UTF8.self
        )
        #expect(
            reply.wholeMatch(
                of: /\{"_id":"ds-[0-9a-f]{24}","message":"in-progress","status":"in-progress","modifiedOn":"2023-.*Z"\}/
            )
                != nil
        )
        #expect(asker.member("status", of: .faqTrainStatus, at: 1, query: ["language": "de"]) == "in-progress")
        let id = try #require(asker.member("_id", of: .faqTrainStatus, at: 1, query: ["language": "de"]))
        #expect(id.wholeMatch(of: /[0-9a-f]{24}/) != nil)
        #expect(!reply.contains(id))
    }

    @Test("A body that is no JSON or has no language is refused", arguments: ["", "{", "[]", "{}", #"{"language":5}"#])
    func refusesBadBodies(body: String) {
        let asker = PlatformAsker(bot)
        #expect(asker.ask(.faqTrain, at: 0, body: body).status == 412)
        #expect(asker.platform.events.isEmpty)
    }

    @Test("Bots are listed in pages of at most fifty, with secrets in them as the real list has")
    func listsBots() {
        let bots = (1...120).map { Scenario.Bot(id: "st-\($0)", name: "bot-\($0)") }
        var platform = Platform(scenario: Scenario(bots: bots), now: PlatformAsker.start)
        func page(_ query: [String: String]) -> String {
            let request = APIRequest(endpoint: .bots, query: query)
            return String(decoding: platform.answer(request, at: PlatformAsker.start).body, as: UTF8.self)
        }
        let first = page([:])
        #expect(first.hasPrefix(#"{"total":120,"availableMore":true,"bots":[{"_id":"st-1","name":"bot-1","#))
        #expect(first.contains(#""clientSecret":"client-secret-of-st-1""#))
        #expect(first.split(separator: "_id").count == 51)
        #expect(page(["limit": "1000"]) == first)
        let last = page(["offset": "100", "limit": "50"])
        #expect(last.hasPrefix(#"{"total":120,"availableMore":false,"bots":[{"_id":"st-101""#))
        #expect(last.split(separator: "_id").count == 21)
        #expect(page(["offset": "120"]) == #"{"total":120,"availableMore":false,"bots":[]}"#)
        #expect(page(["offset": "9223372036854775807"]).hasSuffix(#""bots":[]}"#))
        for query in [["offset": "-1"], ["limit": "0"], ["limit": "x"]] {
            #expect(page(query).contains(#""code":412"#))
        }
    }

    /// The ids and the rest of each page, asked for from `offset` on.
    private func pages(_ list: Scenario.BotList, offsets: [Int], limit: Int = 50) -> [String] {
        let bots = (1...120).map { Scenario.Bot(id: "st-\($0)", name: "bot-\($0)") }
        var platform = Platform(scenario: Scenario(botList: list, bots: bots), now: PlatformAsker.start)
        return offsets.map { offset in
            let request = APIRequest(endpoint: .bots, query: ["offset": "\(offset)", "limit": "\(limit)"])
            let text = String(decoding: platform.answer(request, at: PlatformAsker.start).body, as: UTF8.self)
            let ids = text.matches(of: /"_id":"st-([0-9]+)"/).map { String($0.1) }
            let more = text.contains(#""total":120,"availableMore":true"#)
            return "\(ids.first ?? "-")…\(ids.last ?? "-")\(more ? "+" : "")"
        }
    }

    @Test("The list's offset counts bots or pages, and a page may be smaller than asked or empty")
    func variesTheList() {
        #expect(pages(Scenario.BotList(), offsets: [0, 50, 100]) == ["1…50+", "51…100+", "101…120"])
        #expect(
            pages(Scenario.BotList(offset: .pages), offsets: [0, 1, 2, 3]) == ["1…50+", "51…100+", "101…120", "-…-"]
        )
        #expect(pages(Scenario.BotList(offset: .pages), offsets: [50, .max]) == ["-…-", "-…-"])
        #expect(pages(Scenario.BotList(pageSize: 20), offsets: [0, 20, 100]) == ["1…20+", "21…40+", "101…120"])
        #expect(pages(Scenario.BotList(emptyPages: 1), offsets: [0, 50, 50]) == ["1…50+", "-…-+", "51…100+"])
        #expect(pages(Scenario.BotList(alwaysMore: true), offsets: [100, 120]) == ["101…120+", "-…-+"])
    }

    @Test("Two bots may be listed under one name, and some are not listed")
    func listsNamesakes() {
        let bots = [
            Scenario.Bot(id: "st-1", name: "a", listedAs: "same", unpublishedStatus: "suspended", neverTrained: true),
            Scenario.Bot(id: "st-2", name: "b", listedAs: "same"), Scenario.Bot(id: "st-3", name: "c", listed: false),
        ]
        var platform = Platform(scenario: Scenario(bots: bots), now: PlatformAsker.start)
        let reply = platform.answer(APIRequest(endpoint: .bots), at: PlatformAsker.start)
        let text = String(decoding: reply.body, as: UTF8.self)
        #expect(text.hasPrefix(#"{"total":2,"availableMore":false,"#))
        #expect(text.contains(#""_id":"st-1","name":"same","status":"suspended""#))
        #expect(text.contains(#""_id":"st-2","name":"same","status":"published""#))
        #expect(text.contains(#""type":"default","createdOn":"2023-07-24T"#))
    }
}
