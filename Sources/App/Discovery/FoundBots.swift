import Archive
import Curl
import Glibc
import KoreAI
package import Polling
package import Settings

/// The settings of a command, with the bots that `discovery` finds now.
package enum FoundBots {
    /// - Parameter storage: The folder of a store, whose labels the bots get. It may be in use, and need not exist.
    /// - Throws: ``APIError`` of the first list that could not be downloaded.
    package static func added(to settings: Settings, storage: String, gate: BudgetGate) async throws -> Settings {
        try await discoveries(settings, storage: storage, gate: gate).followed
    }

    /// The discoveries of the settings with what they find now, in a form that can be stored.
    package static func discoveries(_ settings: Settings, storage: String, gate: BudgetGate) async throws -> Discoveries
    {
        var discoveries = Discoveries(settings)
        guard !settings.discoveries.isEmpty else { return discoveries }
        if !storage.isEmpty {
            let loaded = await Archive.value(Discoveries.key, at: storage)
            discoveries = (try? Discoveries(settings, loaded: loaded)) ?? discoveries
        }
        let curl = try CurlClient(settings.http)
        let client = KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes)
        let lister = BotLister(client: client, gate: gate)
        let now = SystemClocks().now
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
            case .success(let list):
                _ = discoveries.see(list, of: discovery.name, now: now)
                if let gap = list.gap {
                    let text = "the list of bots of the discovery \(discovery.name) is not whole: \(gap)\n"
                    Terminal.write(text, to: STDERR_FILENO)
                }
            }
        }
        await curl.shutdown()
        if let failure { throw failure }
        return discoveries
    }
}
