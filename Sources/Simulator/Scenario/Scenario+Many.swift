extension Scenario {
    /// Many quiet bots for load tests, in real time: each trains every half an hour and exports every two hours,
    /// at times of its own. All have one credential, the only one of ``credentials``.
    ///
    /// - Parameters:
    ///   - bots: How many; `bot-0001` has the id `st-bot-0001`.
    ///   - states: With one language and the default, the exporter's three collectors make three targets a bot.
    package static func many(
        bots: Int,
        seed: UInt64 = 1,
        languages: [String] = ["en"],
        states: [Platform.State] = [.configured]
    ) -> Scenario {
        var lot = Lot(seed: seed, name: "many")
        let width = String(max(bots, 1000)).count
        return Scenario(
            seed: seed,
            credentials: [Credential(name: "load", clientID: "cs-load", clientSecret: "load-secret")],
            bots: (0..<max(0, bots)).map { index in
                let digits = String(index + 1)
                let name = "bot-" + String(repeating: "0", count: width - digits.count) + digits
                let outcome: Training.Outcome = Int.random(in: 0..<10, using: &lot) == 0 ? .failed : .finished
                let training = Training(
                    state: states.first ?? .configured,
                    queued: .fixed(.seconds(5)),
                    takes: .logNormal(median: .seconds(60), sigma: 0.5),
                    outcome: outcome
                )
                var faq = training
                faq.engine = .faq
                let export = Export(state: states.first ?? .configured, takes: .fixed(.seconds(40)))
                let second = { (limit: Int) -> Duration in .seconds(Int.random(in: 0..<limit, using: &lot)) }
                return Bot(
                    id: "st-\(name)",
                    name: name,
                    languages: languages,
                    states: states,
                    timeline: [
                        Step(at: second(1800), every: .seconds(1800), .train(training)),
                        Step(at: second(1800), every: .seconds(1800), .train(faq)),
                        Step(at: second(1800), every: .seconds(1800), .drift(Drift(state: training.state))),
                        Step(at: second(7200), every: .seconds(7200), .export(export)),
                    ]
                )
            }
        )
    }
}
