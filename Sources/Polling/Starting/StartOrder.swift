package import KoreAI
package import Tracking

/// What the platform is told to start for a bot.
package enum StartOrder: Sendable, Hashable {
    case train(Engine, language: String)
    case export(BotState, ExportFileType)

    /// The target whose status tells how it goes. The platform trains the version in development alone.
    package func target(of bot: String) -> Target {
        switch self {
        case .train(let engine, let language):
            .training(bot: bot, engine: engine, language: language, state: .configured)
        case .export: .export(bot: bot)
        }
    }
}
