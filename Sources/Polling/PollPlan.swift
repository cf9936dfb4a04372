package import Exposition
import KoreAI
package import Scheduling
package import Settings
import Tracking

/// What the settings ask to be polled.
package struct PollPlan: Sendable {
    package var targets: [PollTarget]
    package var bots: [BotSettings]
    /// Of each budget.
    package var limits: BudgetLimits

    /// With the tokens that were made or read.
    private let credentials: [CredentialSettings: Credential]

    /// - Parameters:
    ///   - settings: Validated: every bot's credential is among the credentials.
    ///   - old: The plan before a reload: credentials that did not change go on with their tokens.
    package init(_ settings: Settings, after old: PollPlan? = nil) {
        let made = settings.credentials.map { ($0, old?.credentials[$0] ?? Credential($0)) }
        credentials = Dictionary(made) { first, _ in first }
        let credentials = Dictionary(made.map { ($0.0.name, $0.1) }) { first, _ in first }
        bots = settings.bots
        limits = BudgetLimits(
            perMinute: settings.budgets.requestsPerMinute,
            perHour: settings.budgets.requestsPerHour
        )
        targets = settings.bots.flatMap { bot in
            guard let credential = credentials[bot.credential] else { return [PollTarget]() }
            return Self.targets(of: bot).map { target in
                PollTarget(
                    target: target,
                    address: BotAddress(baseURL: bot.baseURL, id: bot.id),
                    credential: credential,
                    budget: settings.budgets.per == .bot ? bot.name : bot.credential,
                    pollInterval: bot.pollInterval,
                    activeInterval: bot.activeInterval,
                    maxAge: bot.maxAge,
                    timeout: bot.timeout
                )
            }
        }
    }

    /// The series that say what is configured: `koreai_bot_info` and `koreai_exporter_targets`.
    package func families() -> [FamilySamples] {
        let info = bots.map { bot in
            FamilySamples(
                PollFamilies.botInfo,
                group: SeriesGroup([bot.name]),
                [
                    Sample(
                        [bot.name, bot.id, bot.baseURL],
                        .count(1),
                        additionalLabels: bot.labels.map { Label(name: $0.key, value: $0.value) }
                            .sorted { $0.name < $1.name }
                    )
                ]
            )
        }
        let counts = Collector.allCases.map { collector in
            FamilySamples(
                PollFamilies.targets,
                group: SeriesGroup([collector.rawValue]),
                [Sample([collector.rawValue], number: Double(targets.count { $0.target.collector == collector }))]
            )
        }
        return info + counts
    }

    private static func targets(of bot: BotSettings) -> [Target] {
        bot.collectors.flatMap { collector in
            switch collector {
            case .mlTraining: trainings(of: bot, engine: .ml)
            case .faqTraining: trainings(of: bot, engine: .faq)
            case .mlExport: [Target.export(bot: bot.name)]
            }
        }
    }

    private static func trainings(of bot: BotSettings, engine: Engine) -> [Target] {
        bot.languages.flatMap { language in
            bot.states.map { setting in
                Target.training(bot: bot.name, engine: engine, language: language, state: BotState(setting))
            }
        }
    }
}
