/// How much is kept.
package struct Retention: Sendable, Hashable {
    /// Runs that ended, and actions that were done, longer ago are deleted.
    package var age: Duration
    /// Of each target, the last ones.
    package var runsPerTarget: Int
    /// Of each bot, the last ones.
    package var actionsPerBot: Int
    /// What is kept of targets that are no longer configured is deleted when their last good reply is older.
    package var retired: Duration
    /// So many runs are deleted for their age with each commit at most, so that no commit takes long.
    static let mostDeletions = 200

    package init(
        age: Duration = .seconds(90 * 86_400),
        runsPerTarget: Int = 1000,
        actionsPerBot: Int = 1000,
        retired: Duration = .seconds(90 * 86_400)
    ) {
        self.retired = retired
        self.age = age
        self.runsPerTarget = max(1, runsPerTarget)
        self.actionsPerBot = max(1, actionsPerBot)
    }
}
