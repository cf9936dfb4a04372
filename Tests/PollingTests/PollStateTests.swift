import Archive
import Curl
import Exposition
import KoreAI
import Model
import Scheduling
import Settings
import Testing
import Tracking

@testable import Polling

struct PollStateTests {
    private let start = ContinuousClock.now
    private let credentials = [CredentialSettings(name: "main", source: .token(Secret("t")))]

    private func bot(_ name: String, id: String? = nil) -> BotSettings {
        BotSettings(
            name: name,
            id: id ?? "st-" + name,
            credential: "main",
            states: [.configured],
            collectors: [.faqTraining]
        )
    }

    private func plan(_ bots: [BotSettings]) -> PollPlan {
        PollPlan(Settings(credentials: credentials, bots: bots))
    }

    private func client() throws -> KoreAIClient {
        KoreAIClient(curl: try CurlClient())
    }

    /// - Parameter moment: Of the start; by default second 0.
    private func state(_ bots: [BotSettings], loaded: LoadedState = LoadedState(), at moment: ClockReading? = nil)
        throws -> PollState
    {
        PollState(
            plan(bots),
            client: try client(),
            limit: 8,
            loaded: loaded,
            now: start,
            at: moment ?? self.moment(0),
            seed: 1
        )
    }

    private func moment(_ second: Int64) -> ClockReading {
        ClockReading(
            wall: Timestamp(milliseconds: 1_700_000_000_000 + second * 1000),
            uptime: 5000 + second * 1000,
            boot: 1
        )
    }

    private func target(_ bot: String) -> Target {
        .training(bot: bot, engine: .faq, language: "en", state: .configured)
    }

    private func reply(_ status: TrainingStatus, modified second: Int64 = 0) -> PollReply {
        let reply = FAQTrainingReply(status: status, modifiedOn: moment(second).wall)
        return PollReply(
            endpoint: .faqTrainStatus,
            code: 200,
            duration: .seconds(1),
            result: .success(Decoded(.faqTraining(reply)))
        )
    }

    /// Polls every target once, whichever is due.
    private func poll(_ state: inout PollState, at second: Int64, _ reply: PollReply) -> [PollRecord.News] {
        let now = start + .seconds(second)
        return state.takeDue(now: now).compactMap { state.finish($0, reply, now: now, at: moment(second)) }
    }

    private func runs(_ state: PollState, _ bot: String) throws -> String {
        let number = try #require(state.numbers[target(bot)])
        let registry = Registry()
        registry.update(state.records[number].tracker.families())
        let text = String(decoding: registry.text(), as: UTF8.self)
        return text.split(separator: "\n").first { $0.hasPrefix("koreai_training_runs_total") }
            .map { String($0.split(separator: " ")[1]) } ?? "none"
    }

    /// A state of one bot whose training has been seen to run and end, with its changes taken.
    private func trained() throws -> (state: PollState, changes: Changes) {
        var state = try state([bot("a")])
        _ = poll(&state, at: 2, reply(.finished, modified: 0))
        _ = poll(&state, at: 70, reply(.inProgress, modified: 65))
        let news = poll(&state, at: 140, reply(.finished, modified: 120))
        #expect(news.map(\.ended.count) == [1])
        let changes = state.takeChanges(now: start + .seconds(140), at: moment(140))
        return (state, changes)
    }

    @Test("what a poll changed is taken once: state, history, and the series that are to be shown after")
    func changes() throws {
        var (state, changes) = try trained()
        #expect(changes.batch.trackers.keys.map(\.bot) == ["a"])
        #expect(changes.batch.runs.map(\.target) == [target("a")])
        #expect(changes.batch.values["bot/a"] == Array("st-a".utf8))
        #expect(state.committed(changes).contains { $0.family.name == "koreai_training_runs_total" })
        #expect(state.takeChanges(now: start + .seconds(141), at: moment(141)).isEmpty)
    }

    @Test("a poll that tells nothing new is stored, and renders nothing but the poll's own series")
    func quiet() throws {
        var (state, committed) = try trained()
        _ = state.committed(committed)
        #expect(poll(&state, at: 300, reply(.finished, modified: 120)).count == 1)
        let changes = state.takeChanges(now: start + .seconds(300), at: moment(300))
        #expect(changes.batch.trackers.isEmpty)
        #expect(changes.batch.repetitions == [target("a"): moment(300)])
        #expect(changes.batch.runs.isEmpty)
        let times = [PollFamilies.lastAttempt, PollFamilies.lastSuccess].map(\.name)
        #expect(state.committed(changes).map(\.family.name) == times)
    }

    @Test("what could not be committed comes again, with what came since")
    func giveBack() throws {
        var (state, changes) = try trained()
        let shown = state.giveBack(changes).map(\.family)
        #expect(shown == [PollFamilies.up, PollFamilies.lastAttempt, PollFamilies.interval])
        _ = poll(&state, at: 300, reply(.finished, modified: 290))
        let again = state.takeChanges(now: start + .seconds(300), at: moment(300))
        #expect(again.batch.runs.count == 2)
        #expect(again.batch.runs.first == changes.batch.runs.first)
        #expect(again.batch.values["bot/a"] == Array("st-a".utf8))
        let now = state.committed(again).map(\.family)
        #expect(now.contains { $0.name == "koreai_training_runs_total" })
        #expect(now.contains(PollFamilies.lastSuccess))
        #expect(!now.contains(PollFamilies.up))
        #expect(try runs(state, "a") == "2")
    }

    @Test(
        "what the exporter started by itself is in the history with how it ended, as the polls tell",
        arguments: [
            ([.inProgress, .finished], "done"), ([.inProgress, .failed], "failed"), ([.failed], "failed"),
            (Array(repeating: .finished, count: 6), "done_unseen"), (Array(repeating: .finished, count: 5), nil),
        ] as [([TrainingStatus], String?)]
    )
    func started(replies: [TrainingStatus], outcome: String?) throws {
        var (state, committed) = try trained()
        _ = state.committed(committed)
        let entry = ActionEntry(
            at: moment(150).wall,
            bot: "a",
            action: "canary_train_faq",
            language: "en",
            cause: "canary"
        )
        let (ticket, _) = state.beginStart(.train(.faq, language: "en"), of: "a", now: start + .seconds(150))
        state.endStart(try #require(ticket), .success("id-1"), entry, now: start + .seconds(150))
        var told: [ActionEntry] = []
        for (position, status) in replies.enumerated() {
            // A reply about what was there before has its time.
            let modified: Int64 = replies.count < 3 ? 160 + Int64(position) : 120
            told += poll(&state, at: 300 * Int64(position + 1), reply(status, modified: modified)).compactMap(\.action)
        }
        #expect(told.map(\.outcome) == [outcome].compactMap(\.self))
        #expect(
            told.allSatisfy { $0.at == entry.at && $0.runID == "id-1" && ($0.error != nil) == (outcome == "failed") }
        )
        let last = start + .seconds(300 * replies.count)
        #expect(state.takeChanges(now: last, at: moment(1)).batch.actions == told)
        #expect(
            poll(&state, at: 3000, reply(.finished, modified: 900)).allSatisfy { $0.action == nil } || outcome == nil
        )
    }

    @Test("a start that the platform did not take is not followed")
    func notStarted() throws {
        var (state, committed) = try trained()
        _ = state.committed(committed)
        let entry = ActionEntry(
            at: moment(150).wall,
            bot: "a",
            action: "canary_train_faq",
            language: "en",
            cause: "canary"
        )
        let (ticket, _) = state.beginStart(.train(.faq, language: "en"), of: "a", now: start + .seconds(150))
        let error = APIError(reason: .timeout, code: 0, message: "no")
        state.endStart(try #require(ticket), .failure(error), entry, now: start + .seconds(150))
        #expect(poll(&state, at: 300, reply(.finished, modified: 160)).allSatisfy { $0.action == nil })
    }

    @Test("a target goes on over a reload, also with its poll that is under way")
    func reload() throws {
        var (state, changes) = try trained()
        let now = start + .seconds(300)
        let tickets = state.takeDue(now: now)
        #expect(tickets.count == 1)
        #expect(state.unknownTargets(in: plan([bot("b"), bot("a")])) == [target("b")])
        let shown = state.reload(
            plan([bot("b"), bot("a")]),
            client: try client(),
            limit: 8,
            loaded: LoadedState(),
            now: now,
            at: moment(300)
        )
        #expect(shown.allSatisfy { !$0.family.name.hasPrefix("koreai_training") })
        let news = tickets.map { state.finish($0, reply(.finished, modified: 290), now: now, at: moment(300)) }
        #expect(news.map { $0?.ended.count } == [1])
        #expect(try runs(state, "a") == "2")
        // What was given back after the reload finds its target by name.
        _ = state.giveBack(changes)
        let after = state.takeChanges(now: now, at: moment(300))
        #expect(after.batch.runs.count == 2)
        #expect(after.batch.trackers[target("a")] == state.records[1].tracker)
    }

    @Test("a target that is gone is committed once more, and its series and its reply are dropped")
    func gone() throws {
        var (state, changes) = try trained()
        let known = state.records[0].tracker
        _ = state.giveBack(changes)
        changes = Changes()
        let now = start + .seconds(300)
        let tickets = state.takeDue(now: now)
        let shown = state.reload(
            plan([bot("b")]),
            client: try client(),
            limit: 8,
            loaded: LoadedState(),
            now: now,
            at: moment(300)
        )
        #expect(shown.contains { $0.family.name == "koreai_training_runs_total" && $0.samples.isEmpty })
        #expect(shown.contains { $0.family == PollFamilies.up && $0.samples.isEmpty })
        #expect(shown.contains { $0.family == PollFamilies.botInfo && $0.samples.isEmpty })
        #expect(tickets.map { state.finish($0, reply(.finished), now: now, at: moment(300)) } == [nil])
        let taken = state.takeChanges(now: now, at: moment(300))
        #expect(taken.batch.trackers[target("a")] == known)
        #expect(taken.batch.runs.count == 1)
    }

    @Test("a target that goes and comes back while the store fails goes on with what was not stored")
    func comesBack() throws {
        var (state, changes) = try trained()
        _ = state.giveBack(changes)
        let now = start + .seconds(150)
        /// The store has nothing of whatever is new.
        func reload(_ bots: BotSettings...) throws {
            _ = state.reload(
                plan(bots),
                client: try client(),
                limit: 8,
                loaded: LoadedState(),
                now: now,
                at: moment(150)
            )
        }
        try reload(bot("b"))
        try reload(bot("a"))
        #expect(try runs(state, "a") == "1")
        try reload(bot("a", id: "st-other"))
        try reload(bot("a"))
        #expect(try runs(state, "a") == "none")
        changes = state.takeChanges(now: now, at: moment(150))
        #expect(changes.batch.values["bot/a"] == Array("st-a".utf8))
    }

    @Test("another bot by the same name begins anew, in a reload and from the store")
    func otherBot() throws {
        var (state, changes) = try trained()
        let now = start + .seconds(300)
        let tickets = state.takeDue(now: now)
        #expect(state.unknownTargets(in: plan([bot("a", id: "st-other")])) == [target("a")])
        var loaded = LoadedState()
        loaded.trackers = changes.batch.trackers
        loaded.values = changes.batch.values
        _ = state.reload(
            plan([bot("a", id: "st-other")]),
            client: try client(),
            limit: 8,
            loaded: loaded,
            now: now,
            at: moment(300)
        )
        #expect(tickets.map { state.finish($0, reply(.finished), now: now, at: moment(300)) } == [nil])
        #expect(try runs(state, "a") == "none")
        _ = state.committed(changes)
        changes = state.takeChanges(now: now, at: moment(300))
        #expect(changes.batch.values["bot/a"] == Array("st-other".utf8))
        #expect(changes.batch.trackers[target("a")] == TargetTracker(target("a")))
        let restarted = try self.state([bot("a", id: "st-other")], loaded: loaded)
        #expect(try runs(restarted, "a") == "none")
        let same = try self.state([bot("a")], loaded: loaded)
        #expect(try runs(same, "a") == "1")
    }

    @Test("what the store kept is shown at once, unless it is too old")
    func loaded() throws {
        let (_, changes) = try trained()
        var loaded = LoadedState()
        loaded.trackers = changes.batch.trackers
        loaded.values = changes.batch.values
        for (second, isShown) in [(200, true), (140 + 901, false)] {
            var state = try self.state([bot("a")], loaded: loaded, at: moment(Int64(second)))
            let shown = state.committed(state.takeChanges(now: start, at: moment(Int64(second))))
            let runs = shown.filter { $0.family.name == "koreai_training_runs_total" }.flatMap(\.samples)
            #expect(runs.isEmpty == !isShown)
        }
    }

    @Test(
        "after a restart a target waits for what is left of its interval, is ready and up meanwhile; a late one is asked soon"
    )
    func restart() throws {
        let (_, changes) = try trained()
        var loaded = LoadedState()
        loaded.trackers = changes.batch.trackers
        for (second, polls) in [(150, [2: 0, 49: 0, 51: 1]), (201, [2: 1]), (100, [2: 1])] as [(Int64, [Int: Int])] {
            let moment = moment(second)
            for (wait, count) in polls {
                var state = try self.state([bot("a")], loaded: loaded, at: moment)
                #expect(state.takeDue(now: start + .seconds(wait)).count == count)
                #expect(state.readiness.isReady(now: start) == (second == 150))
                let shown = state.committed(state.takeChanges(now: start, at: moment))
                #expect(shown.contains { $0.family == PollFamilies.up } == (second == 150))
            }
        }
    }

    @Test("a wall clock that jumped while the exporter was away does not make it ask everything anew")
    func jumpedClock() throws {
        let (_, changes) = try trained()
        var loaded = LoadedState()
        loaded.trackers = changes.batch.trackers
        for jump in [-1800, 1800] as [Int64] {
            let now = ClockReading(wall: moment(150 + jump).wall, uptime: moment(150).uptime, boot: 1)
            var state = try self.state([bot("a")], loaded: loaded, at: now)
            #expect(state.takeDue(now: start + .seconds(49)).isEmpty)
            #expect(state.takeDue(now: start + .seconds(51)).count == 1)
        }
    }

    @Test("a budget is kept with its age, and a restart does not make it new")
    func budget() throws {
        var state = try state([bot("a"), bot("b")])
        for round in 0..<9 { _ = poll(&state, at: Int64(round * 70 + 2), reply(.finished)) }
        let changes = state.takeChanges(now: start + .seconds(600), at: moment(600))
        var loaded = LoadedState()
        loaded.values = changes.batch.values
        #expect(loaded.budget(StoredBudget.key(of: target("a"))) != nil)
        let restarted = try self.state([bot("a"), bot("b")], loaded: loaded, at: moment(700))
        let reports = restarted.budgetReports(now: start)
        #expect(reports.map { $0.name }.sorted() == ["bot:a", "bot:b", "status:a", "status:b"])
        for (name, report) in reports where name.hasPrefix("status:") {
            #expect((1791...1795).contains(report.hourRemaining))
            #expect(report.minuteRemaining == 60)
        }
        let later = ClockReading(wall: moment(700).wall.adding(.seconds(7200)), uptime: 5000, boot: 2)
        let nextDay = try self.state([bot("a")], loaded: loaded, at: later)
        #expect(nextDay.budgetReports(now: start).map { $0.report.hourRemaining } == [1800, 1800])
    }

    @Test("what is asked besides polls has budgets of its own, which are kept, and a reload does not make them new")
    func calls() throws {
        let bots = [bot("a"), bot("b")]
        var state = try state(bots)
        for _ in 0..<60 { #expect(state.takeCall(of: .bot("a"), now: start) == nil) }
        #expect(state.takeCall(of: .bot("a"), now: start) != nil)
        #expect(state.takeCall(of: .bot("b"), now: start) == nil)
        #expect(state.takeDue(now: start + .seconds(60)).count == 2)
        for _ in 0..<60 { _ = state.endCall(.bot("a"), nil, now: start) }
        let refused = APIError(reason: .throttled, code: 429, message: "", retryAfter: .seconds(500))
        #expect(state.endCall(.bot("b"), refused, now: start) != nil)
        var loaded = LoadedState()
        loaded.values = state.takeChanges(now: start, at: moment(0)).batch.values
        var restarted = try self.state(bots, loaded: loaded, at: moment(10))
        #expect(restarted.takeCall(of: .bot("a"), now: start) != nil)
        _ = state.reload(
            plan(bots),
            client: try client(),
            limit: 8,
            loaded: LoadedState(),
            now: start,
            at: moment(10)
        )
        for var state in [state, restarted] {
            #expect(state.takeCall(of: .bot("a"), now: start + .seconds(62)) == nil)
            #expect(state.takeCall(of: .bot("b"), now: start + .seconds(400)) != nil)
        }
    }

    @Test("a platform that throttles targets which had room teaches their bot's budget, and that is kept")
    func ceiling() throws {
        let bots = [
            BotSettings(name: "a", id: "st-a", credential: "main", languages: ["en", "de"], states: [.configured])
        ]
        var state = try state(bots)
        let ticket = try #require(state.takeDue(now: start + .seconds(60)).first)
        let refused = APIError(reason: .throttled, code: 429, message: "", retryAfter: nil)
        let reply = PollReply(endpoint: .mlTrainStatus, code: 429, duration: .zero, result: .failure(refused))
        _ = state.finish(ticket, reply, now: start + .seconds(60), at: moment(60))
        #expect(state.takeLowered(now: start + .seconds(60)).map(\.name) == ["status:a"])
        var loaded = LoadedState()
        loaded.values = state.takeChanges(now: start + .seconds(60), at: moment(60)).batch.values
        #expect(loaded.budget(StoredBudget.key(of: .status("a"))) != nil)
        let restarted = try self.state(bots, loaded: loaded, at: moment(61))
        let limits = restarted.budgetReports(now: start + .seconds(120)).first { $0.name == "status:a" }
        #expect(limits?.report.minuteLimit ?? 60 < 60)
    }
}
