extension Scenario {
    /// The demo's bots, as its exporter is configured with them.
    package static let demoBots = [
        DemoBot("banking", ["en", "de"], credential: "main", team: "cards"),
        DemoBot("travel", ["en"], credential: "main", team: "trips"),
        DemoBot("retail", ["en", "fr"], credential: "main", team: "shop"),
        DemoBot("telco", ["en"], credential: "partners", team: "mobile"),
        DemoBot("hr", ["en"], credential: "partners", team: "people"),
        DemoBot("insurance", ["en", "es"], credential: "insurance", team: "claims"),
    ]

    /// The demo: six bots with a lively day, which goes on for ever. An hour passes in a minute.
    ///
    /// Its first real minute shows trainings that succeed, fail and hang, drift, a publish that trains, one that awaits
    /// approval and one that fails in a part, short and long exports, one of them without its download link, and a
    /// credential that is refused from the tenth real second on, as after a change of its secret.
    package static let demo = Scenario(
        seed: 2019,
        speed: 60,
        credentials: [
            Credential(name: "main", clientID: "cs-demo-main", clientSecret: "demo-main-secret", isAdmin: true),
            Credential(name: "partners", clientID: "cs-demo-partners", clientSecret: "demo-partners-secret"),
            Credential(
                name: "insurance",
                clientID: "cs-demo-insurance",
                clientSecret: "demo-insurance-secret",
                revokedAfter: .minutes(10)
            ),
        ],
        bots: demoBots.map { demo in
            var bot = Bot(
                id: demo.id,
                name: demo.name,
                languages: demo.languages,
                credentials: [demo.credential],
                onTrain: Training(queued: .minutes(1), takes: .minutes(5)),
                onPublish: Publish(takes: .minutes(2)),
                timeline: demoTimelines[demo.name] ?? []
            )
            switch demo.name {
            case "telco":
                bot.spelling = .seen
                bot.exportIdentity = .reused
                bot.trainDetails = .outdated
            case "hr":
                bot.syncFlags = .old
                bot.neverTrained = true
            case "travel": bot.exportStatusErrors = 1
            default: break
            }
            return bot
        }
    )

    private static let demoTimelines: [String: [Step]] = [
        "banking": [
            train("en", at: 4, every: 30, takes: .logNormal(median: .minutes(6), sigma: 0.3)),
            train("de", at: 12, every: 47, takes: .minutes(8)),
            train("de", at: 31, every: 47, takes: .minutes(4), outcome: .failed),
            at(8, every: 41, .train(Training(engine: .faq, language: "en", takes: .minutes(5)))),
            drift("en", at: 20, every: 30, ["sentences", "traits"]),
            at(27, every: 60, .publish(nil)),
            at(10, every: 60, .export(Export(takes: .minutes(15)))),
        ],
        "travel": [
            train("en", at: 6, every: 120, takes: .minutes(90), outcome: .hang),
            at(14, every: 30, .train(Training(engine: .faq, language: "en", takes: .minutes(4)))),
            drift("en", at: 9, every: 60, ["ub_training"]),
            at(12, every: 90, .publish(Publish(takes: .minutes(2), needsApproval: true, approvedAfter: .minutes(20)))),
            at(15, every: 40, .export(Export(takes: .minutes(5), file: false))),
        ],
        "retail": [
            train("en", at: 5, every: 25, takes: .minutes(4), outcome: .failed),
            train("fr", at: 17, every: 50, takes: .logNormal(median: .minutes(7), sigma: 0.5)),
            drift("fr", at: 12, every: 20, ["synonyms"]),
            at(35, every: 80, .publish(Publish(takes: .minutes(4), outcome: .failed, failsIn: ["CHANNELS"]))),
            at(
                22,
                every: 45,
                .train(
                    Training(
                        engine: .faq,
                        language: "fr",
                        takes: .minutes(6),
                        outcome: .failed,
                        message: "2 questions have no answer"
                    )
                )
            ),
            at(30, every: 60, .export(Export(queued: .minutes(3), takes: .minutes(6)))),
        ],
        "telco": [
            train("en", at: 18, every: 35, takes: .logNormal(median: .minutes(10), sigma: 0.4)),
            drift("en", at: 10, every: 35, ["sentences", "patterns", "small_talk"]),
            at(5, every: 90, .export(Export(takes: .minutes(30)))),
            at(45, every: 90, .export(Export(takes: .minutes(8), outcome: .failed, failedStep: "Writing the file"))),
        ],
        "hr": [
            at(15, every: 180, .publish(nil)),
            train("en", at: 35, every: 60, takes: .minutes(9)),
            at(38, every: 70, .train(Training(engine: .faq, language: "en", takes: .minutes(3)))),
        ],
        "insurance": [
            train("en", at: 10, every: 30, takes: .minutes(5)), train("es", at: 20, every: 40, takes: .minutes(5)),
        ],
    ]

    /// A step that repeats; times are minutes of scenario time.
    private static func at(_ start: Int, every: Int, _ action: Step.Action) -> Step {
        Step(at: .minutes(start), every: .minutes(every), action)
    }

    private static func train(
        _ language: String,
        at: Int,
        every: Int,
        takes: Takes,
        outcome: Training.Outcome = .finished
    ) -> Step {
        let training = Training(language: language, queued: .minutes(2), takes: takes, outcome: outcome)
        return self.at(at, every: every, .train(training))
    }

    private static func drift(_ language: String, at: Int, every: Int, _ components: [SyncComponent]) -> Step {
        self.at(at, every: every, .drift(Drift(language: language, components: components)))
    }
}

extension Duration {
    fileprivate static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
}

extension Scenario.Takes {
    fileprivate static func minutes(_ count: Int) -> Self { .fixed(.minutes(count)) }
}

/// A bot in the configuration of the demo's exporter.
package struct DemoBot: Sendable, Hashable {
    package let name: String
    package let id: String
    package let languages: [String]
    /// The name of one of the scenario's credentials.
    package let credential: String
    /// The labels of `koreai_bot_info`.
    package let labels: [String: String]

    fileprivate init(_ name: String, _ languages: [String], credential: String, team: String) {
        self.name = name
        id = "st-demo-\(name)"
        self.languages = languages
        self.credential = credential
        labels = ["team": team]
    }
}

extension Scenario {
    /// Many quiet bots for load tests, in real time: each trains both engines every half an hour and exports every two
    /// hours, at times of its own. All use one credential, the only one of ``credentials``.
    ///
    /// - Parameters:
    ///   - bots: The number of bots; `bot-0001` has the id `st-bot-0001`.
    ///   - states: With one language and the default, the exporter's three default collectors make three targets a bot.
    package static func many(
        bots: Int,
        seed: UInt64 = 1,
        languages: [String] = ["en"],
        states: [Platform.State] = [.configured]
    ) -> Scenario {
        var random = BotRandom(seed: seed, name: "many")
        let width = String(max(bots, 1000)).count
        let state = states.first ?? .configured
        return Scenario(
            seed: seed,
            credentials: [Credential(name: "load", clientID: "cs-load", clientSecret: "load-secret")],
            bots: (0..<max(0, bots)).map { index in
                let digits = String(index + 1)
                let name = "bot-" + String(repeating: "0", count: width - digits.count) + digits
                let outcome: Training.Outcome = Int.random(in: 0..<10, using: &random) == 0 ? .failed : .finished
                let training = Training(
                    state: state,
                    queued: .fixed(.seconds(5)),
                    takes: .logNormal(median: .seconds(60), sigma: 0.5),
                    outcome: outcome
                )
                var faq = training
                faq.engine = .faq
                func step(every period: Int, _ action: Step.Action) -> Step {
                    Step(at: .seconds(Int.random(in: 0..<period, using: &random)), every: .seconds(period), action)
                }
                return Bot(
                    id: "st-\(name)",
                    name: name,
                    languages: languages,
                    states: states,
                    timeline: [
                        step(every: 1800, .train(training)),
                        step(every: 1800, .train(faq)),
                        step(every: 1800, .drift(Drift(state: state))),
                        step(every: 7200, .export(Export(state: state, takes: .fixed(.seconds(40))))),
                    ]
                )
            }
        )
    }
}
