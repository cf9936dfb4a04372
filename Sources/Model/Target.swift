/// What one status call asks about: a collector of a bot. Its parts are the leading labels of its series.
package enum Target: Sendable, Hashable {
    case training(bot: String, engine: Engine, language: String, state: BotState)
    case export(bot: String)
    case publish(bot: String)

    package var bot: String {
        switch self {
        case .training(let bot, _, _, _), .export(let bot), .publish(let bot): bot
        }
    }

    package var collector: Collector {
        switch self {
        case .training(_, .ml, _, _): .mlTraining
        case .training(_, .faq, _, _): .faqTraining
        case .export: .mlExport
        case .publish: .publish
        }
    }

    /// Empty for an export or a publish.
    package var language: String {
        switch self {
        case .training(_, _, let language, _): language
        case .export, .publish: ""
        }
    }

    /// Empty for an export or a publish.
    package var state: String {
        switch self {
        case .training(_, _, _, let state): state.rawValue
        case .export, .publish: ""
        }
    }

    /// The values of the labels `bot, collector, language, state` of `koreai_poll_*`.
    package var pollLabels: [String] {
        [bot, collector.rawValue, language, state]
    }
}

extension Target: CustomStringConvertible {
    /// The target for logs, such as `banking/ml_training/en/published`.
    package var description: String {
        pollLabels.filter { !$0.isEmpty }.joined(separator: "/")
    }
}

/// What a status call asks about a bot. The raw value is the `collector` label.
package enum Collector: String, Sendable, Hashable, CaseIterable {
    case mlTraining = "ml_training"
    case faqTraining = "faq_training"
    case mlExport = "ml_export"
    case publish

    /// The collectors that are polled unless others are configured. `publish` is not one of them, because it needs
    /// another scope.
    package static let standard: [Collector] = [.mlTraining, .faqTraining, .mlExport]
}

/// What is trained. The raw value is the `engine` label.
package enum Engine: String, Sendable, Hashable, CaseIterable {
    case ml
    case faq
}

/// The address of a bot: the platform's URL and the bot's id there.
package struct BotAddress: Sendable, Hashable {
    /// Scheme, host and an optional path prefix, without a slash at the end: `https://platform.kore.ai`.
    package var baseURL: String
    /// The platform's bot (stream) id: `st-…`.
    package var id: String

    package init(baseURL: String, id: String) {
        self.baseURL = baseURL
        self.id = id
    }
}

/// The version of a bot that is asked about, in the platform's words.
package enum BotState: String, Sendable, Hashable, CaseIterable {
    /// The version in development.
    case configured
    /// The version that customers talk to.
    case published
}
