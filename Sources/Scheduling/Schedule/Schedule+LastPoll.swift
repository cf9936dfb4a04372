extension Schedule {
    /// When a target was asked last, before there was this schedule.
    package struct LastPoll: Sendable, Hashable {
        package var ago: Duration
        /// Whether a run or job was in progress then.
        package var wasActive: Bool

        package init(ago: Duration, wasActive: Bool) {
            self.ago = ago
            self.wasActive = wasActive
        }
    }
}
