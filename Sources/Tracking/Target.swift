package import KoreAI

/// What one status call asks about. Its raw parts are the leading labels of its series.
package enum Target: Sendable, Hashable {
    case training(bot: String, engine: Engine, language: String, state: BotState)
    case export(bot: String)

    package var bot: String {
        switch self {
        case .training(let bot, _, _, _), .export(let bot): bot
        }
    }

    package var collector: Collector {
        switch self {
        case .training(_, .ml, _, _): .mlTraining
        case .training(_, .faq, _, _): .faqTraining
        case .export: .mlExport
        }
    }

    /// Empty where the call has none.
    package var language: String {
        switch self {
        case .training(_, _, let language, _): language
        case .export: ""
        }
    }

    /// Empty where the call has none.
    package var state: String {
        switch self {
        case .training(_, _, _, let state): state.rawValue
        case .export: ""
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
