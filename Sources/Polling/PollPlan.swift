package import Exposition
package import KoreAI
package import Model
package import Scheduling
package import Settings
import Tracking

/// The targets that the settings ask to poll, and how.
package struct PollPlan: Sendable {
    package var targets: [PollTarget]
    package var bots: [BotSettings]
    /// The limits of each budget.
    package var limits: BudgetLimits
    /// Whether each target has a budget of its own.
    package var countsByTarget: Bool
    /// The credentials that bots are listed with, by name.
    package var listCredentials: Set<String>

    /// The credentials with their tokens.
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
        let per = settings.budgets.per
        countsByTarget = per == .target
        listCredentials = Set(settings.discoveries.map(\.listCredential))
        targets = settings.bots.flatMap { bot in
            guard let credential = credentials[bot.credential] else { return [PollTarget]() }
            return Self.targets(of: bot).map { target in
                PollTarget(
                    target: target,
                    address: BotAddress(baseURL: bot.baseURL, id: bot.id),
                    credential: credential,
                    budget: .status(per == .credential ? bot.credential : bot.name),
                    hasOwnBudget: per == .target,
                    pollInterval: bot.pollInterval,
                    activeInterval: bot.activeInterval,
                    maxAge: bot.maxAge,
                    timeout: bot.timeout
                )
            }
        }
    }

    /// The series that say what is configured and what lists of bots tell of it: `koreai_bot_info`, `koreai_bot_published`
    /// and `koreai_exporter_targets`.
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
        let published = bots.map { bot in
            FamilySamples(
                DiscoveryFamilies.botPublished,
                group: SeriesGroup([bot.name]),
                bot.isPublished.map { [Sample([bot.name], number: $0 ? 1 : 0)] } ?? []
            )
        }
        let counts = Collector.allCases.map { collector in
            FamilySamples(
                PollFamilies.targets,
                group: SeriesGroup([collector.rawValue]),
                [Sample([collector.rawValue], number: Double(targets.count { $0.target.collector == collector }))]
            )
        }
        return info + published + counts
    }

    /// The credential with the token that polls use; `nil` where the plan has no such credential.
    package func credential(of settings: CredentialSettings) -> Credential? {
        credentials[settings]
    }

    /// The budgets whose state is shown.
    var requestBudgets: Set<RequestBudget> {
        Set(targets.map(\.budget)).union(bots.map { .bot($0.name) }).union(listCredentials.map { .account($0) })
    }

    private static func targets(of bot: BotSettings) -> [Target] {
        bot.collectors.flatMap { collector in
            switch collector {
            case .mlTraining: trainings(of: bot, engine: .ml)
            case .faqTraining: trainings(of: bot, engine: .faq)
            case .mlExport: [Target.export(bot: bot.name)]
            case .publish: [Target.publish(bot: bot.name)]
            }
        }
    }

    private static func trainings(of bot: BotSettings, engine: Engine) -> [Target] {
        bot.languages.flatMap { language in
            bot.polledStates.map { state in
                Target.training(bot: bot.name, engine: engine, language: language, state: state)
            }
        }
    }
}

/// A target and how it is asked.
package struct PollTarget: Sendable {
    package var target: Target
    package var address: BotAddress
    package var credential: Credential
    /// Pays for its polls, for those of other targets as well.
    package var budget: RequestBudget
    /// Whether the platform counts its polls by themselves, as far as is known: then it has a budget of its own besides.
    package var hasOwnBudget: Bool
    package var pollInterval: Duration
    package var activeInterval: Duration
    /// How old the last good reply may be before the target's domain series vanish.
    package var maxAge: Duration
    /// The longest time of one request.
    package var timeout: Duration

    /// How calls about the target's bot are made.
    package var access: BotAccess { BotAccess(address, credential: credential, timeout: timeout) }

    /// The name of its own budget, and of the value in the store that keeps it.
    package var ownBudget: String { StoredBudget.key(of: target) }

    /// The name of what the platform counts the target's polls with, as far as is known. Targets that it counts together
    /// have the same name.
    package var countedWith: String { hasOwnBudget ? ownBudget : budget.label }
}
