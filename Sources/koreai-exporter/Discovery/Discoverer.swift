import Actions
import KoreAI
import Logging
import Polling
import Scheduling
import ServiceLifecycle
import Settings

/// Asks for the lists of bots, each at its interval, and lets the exporter follow what they say.
struct Discoverer: Service {
    /// How often it looks whether a list is due: a reload may bring another interval.
    private static let glance = Duration.seconds(1)
    private static let shortestRetry = Duration.seconds(30)

    let settings: SettingsInForce
    let client: @Sendable () -> KoreAIClient
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await refreshAll() }
    }

    private func refreshAll() async throws {
        var due: [String: ContinuousClock.Instant] = [:]
        var failing: [String: APIError.Reason] = [:]
        while true {
            let configured = settings.configured
            for discovery in configured.discoveries where due[discovery.name] ?? .now <= .now {
                let failure = try await refresh(discovery, of: configured)
                if let failure, failing[discovery.name] != failure.reason {
                    logger.warning(
                        "bots cannot be listed: those that are known stay",
                        metadata: [
                            "discovery": "\(discovery.name)", "reason": "\(failure.reason.rawValue)",
                            "error": "\(failure.message)",
                        ]
                    )
                }
                failing[discovery.name] = failure?.reason
                let retry = max(failure?.retryAfter ?? .zero, Self.shortestRetry)
                let interval = discovery.refreshInterval
                due[discovery.name] = .now + (failure == nil ? interval : min(retry, interval))
            }
            try await Task.sleep(for: Self.glance)
        }
    }

    /// - Returns: Why the list could not be had.
    private func refresh(
        _ discovery: DiscoverySettings,
        of configured: Settings
    ) async throws -> APIError? {
        guard let credential = configured.credentials.first(where: { $0.name == discovery.listCredential }) else {
            return nil
        }
        let (budgets, timeout) = (configured.budgets, discovery.watch.timeout)
        let limits = BudgetLimits(perMinute: budgets.requestsPerMinute, perHour: budgets.requestsPerHour)
        let result = try await BotLister(client: client(), gate: BudgetGate(limits)).list(
            baseURL: discovery.watch.baseURL,
            credential: Credential(credential),
            timeout: timeout
        )
        switch result {
        case .failure(let error): return error
        case .success(let list):
            do {
                guard let news = try await settings.see(list, of: discovery.name) else { return nil }
                for (message, names) in [
                    ("found bots", news.found), ("bots are gone, and watched no more", news.retired),
                ]
                where !names.isEmpty {
                    logger.info(
                        "\(message)",
                        metadata: [
                            "discovery": "\(discovery.name)", "count": "\(names.count)",
                            "names": "\(names.prefix(20).joined(separator: ", "))",
                        ]
                    )
                }
            } catch {
                logger.error("the bots that were found cannot be watched", metadata: ["error": "\(error)"])
            }
            return nil
        }
    }
}
