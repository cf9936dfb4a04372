package import KoreAI
package import Polling
package import Tracking

/// Something that the platform is told to do, and which of its status calls tells how it goes.
package struct Action: Sendable {
    package enum Kind: Sendable, Hashable {
        case train(Engine, language: String)
        case export(BotState, ExportFileType)
    }

    package let kind: Kind
    /// What is asked for its status.
    package let poll: PollTarget

    /// - Parameter bot: Any target of the bot: of it all but the target itself is used.
    package init(_ kind: Kind, of bot: PollTarget) {
        self.kind = kind
        var poll = bot
        poll.target =
            switch kind {
            // The platform trains the version in development alone.
            case .train(let engine, let language):
                .training(bot: bot.target.bot, engine: engine, language: language, state: .configured)
            case .export: .export(bot: bot.target.bot)
            }
        self.poll = poll
    }

    package var bot: String { poll.target.bot }

    /// What it is called in a sentence.
    package var noun: String {
        switch kind {
        case .train: "training"
        case .export: "export"
        }
    }
}

extension Action: CustomStringConvertible {
    /// Such as `banking ml en` or `banking export`.
    package var description: String {
        switch kind {
        case .train(let engine, let language): "\(bot) \(engine.rawValue) \(language)"
        case .export: "\(bot) export"
        }
    }
}
