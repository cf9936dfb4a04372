/// Where the API learns how the targets do.
package struct APISource: Sendable {
    let targets: @Sendable (TargetQuery) async -> TargetPage?
    let runs: @Sendable (_ bot: String, _ limit: Int) async throws -> BotHistory?

    /// - Parameters:
    ///   - targets: Those that fit a query; `nil` where it names a bot that is not there.
    ///   - runs: Of a bot, at most so many runs and actions; `nil` where there is no such bot. Throws why the store cannot tell.
    package init(
        targets: @escaping @Sendable (TargetQuery) async -> TargetPage?,
        runs: @escaping @Sendable (_ bot: String, _ limit: Int) async throws -> BotHistory?
    ) {
        self.targets = targets
        self.runs = runs
    }
}
