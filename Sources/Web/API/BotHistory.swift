/// What ended and what was started for a bot, the latest first.
package struct BotHistory: Sendable {
    package var runs: [RunStatus]
    package var actions: [ActionStatus]

    package init(runs: [RunStatus], actions: [ActionStatus]) {
        self.runs = runs
        self.actions = actions
    }
}
