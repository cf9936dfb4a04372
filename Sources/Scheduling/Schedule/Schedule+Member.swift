extension Schedule {
    /// A target to be scheduled.
    package struct Member: Sendable, Hashable {
        package var rhythm: Rhythm
        /// The number of its budget.
        package var budget: Int
        /// The number of its bot: targets of a bot tend to start runs together.
        package var bot: Int
        /// The number of its credential. Targets of a budget have the same one: that of the first holds for all.
        package var credential: Int
        /// `nil` for one that is to be asked soon.
        package var lastPoll: LastPoll?

        package init(
            _ rhythm: Rhythm,
            budget: Int = 0,
            bot: Int = 0,
            credential: Int = 0,
            lastPoll: LastPoll? = nil
        ) {
            self.rhythm = rhythm
            self.budget = budget
            self.bot = bot
            self.credential = credential
            self.lastPoll = lastPoll
        }
    }
}
