import Archive
import Curl
import KoreAI
import Model
import Settings
import Testing
import Tracking

@testable import Polling

struct ProbeStateTests {
    private let start = ContinuousClock.now
    private let moment = ClockReading(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5000, boot: 1)

    private func state(bots: Int, limit: Int) throws -> PollState {
        let settings = Settings(
            credentials: [CredentialSettings(name: "main", source: .token(Secret("t")))],
            bots: (0..<bots).map { number in
                BotSettings(name: "\(number)", id: "st-\(number)", credential: "main", collectors: [.mlExport])
            }
        )
        return PollState(
            PollPlan(settings),
            client: KoreAIClient(curl: try CurlClient()),
            limit: limit,
            loaded: LoadedState(),
            now: start,
            at: moment,
            seed: 1
        )
    }

    private func reply() -> PollReply {
        let observation = Observation.mlExport(MLExportReply(status: .success))
        return PollReply(
            endpoint: .mlExportStatus,
            code: 200,
            duration: .seconds(1),
            result: .success(Decoded(observation))
        )
    }

    @Test("probes take at most half of the requests that may be under way, and go on in turn as they end")
    func half() throws {
        var state = try state(bots: 5, limit: 4)
        for number in 0..<5 { state.probes.want(.export(bot: "\(number)")) }
        state.probes.want(.export(bot: "0"))
        var asked: [String] = []
        var tickets = state.takeProbes(now: start).tickets
        #expect(tickets.count == 2)
        #expect(state.takeDue(now: start + .seconds(5)).count == 2, "the schedule has the other half")
        while let ticket = tickets.popLast() {
            asked.append(ticket.target.target.bot)
            let news = state.finish(ticket, reply(), now: start + .seconds(5), at: moment)
            #expect(news != nil)
            tickets += state.takeProbes(now: start + .seconds(5)).tickets
            #expect(tickets.count <= 2)
        }
        #expect(Set(asked).count == asked.count)
        #expect(state.probes.wanted.isEmpty)
        #expect(state.probes.inFlight.isEmpty)
    }

    @Test("what is not watched is not asked, and what nobody waits for is forgotten")
    func others() throws {
        var state = try state(bots: 2, limit: 8)
        for bot in ["nobody", "0", "1"] { state.probes.want(.export(bot: bot)) }
        state.probes.keep { $0.bot != "1" }
        let (tickets, others) = state.takeProbes(now: start)
        #expect(tickets.map(\.target.target.bot) == ["0"])
        #expect(others.map(\.target.bot) == ["nobody"])
        if case .gone = others.first?.outcome {} else { Issue.record("it is gone") }
    }
}
