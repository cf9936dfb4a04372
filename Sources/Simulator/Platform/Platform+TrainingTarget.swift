extension Platform {
    /// What one training is of: one engine of one language of one version of a bot.
    package struct TrainingTarget: Sendable, Hashable {
        /// The bot's id or its name.
        package var bot: String
        package var engine: Engine
        package var language: String
        package var state: State

        package init(
            _ bot: String,
            engine: Engine = .ml,
            language: String = "en",
            state: State = .configured
        ) {
            self.bot = bot
            self.engine = engine
            self.language = language
            self.state = state
        }
    }
}
