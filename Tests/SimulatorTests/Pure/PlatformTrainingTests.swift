import Testing

@testable import Simulator

@Suite("Trainings on the platform")
struct PlatformTrainingTests {
    private let finished = """
        {"trainingStatus":"Finished","isMlInSyncWithSentences":true,"isMlInSyncWithSynonyms":true,\
        "isMlInSyncWithMlparams":true,"isMlInSyncWithTraits":true,"isMlInSyncWithSmallTalk":true,\
        "isMlInSyncWithUBTraining":true,"isMlInSyncWithEntityNode":true,"isMlInSyncWithIntentNode":true,\
        "isMlInSyncWithPatterns":true,"isMlInSyncWithBTUtterances":true,\
        "trainDetails":{"nlpVersion":3,"trainVersion":3}}
        """
    private let sixFlags = """
        "isMlInSyncWithSentences":true,"isMlInSyncWithSynonyms":true,"isMlInSyncWithMlparams":true,\
        "isMlInSyncWithTraits":true,"isMlInSyncWithSmallTalk":true,"isMlInSyncWithUBTraining":true}
        """

    private func bot(_ timeline: [Scenario.Step] = []) -> Scenario.Bot {
        Scenario.Bot(id: "st-1", name: "banking", languages: ["en", "de"], timeline: timeline)
    }

    private func training(
        queued: Duration? = nil,
        takes: Duration?,
        outcome: Scenario.Training.Outcome = .finished
    ) -> Scenario.Training {
        Scenario.Training(
            queued: queued.map { .fixed($0) },
            takes: takes.map { .fixed($0) },
            outcome: outcome
        )
    }

    @Test("A training goes from the queue through progress to its end, in replies like the samples")
    func goesThroughItsStates() {
        let run = training(queued: .seconds(5), takes: .seconds(60))
        let asker = PlatformAsker(bot([Scenario.Step(at: .seconds(10), .train(run))]))
        #expect(asker.text(.mlTrainStatus, at: 9.999) == finished)
        #expect(asker.text(.mlTrainStatus, at: 10) == #"{"trainingStatus":"Waiting","# + sixFlags)
        #expect(asker.text(.mlTrainStatus, at: 15) == #"{"trainingStatus":"Inprogress","# + sixFlags)
        #expect(asker.text(.mlTrainStatus, at: 74.999) == #"{"trainingStatus":"Inprogress","# + sixFlags)
        // As in the only published sample: nothing in the reply tells that a training succeeded.
        #expect(asker.text(.mlTrainStatus, at: 75) == finished)
    }

    @Test(
        "The versions stay, rise with each success, are left out, or differ until a training",
        arguments: [
            (Scenario.TrainDetails.constant, ["3 3", "3 3", "3 3"]), (.rising, ["1 1", "2 2", "2 2"]),
            (.absent, ["- -", "- -", "- -"]), (.outdated, ["3 2", "3 3", "3 3"]),
        ]
    )
    func tellsVersions(details: Scenario.TrainDetails, versions: [String]) {
        var bot = bot([Scenario.Step(at: .seconds(10), .train(training(takes: .seconds(10))))])
        bot.timeline.append(
            Scenario.Step(at: .seconds(30), .publish(Scenario.Publish(takes: .fixed(.zero), trains: false)))
        )
        bot.trainDetails = details
        let asker = PlatformAsker(bot)
        func told(at second: Double, state: String = "configured") -> String {
            ["nlpVersion", "trainVersion"].map { name in
                asker.member(name, of: .mlTrainStatus, at: second, query: ["language": "en", "state": state]) ?? "-"
            }.joined(separator: " ")
        }
        #expect([told(at: 5), told(at: 25), told(at: 35, state: "published")] == versions)
    }

    @Test("A failed training shows six flags and no version, and what was out of sync stays so")
    func fails() {
        let run = training(takes: .seconds(10), outcome: .failed)
        let drift = Scenario.Drift(components: ["traits"])
        let asker = PlatformAsker(
            bot([Scenario.Step(at: .seconds(1), .drift(drift)), Scenario.Step(at: .seconds(2), .train(run))])
        )
        let expected = #"{"trainingStatus":"Failed","# + sixFlags
        #expect(
            asker.text(.mlTrainStatus, at: 12)
                == expected.replacing("WithTraits\":true", with: "WithTraits\":false")
        )
    }

    @Test("A training that hangs stays in progress, with a limit until that and then fails")
    func hangs() {
        let limited = training(takes: .seconds(50), outcome: .hang)
        var asker = PlatformAsker(bot([Scenario.Step(at: .zero, .train(limited))]))
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 49) == "Inprogress")
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 50) == "Failed")

        let endless = training(takes: nil, outcome: .hang)
        asker = PlatformAsker(bot([Scenario.Step(at: .zero, .train(endless))]))
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 1e9) == "Inprogress")
    }

    @Test("What drifts before a training is in sync after it, what drifts during it is not")
    func trainsAwayDrift() {
        let run = training(queued: .seconds(10), takes: .seconds(10))
        func drift(_ component: SyncComponent, at second: Int) -> Scenario.Step {
            Scenario.Step(at: .seconds(second), .drift(Scenario.Drift(components: [component])))
        }
        let asker = PlatformAsker(
            bot([
                drift("sentences", at: 1), Scenario.Step(at: .seconds(5), .train(run)), drift("traits", at: 7),
                drift("ub_training", at: 16), drift("bt_utterances", at: 17),
            ])
        )
        #expect(asker.member("isMlInSyncWithSentences", of: .mlTrainStatus, at: 2) == "false")
        #expect(asker.member("isMlInSyncWithUBTraining", of: .mlTrainStatus, at: 18) == "false")
        #expect(asker.member("isMlInSyncWithBTUtterances", of: .mlTrainStatus, at: 18) == nil)
        #expect(asker.member("isMlInSyncWithSentences", of: .mlTrainStatus, at: 25) == "true")
        #expect(asker.member("isMlInSyncWithTraits", of: .mlTrainStatus, at: 25) == "true")
        #expect(asker.member("isMlInSyncWithUBTraining", of: .mlTrainStatus, at: 25) == "false")
        #expect(asker.member("isMlInSyncWithBTUtterances", of: .mlTrainStatus, at: 25) == "false")
    }

    @Test("A run that is on its way is not started again")
    func keepsARunThatRuns() {
        let steps = [
            Scenario.Step(at: .seconds(0), .train(training(takes: .seconds(100)))),
            Scenario.Step(at: .seconds(50), .train(training(takes: .seconds(1), outcome: .failed))),
        ]
        let asker = PlatformAsker(bot(steps))
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 60) == "Inprogress")
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 100) == "Finished")
        #expect(asker.platform.events.map(\.kind) == [.trainingStarted, .trainingEnded])
    }

    @Test("A repeated step is played at each of its times, however late anybody asks, and speed shortens them")
    func repeats() {
        let step = Scenario.Step(
            at: .seconds(60),
            every: .seconds(600),
            .train(training(queued: .seconds(6), takes: .seconds(120)))
        )
        var counting = bot([step])
        counting.trainDetails = .rising
        let asker = PlatformAsker(counting, speed: 60)
        #expect(asker.member("trainVersion", of: .mlTrainStatus, at: 34) == "5")
        let starts = asker.platform.events.filter { $0.kind == .trainingStarted }
        #expect(starts.map(\.at) == [1.1, 11.1, 21.1, 31.1].map(PlatformAsker.time))
        let ends = asker.platform.events.filter { $0.kind == .trainingEnded }
        #expect(ends.map(\.at) == [3.1, 13.1, 23.1, 33.1].map(PlatformAsker.time))
        #expect(ends.allSatisfy { $0.duration == .seconds(2) && $0.outcome == "finished" && $0.language == "en" })
        #expect(ends.map(\.trainVersion) == [2, 3, 4, 5])
        #expect(ends.map(\.runID) == starts.map(\.runID))
        #expect(Set(starts.map(\.runID)).count == 4)
        #expect(asker.platform.events.map(\.number) == Array(1...12))
    }

    @Test("Engines, languages and states are trained apart")
    func separatesTargets() {
        let asker = PlatformAsker(
            bot([
                Scenario.Step(at: .zero, .train(Scenario.Training(engine: .faq, language: "de", takes: nil)))
            ])
        )
        #expect(asker.member("status", of: .faqTrainStatus, at: 1, query: ["language": "de"]) == "in-progress")
        #expect(asker.member("status", of: .faqTrainStatus, at: 1) == "success")
        #expect(
            asker.member("status", of: .faqTrainStatus, at: 1, query: ["language": "de", "state": "published"])
                == "success"
        )
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 1, query: ["language": "de"]) == "Finished")
    }

    @Test("An FAQ reply's modifiedOn moves with the run, its id does not")
    func datesFAQTrainings() {
        let run = Scenario.Training(
            engine: .faq,
            queued: .fixed(.seconds(1)),
            takes: .fixed(.seconds(9)),
            outcome: .failed
        )
        let asker = PlatformAsker(bot([Scenario.Step(at: .seconds(10), .train(run))]))
        let id = asker.member("_id", of: .faqTrainStatus, at: 0)
        #expect(asker.member("modifiedOn", of: .faqTrainStatus, at: 0).map { $0 < "2023-07-26T13:15" } == true)
        #expect(asker.member("modifiedOn", of: .faqTrainStatus, at: 10.5) == "2023-07-26T13:15:14.983Z")
        #expect(asker.member("modifiedOn", of: .faqTrainStatus, at: 12) == "2023-07-26T13:15:15.983Z")
        #expect(asker.member("status", of: .faqTrainStatus, at: 12) == "in-progress")
        #expect(asker.member("modifiedOn", of: .faqTrainStatus, at: 30) == "2023-07-26T13:15:24.983Z")
        #expect(asker.member("status", of: .faqTrainStatus, at: 30) == "failure")
        #expect(asker.member("_id", of: .faqTrainStatus, at: 30) == id)
    }

    @Test("Publishing copies versions and flags; without any training everything is out of sync")
    func publishes() {
        let published = ["language": "en", "state": "published"]
        let steps = [
            Scenario.Step(at: .seconds(1), .drift(Scenario.Drift(components: ["patterns"]))),
            Scenario.Step(at: .seconds(5), .publish(Scenario.Publish(takes: .fixed(.zero), trains: false))),
        ]
        var asker = PlatformAsker(bot(steps))
        #expect(asker.member("isMlInSyncWithPatterns", of: .mlTrainStatus, at: 4, query: published) == "true")
        #expect(asker.member("isMlInSyncWithPatterns", of: .mlTrainStatus, at: 5, query: published) == "false")
        #expect(asker.member("isMlInSyncWithTraits", of: .mlTrainStatus, at: 5, query: published) == "true")

        var untrained = bot(steps)
        untrained.neverTrained = true
        asker = PlatformAsker(untrained)
        #expect(asker.text(.mlTrainStatus, at: 4, query: published) == "{}")
        let reply = asker.text(.mlTrainStatus, at: 5, query: published)
        #expect(reply.hasPrefix(#"{"trainingStatus":"Finished","isMlInSyncWithSentences":false"#))
        #expect(!reply.contains("true"))
        #expect(asker.text(.mlTrainStatus, at: 5, query: ["language": "en"]) == "{}")
    }

    @Test("Publishing during a training copies what was trained before it")
    func publishesWhatIsSettled() {
        let steps = [
            Scenario.Step(at: .zero, .train(training(takes: .seconds(100)))),
            Scenario.Step(at: .seconds(5), .publish(Scenario.Publish(takes: .fixed(.zero), trains: false))),
        ]
        let asker = PlatformAsker(bot(steps))
        let published = ["language": "en", "state": "published"]
        #expect(asker.text(.mlTrainStatus, at: 6, query: published) == finished)
    }

    @Test("Old bots have four flags, new ones may have more than anybody knows")
    func variesFlags() {
        var old = bot()
        old.syncFlags = .old
        var asker = PlatformAsker(old)
        #expect(asker.text(.mlTrainStatus, at: 0).split(separator: "isMlInSyncWith").count == 5)

        var new = bot()
        new.extraFlags = ["GuardRails"]
        asker = PlatformAsker(new)
        #expect(asker.text(.mlTrainStatus, at: 0).contains(#""isMlInSyncWithGuardRails":true,"trainDetails""#))
    }

    @Test("A bot may spell its statuses as public code has seen them")
    func spells() {
        var seen = bot([Scenario.Step(at: .zero, .train(training(takes: nil)))])
        seen.spelling = .seen
        let asker = PlatformAsker(seen)
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 1) == "In Progress")
        #expect(asker.member("status", of: .faqTrainStatus, at: 1) == "Success")
    }

    @Test("A bot may word its statuses as sibling calls do")
    func followsSiblings() {
        let run = training(queued: .seconds(5), takes: .seconds(10), outcome: .failed)
        var faq = run
        faq.engine = .faq
        var sibling = bot([Scenario.Step(at: .seconds(10), .train(run)), Scenario.Step(at: .seconds(10), .train(faq))])
        sibling.spelling = .siblings
        func words(_ name: String, _ endpoint: Platform.Endpoint) -> [String?] {
            let asker = PlatformAsker(sibling)
            return [5, 12, 20, 30].map { asker.member(name, of: endpoint, at: $0) }
        }
        #expect(words("trainingStatus", .mlTrainStatus) == ["completed", "queued", "running", "error"])
        #expect(words("status", .faqTrainStatus) == ["completed", "accepted", "running", "error"])
    }

    @Test("A failed FAQ training may say why, until the next one is under way")
    func saysWhy() {
        let failing = Scenario.Training(
            engine: .faq,
            takes: .fixed(.seconds(5)),
            outcome: .failed,
            message: "2 questions have no answer"
        )
        let steps = [
            Scenario.Step(at: .zero, .train(failing)),
            Scenario.Step(at: .seconds(10), .train(Scenario.Training(engine: .faq, takes: .fixed(.seconds(5))))),
        ]
        let asker = PlatformAsker(bot(steps))
        #expect(
            [4, 6, 12, 16].map { asker.member("message", of: .faqTrainStatus, at: $0) }
                == ["in-progress", "2 questions have no answer", "in-progress", "Success"]
        )
    }

    @Test("Flags may vanish from finished replies, and come back")
    func dropsFlags() {
        var dropping = bot([
            Scenario.Step(at: .seconds(10), .dropFlags(["patterns", "traits"])),
            Scenario.Step(at: .seconds(20), .dropFlags([])),
            Scenario.Step(at: .seconds(30), .train(training(takes: nil))),
        ])
        dropping.droppedFlags = ["intent_node"]
        let asker = PlatformAsker(dropping)
        func flags(_ second: Double) -> Set<String> {
            Set(asker.text(.mlTrainStatus, at: second).matches(of: /isMlInSyncWith([A-Za-z]+)/).map { String($0.1) })
        }
        let all = Set(SyncComponent.whenFinished.map(\.wireName))
        #expect(flags(5) == all.subtracting(["IntentNode"]))
        #expect(flags(15) == all.subtracting(["Patterns", "Traits"]))
        #expect(flags(25) == all)
        #expect(flags(35) == Set(SyncComponent.whileUnfinished.map(\.wireName)))
    }

    @Test(
        "What never happened is answered as the scenario says",
        arguments: [(Scenario.NeverReply.empty, 200), (.badRequest, 400), (.notFound, 404), (.serverError, 500)]
    )
    func answersNever(reply: Scenario.NeverReply, status: Int) {
        var bot = bot()
        bot.neverTrained = true
        bot.neverReply = reply
        let asker = PlatformAsker(bot)
        for endpoint in [Platform.Endpoint.mlTrainStatus, .faqTrainStatus, .mlExportStatus] {
            #expect(asker.ask(endpoint, at: 0, query: ["language": "en"]).status == status)
        }
    }

    @Test("A step can make a bot one that was never trained, and planned ends of forgotten runs do nothing")
    func forgets() {
        let steps = [
            Scenario.Step(at: .zero, .train(training(takes: .seconds(10)))),
            Scenario.Step(at: .seconds(5), .neverTrained),
        ]
        let asker = PlatformAsker(bot(steps))
        #expect(asker.text(.mlTrainStatus, at: 20) == "{}")
        #expect(asker.platform.events.map(\.kind) == [.trainingStarted, .forgotten])
    }

    @Test(
        "Bad arguments are answered with 412",
        arguments: [
            (Platform.Endpoint.mlTrainStatus, ["language": "fr"]), (.mlTrainStatus, ["state": "secret"]),
            (.faqTrainStatus, [:]), (.faqTrainStatus, ["language": ""]), (.mlExport, ["state": "secret"]),
            (.mlExport, ["type": "papyrus"]), (.faqTrain, [:]),
        ] as [(Platform.Endpoint, [String: String])]
    )
    func refusesBadArguments(endpoint: Platform.Endpoint, query: [String: String]) {
        let asker = PlatformAsker(bot())
        #expect(asker.ask(endpoint, at: 0, query: query).status == 412)
    }

    @Test("An ML status call without a language is about the default one")
    func defaultsTheLanguage() {
        let step = Scenario.Step(at: .zero, .train(Scenario.Training(language: "de", takes: nil)))
        var german = bot([step])
        german.languages = ["de", "en"]
        let asker = PlatformAsker(german)
        #expect(asker.member("trainingStatus", of: .mlTrainStatus, at: 1, query: [:]) == "Inprogress")
    }
}
