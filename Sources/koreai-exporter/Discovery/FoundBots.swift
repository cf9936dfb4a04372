import Actions
import Curl
import KoreAI
import Polling
import Scheduling
import Settings

/// The settings of a command, with the bots that `discovery` finds now.
enum FoundBots {
    /// - Throws: `ExitCode`, once the reason is on standard error.
    static func added(to settings: Settings) async throws -> Settings {
        guard !settings.discoveries.isEmpty else { return settings }
        let curl = try CommandClient.make(settings.http)
        let (budgets, limit) = (settings.budgets, settings.http.maxResponseBytes)
        let limits = BudgetLimits(perMinute: budgets.requestsPerMinute, perHour: budgets.requestsPerHour)
        let lister = BotLister(client: KoreAIClient(curl: curl, maxResponseBytes: limit), gate: BudgetGate(limits))
        var discovered: [DiscoveredBots] = []
        var failure: APIError?
        for discovery in settings.discoveries where failure == nil {
            guard let credential = settings.credentials.first(where: { $0.name == discovery.listCredential }) else {
                continue
            }
            let list = try await lister.list(
                baseURL: discovery.watch.baseURL,
                credential: Credential(credential),
                timeout: discovery.watch.timeout
            )
            switch list {
            case .failure(let error): failure = error
            case .success(let bots):
                var found = DiscoveredBots(discovery)
                _ = found.see(bots, now: .now)
                discovered.append(found)
            }
        }
        await curl.shutdown()
        if let failure { throw Failure.exit(failure) }
        return settings.adding(discovered)
    }
}
