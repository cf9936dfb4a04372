/// The demo: six bots with a lively day, an hour of which passes in a minute.
extension Scenario {
    /// How the demo's exporter knows the bots.
    package static let demoBots = [
        DemoBot(
            name: "banking",
            id: "st-demo-banking",
            languages: ["en", "de"],
            credential: "main",
            labels: ["team": "cards"]
        ),
        DemoBot(name: "travel", id: "st-demo-travel", languages: ["en"], credential: "main", labels: ["team": "trips"]),
        DemoBot(
            name: "retail",
            id: "st-demo-retail",
            languages: ["en", "fr"],
            credential: "main",
            labels: ["team": "shop"]
        ),
        DemoBot(
            name: "telco",
            id: "st-demo-telco",
            languages: ["en"],
            credential: "partners",
            labels: ["team": "mobile"]
        ),
        DemoBot(name: "hr", id: "st-demo-hr", languages: ["en"], credential: "partners", labels: ["team": "people"]),
        DemoBot(
            name: "insurance",
            id: "st-demo-insurance",
            languages: ["en", "es"],
            credential: "insurance",
            labels: ["team": "claims"]
        ),
    ]

    /// Shows within its first real minute: trainings that end well, end badly and hang, drift, a publish that
    /// trains, one that awaits approval and one that fails in a part, exports short and long, one of them without its download link, and a credential that is refused from
    /// the tenth real second on, as somebody changed its secret on the platform. It goes on for ever.
    package static let demo = Scenario(
        seed: 2019,
        speed: 60,
        credentials: [
            Credential(
                name: "main",
                clientID: "cs-demo-main",
                clientSecret: "demo-main-secret",
                isAdmin: true
            ),
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
                onTrain: Training(queued: minutes(1), takes: minutes(5)),
                onPublish: Publish(takes: minutes(2))
            )
            bot.timeline = demoTimeline(of: demo.name)
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

    private static func demoTimeline(of bot: String) -> [Step] {
        switch bot {
        case "banking":
            [
                train("en", at: 4, every: 30, takes: 6, sigma: 0.3),
                train("de", at: 12, every: 47, takes: 8),
                train("de", at: 31, every: 47, takes: 4, outcome: .failed),
                Step(at: .minutes(8), every: .minutes(41), .train(faq(language: "en", takes: 5))),
                drift("en", at: 20, every: 30, ["sentences", "traits"]),
                Step(at: .minutes(27), every: .minutes(60), .publish(nil)),
                Step(at: .minutes(10), every: .minutes(60), .export(Export(takes: minutes(15)))),
            ]
        case "travel":
            [
                train("en", at: 6, every: 120, takes: 90, outcome: .hang),
                Step(at: .minutes(14), every: .minutes(30), .train(faq(language: "en", takes: 4))),
                drift("en", at: 9, every: 60, ["ub_training"]),
                Step(
                    at: .minutes(12),
                    every: .minutes(90),
                    .publish(Publish(takes: minutes(2), needsApproval: true, approvedAfter: minutes(20)))
                ),
                Step(at: .minutes(15), every: .minutes(40), .export(Export(takes: minutes(5), file: false))),
            ]
        case "retail":
            [
                train("en", at: 5, every: 25, takes: 4, outcome: .failed),
                train("fr", at: 17, every: 50, takes: 7, sigma: 0.5),
                drift("fr", at: 12, every: 20, ["synonyms"]),
                Step(
                    at: .minutes(35),
                    every: .minutes(80),
                    .publish(Publish(takes: minutes(4), outcome: .failed, failsIn: ["CHANNELS"]))
                ),
                Step(
                    at: .minutes(22),
                    every: .minutes(45),
                    .train(faq(language: "fr", takes: 6, outcome: .failed, message: "2 questions have no answer"))
                ),
                Step(
                    at: .minutes(30),
                    every: .minutes(60),
                    .export(Export(queued: minutes(3), takes: minutes(6)))
                ),
            ]
        case "telco":
            [
                train("en", at: 18, every: 35, takes: 10, sigma: 0.4),
                drift("en", at: 10, every: 35, ["sentences", "patterns", "small_talk"]),
                Step(at: .minutes(5), every: .minutes(90), .export(Export(takes: minutes(30)))),
                Step(
                    at: .minutes(45),
                    every: .minutes(90),
                    .export(Export(takes: minutes(8), outcome: .failed, failedStep: "Writing the file"))
                ),
            ]
        case "hr":
            [
                Step(at: .minutes(15), every: .minutes(180), .publish(nil)),
                train("en", at: 35, every: 60, takes: 9),
                Step(at: .minutes(38), every: .minutes(70), .train(faq(language: "en", takes: 3))),
            ]
        case "insurance":
            [train("en", at: 10, every: 30, takes: 5), train("es", at: 20, every: 40, takes: 5)]
        default: []
        }
    }

    private static func train(
        _ language: String,
        at: Int,
        every: Int,
        takes: Int,
        sigma: Double = 0,
        outcome: Training.Outcome = .finished
    ) -> Step {
        let takes: Takes =
            sigma > 0 ? .logNormal(median: .minutes(takes), sigma: sigma) : .fixed(.minutes(takes))
        let training = Training(language: language, queued: minutes(2), takes: takes, outcome: outcome)
        return Step(at: .minutes(at), every: .minutes(every), .train(training))
    }

    private static func faq(
        language: String,
        takes: Int,
        outcome: Training.Outcome = .finished,
        message: String? = nil
    ) -> Training {
        Training(engine: .faq, language: language, takes: minutes(takes), outcome: outcome, message: message)
    }

    private static func drift(_ language: String, at: Int, every: Int, _ components: [SyncComponent]) -> Step {
        Step(at: .minutes(at), every: .minutes(every), .drift(Drift(language: language, components: components)))
    }

    private static func minutes(_ count: Int) -> Takes { .fixed(.minutes(count)) }
}

extension Duration {
    fileprivate static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
}

/// A bot as the demo's exporter is configured with it.
package struct DemoBot: Sendable, Hashable {
    package var name: String
    package var id: String
    package var languages: [String]
    /// The name of one of the scenario's credentials.
    package var credential: String
    /// For `koreai_bot_info`.
    package var labels: [String: String]
}
