import Archive
import Curl
import KoreAI
import Model
import Scheduling
import Settings
import Testing
import Tracking

@testable import Polling

struct ReportTests {
    private let start = ContinuousClock.now
    private let moment = ClockReading(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5000, boot: 1)

    private static func bot(_ name: String) -> BotSettings {
        BotSettings(
            name: name,
            id: "st-" + name,
            credential: "main",
            states: [.configured],
            collectors: [.faqTraining, .mlExport],
            labels: ["team": "Cards"]
        )
    }

    /// Polled once each: what a bot's name says.
    private func state() throws -> PollState {
        let settings = Settings(
            credentials: [CredentialSettings(name: "main", source: .token(Secret("t")))],
            bots: ["fine-1", "failed-1", "active-1", "auth-1", "blank-1", "odd-1", "silent-1"].map(Self.bot)
        )
        var state = PollState(
            PollPlan(settings),
            client: KoreAIClient(curl: try CurlClient()),
            limit: 100,
            loaded: LoadedState(),
            now: start,
            at: moment,
            seed: 1
        )
        let now = start + .seconds(120)
        for ticket in state.takeDue(now: now) where ticket.target.target.bot != "silent-1" {
            _ = state.finish(ticket, reply(to: ticket.target.target), now: now, at: moment)
        }
        return state
    }

    private func reply(to target: Target) -> PollReply {
        let result: Result<Decoded<Observation>, APIError>
        switch (target, target.bot.split(separator: "-").first) {
        case (_, "auth"): result = .failure(APIError(reason: .auth, code: 401, message: "check client_id"))
        case (.export, "blank"): result = .success(Decoded(.mlExport(MLExportReply(status: .unknown))))
        case (.export, "odd"): result = .success(Decoded(.mlExport(MLExportReply(status: .unknown, id: "dx-1"))))
        case (.export, _): result = .success(Decoded(.mlExport(MLExportReply(status: .success))))
        case (_, "failed"): result = .success(Decoded(.faqTraining(FAQTrainingReply(status: .failed))))
        case (_, "active"): result = .success(Decoded(.faqTraining(FAQTrainingReply(status: .inProgress))))
        default: result = .success(Decoded(.faqTraining(FAQTrainingReply(status: .finished))))
        }
        return PollReply(endpoint: .faqTrainStatus, code: 200, duration: .seconds(1), result: result)
    }

    @Test("bots come in the order of their need, in pages, and are counted by it; one never exported needs nothing")
    func order() throws {
        let state = try state()
        let all = state.listing(BotQuery(pageSize: 10), now: start)
        #expect(
            all.bots.map(\.name) == ["failed-1", "auth-1", "odd-1", "silent-1", "active-1", "blank-1", "fine-1"]
        )
        #expect(all.counts == [.failed: 1, .unreachable: 1, .unknown: 2, .active: 1, .fine: 2])
        let second = state.listing(BotQuery(page: 1, pageSize: 4), now: start)
        #expect(second.bots.map(\.name) == ["active-1", "blank-1", "fine-1"])
        #expect(second.matching == 7)
        #expect(second.pages == 2)
        let pages = [99, -1].map { state.listing(BotQuery(page: $0, pageSize: 4), now: start).page }
        #expect(pages == [1, 0])
    }

    @Test(
        "bots are found by a part of their name, id or labels, and by what they need",
        arguments: [
            ("FINE", nil, 1), ("st-auth", nil, 1), ("cards", nil, 7), ("nothing", nil, 0), ("", Attention.failed, 1),
            ("fine", Attention.failed, 0), ("", Attention.drifting, 0),
        ] as [(String, Attention?, Int)]
    )
    func search(text: String, attention: Attention?, count: Int) throws {
        let state = try state()
        let listing = state.listing(BotQuery(text: text, attention: attention, pageSize: 10), now: start)
        #expect(listing.matching == count)
        #expect(listing.bots.count == count)
        #expect(listing.pages == 1)
        #expect(listing.counts.values.reduce(0, +) == 7)
    }

    @Test("targets are listed in the order of their bots, and found by bot, collector and need")
    func targets() throws {
        let state = try state()
        func found(_ query: TargetQuery) -> [String] {
            state.listing(query).targets.map { "\($0.report.target) \($0.botID)" }
        }
        let all = state.listing(TargetQuery(page: 2, pageSize: 5))
        #expect((all.matching, all.page, all.pages, all.targets.count) == (14, 2, 3, 4))
        #expect(found(TargetQuery(bot: "fine-1", collector: .mlExport, pageSize: 5)) == ["fine-1/ml_export st-fine-1"])
        #expect(
            found(TargetQuery(attention: .unreachable, pageSize: 5))
                == ["auth-1/faq_training/en/configured st-auth-1", "auth-1/ml_export st-auth-1"]
        )
        let none = state.listing(TargetQuery(bot: "nobody", page: 7, pageSize: 5))
        #expect((none.matching, none.page, none.pages, none.targets.count) == (0, 0, 1, 0))
    }

    @Test("a report has each target, why its poll failed, and what is left of the budget")
    func report() throws {
        let state = try state()
        let found = state.report(ofBot: "auth-1", now: start + .seconds(120))
        let report = try #require(found)
        #expect(report.attention == .unreachable)
        #expect(report.targets.map(\.target.collector) == [.faqTraining, .mlExport])
        #expect(report.targets.map(\.failure?.message) == ["check client_id", "check client_id"])
        let budget = try #require(report.requestsLeft)
        #expect(budget.minute.remaining == budget.minute.limit - 1)
        let nobody = state.report(ofBot: "nobody", now: start)
        #expect(nobody?.name == nil)
        let other = state.report(ofBot: "active-1", now: start + .seconds(120))
        let active = try #require(other)
        #expect(active.targets.map(\.status) == ["in_progress", "success"])
        #expect(active.targets.map(\.attention) == [.active, .fine])
    }
}
