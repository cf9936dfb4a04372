/// What one status call asks about. Its raw parts are the leading labels of its series.
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

    /// Empty where the call has none.
    package var language: String {
        switch self {
        case .training(_, _, let language, _): language
        case .export, .publish: ""
        }
    }

    /// Empty where the call has none.
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
    /// Such as `banking/ml_training/en/published`, for logs.
    package var description: String {
        pollLabels.filter { !$0.isEmpty }.joined(separator: "/")
    }
}

/// What is asked about a bot. The raw value is the `collector` label.
package enum Collector: String, Sendable, Hashable, CaseIterable {
    case mlTraining = "ml_training"
    case faqTraining = "faq_training"
    case mlExport = "ml_export"
    case publish

    /// Those that are watched where nothing else is configured. `publish` is not: it needs another scope.
    package static let standard: [Collector] = [.mlTraining, .faqTraining, .mlExport]
}

/// What is trained. The raw value is the `engine` label.
package enum Engine: String, Sendable, Hashable, CaseIterable {
    case ml
    case faq
}

/// Where a bot lives on the platform.
package struct BotAddress: Sendable, Hashable {
    /// Scheme, host and an optional path prefix, with no slash at the end: `https://platform.kore.ai`.
    package var baseURL: String
    /// The platform's bot (stream) id: `st-…`.
    package var id: String

    package init(baseURL: String, id: String) {
        self.baseURL = baseURL
        self.id = id
    }
}

/// Which version of a bot is asked about, in the platform's words.
package enum BotState: String, Sendable, Hashable, CaseIterable {
    /// In development.
    case configured
    /// What customers talk to.
    case published
}
