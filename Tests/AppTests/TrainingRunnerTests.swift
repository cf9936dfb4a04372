import Model
import Settings
import Testing
import Tracking

@testable import App
@testable import Polling
@testable import Simulator

/// Trainings that a command starts, on a simulated platform over real sockets.
@Suite(.serialized)
struct TrainingRunnerTests {
    private let target = Platform.TrainingTarget("a")

    @Test("a training of either engine is started, waited for, and done", arguments: [Engine.ml, .faq])
    func done(engine: Engine) async throws {
        let target = Platform.TrainingTarget("a", engine: engine == .ml ? .ml : .faq, language: "de")
        try await TestPlatform.with { platform in
            let report = try await platform.run(.train(engine, language: "de")) { update, simulator in
                if case .running = update { try simulator.finishTraining(target) }
            }
            #expect(report.outcome == .done)
            #expect(report.duration != nil)
            #expect(report.start != nil)
            let events = platform.simulator.events()
            #expect(events.map(\.kind) == [.trainingStarted, .trainingEnded])
            #expect(events.allSatisfy { $0.language == "de" && $0.engine == target.engine })
        }
    }

    @Test("a training that is over before the first look is judged by its flags, its status, or the looks after it")
    func tooShort() async throws {
        func outcome(
            _ outcome: Scenario.Training.Outcome,
            drifts: Bool = false,
            failedBefore: Bool = false
        ) async throws -> ActionOutcome {
            let training = Scenario.Training(takes: .fixed(.milliseconds(1)), outcome: outcome)
            return try await TestPlatform.with(TestPlatform.bot { $0.onTrain = training }) { platform in
                try platform.simulator.startTraining(target)
                if failedBefore {
                    try platform.simulator.failTraining(target)
                } else {
                    try platform.simulator.finishTraining(target)
                }
                if drifts { try platform.simulator.drift(target, components: ["traits"]) }
                return try await platform.run().outcome
            }
        }
        #expect(try await outcome(.finished) == .doneUnseen)
        #expect(try await outcome(.finished, drifts: true) == .done)
        #expect(try await outcome(.finished, failedBefore: true) == .done)
        #expect(try await outcome(.failed) == .failed(.failed))
        #expect(try await outcome(.failed, failedBefore: true) == .failed(.failedUnseen))
    }

    @Test("one that fails has failed, and one that hangs is waited for no longer than asked")
    func failsAndHangs() async throws {
        try await TestPlatform.with { platform in
            let failed = try await platform.run { update, simulator in
                if case .running = update { try simulator.failTraining(target) }
            }
            #expect(failed.outcome == .failed(.failed))

            // On a busy machine a second may not be enough to start it.
            var (timeout, hung) = (Duration.seconds(1), ActionOutcome.timedOut(hasStarted: false))
            while hung == .timedOut(hasStarted: false), timeout < .seconds(120) {
                hung = try await platform.run(timeout: timeout).outcome
                timeout *= 4
            }
            #expect(hung == .timedOut(hasStarted: true))
            #expect(platform.starts == 2)
        }
    }

    @Test("without waiting it is started and left alone; asked again, nothing is started while it runs")
    func startOnly() async throws {
        try await TestPlatform.with { platform in
            let started = try await platform.run(intent: .start)
            #expect(started.outcome == .started)
            let again = try await platform.run(intent: .start)
            #expect(again.outcome == .busy)
            #expect(platform.starts == 1)
        }
    }

    @Test("one that runs already is waited for, and then another is started")
    func busy() async throws {
        try await TestPlatform.with { platform in
            try platform.simulator.startTraining(target)
            let report = try await platform.run { update, simulator in
                switch update {
                case .waitingForOther, .running: try simulator.finishTraining(target)
                default: break
                }
            }
            #expect(report.outcome == .done)
            #expect(platform.starts == 2)
        }
    }

    @Test("two commands at once for one bot both end well, and each one's run began after it was asked for")
    func twoAtOnce() async throws {
        let bot = TestPlatform.bot {
            $0.onTrain = Scenario.Training(takes: .fixed(.milliseconds(400)))
            // So that a run is proven which no look falls into.
            $0.trainDetails = .rising
        }
        try await TestPlatform.with(bot) { platform in
            async let first = platform.run()
            async let second = platform.run()
            let reports = try await [first, second]
            #expect(reports.map(\.outcome) == [.done, .done])
            #expect((1...2).contains(platform.starts))
        }
    }

    @Test("one that was interrupted is resumed, without another start")
    func resume() async throws {
        try await TestPlatform.with { platform in
            let waiting = Task {
                try await platform.run { update, _ in
                    if case .running = update { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            #expect(try await waiting.value.outcome == .interrupted(hasStarted: true))
            let resumed = try await platform.run(intent: .resume) { update, simulator in
                if case .running = update { try simulator.finishTraining(target) }
            }
            #expect(resumed.outcome == .done)
            #expect(platform.starts == 1)
        }
    }

    @Test("a refused credential, a missing scope and a language that is not there start nothing")
    func refused() async throws {
        try await TestPlatform.with(secret: "another-secret") { platform in
            let report = try await platform.run()
            #expect(report.outcome.word == "refused_auth")
            #expect(!report.outcome.sentence(of: "training").contains("another-secret"))
        }
        try await TestPlatform.with(scopes: [.trainFAQ]) { platform in
            let scopeless = try await platform.run()
            #expect(scopeless.outcome.word == "refused_scope")
            #expect(platform.starts == 0)
        }
        try await TestPlatform.with { platform in
            let foreign = try await platform.run(.train(.ml, language: "fr"))
            #expect(foreign.outcome.word == "unavailable")
            #expect(platform.starts == 0)
        }
    }

    @Test("a platform that takes no more requests refuses what is not waited for, and is waited for otherwise")
    func throttled() async throws {
        try await TestPlatform.with { platform in
            platform.simulator.inject(.throttled(retryAfter: 1), times: 1)
            let throttled = try await platform.run(intent: .start)
            #expect(throttled.outcome.word == "refused_budget")
            let waited = try await platform.run { update, simulator in
                if case .running = update { try simulator.finishTraining(target) }
            }
            #expect(waited.outcome == .done)
        }
    }

    @Test("a budget of one's own that is used up is not crossed")
    func ownBudget() async throws {
        let budgets = BudgetSettings(requestsPerMinute: 2, requestsPerHour: 100)
        try await TestPlatform.with(budgets: budgets) { platform in
            let own = try await platform.run(intent: .start)
            #expect(own.outcome == .started)
            let refused = try await platform.run(intent: .start)
            #expect(
                refused.outcome
                    == .outOfBudget(
                        "the budget of a/ml_training/en/configured is used up: it allows 2 requests a minute and 100 an hour"
                    )
            )
            #expect(platform.simulator.requests().total == 2)
        }
    }

    @Test("a start whose answer is lost is sent once, and the run is found by its status")
    func lostAnswer() async throws {
        try await TestPlatform.with { platform in
            // The platform takes the start, and half of its answer arrives.
            platform.simulator.inject(.truncated, matching: FaultMatch(endpoint: .mlTrain), times: 1)
            let report = try await platform.run { update, simulator in
                if case .running = update { try simulator.finishTraining(target) }
            }
            #expect(report.outcome == .done)
            #expect(platform.simulator.requests().byEndpoint["ml_train"] == 1)
        }
    }

    @Test("a platform that cannot be reached is told of at once")
    func unreachable() async throws {
        try await TestPlatform.with { platform in
            platform.simulator.inject(.reset)
            let report = try await platform.run()
            #expect(report.outcome.word == "unavailable")
            #expect(platform.simulator.requests().total == 3)
        }
    }
}
