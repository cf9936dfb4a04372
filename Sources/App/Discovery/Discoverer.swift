package import Archive
import Exposition
import KoreAI
package import Logging
import Polling
import ServiceLifecycle
import Settings
import Tracking

/// Asks for the lists of bots, each at its interval, and lets the exporter follow what they say.
struct Discoverer: Service {
    /// How often it checks whether a list is due: a reload may bring another interval.
    private static let checkInterval = Duration.seconds(1)

    let settings: SettingsInForce
    let poller: Poller
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await refreshAll() }
    }

    private func refreshAll() async throws {
        var schedule = DiscoverySchedule()
        while true {
            let configured = settings.configured
            for discovery in configured.discoveries
            where schedule.isDue(discovery.name, interval: discovery.refreshInterval, now: .now) {
                let failure = try await refresh(discovery, of: configured)
                if let failure { settings.count(failure, of: discovery.name) }
                log(schedule.ended(discovery.name, failure: failure, now: .now), failure, of: discovery)
            }
            try await Task.sleep(for: Self.checkInterval)
        }
    }

    private func log(_ news: DiscoverySchedule.News?, _ failure: DiscoveryFailure?, of discovery: DiscoverySettings) {
        switch (news, failure) {
        case (.fails, let failure?):
            logger.warning(
                "the list of bots did not come whole: bots that are known stay",
                metadata: [
                    "discovery": "\(discovery.name)", "reason": "\(failure.reason)", "error": "\(failure.message)",
                ]
            )
        case (.works, _):
            logger.info("the list of bots comes whole again", metadata: ["discovery": "\(discovery.name)"])
        default: break
        }
    }

    /// - Returns: Why there is no complete list; `nil` where there is one.
    private func refresh(
        _ discovery: DiscoverySettings,
        of configured: Settings
    ) async throws -> DiscoveryFailure? {
        guard let credential = configured.credentials.first(where: { $0.name == discovery.listCredential }) else {
            return nil
        }
        settings.noteAttempt(of: discovery.name)
        let result = try await poller.listBots(
            baseURL: discovery.watch.baseURL,
            credential: poller.plan.credential(of: credential) ?? Credential(credential),
            timeout: discovery.watch.timeout
        )
        switch result {
        case .failure(let error): return DiscoveryFailure(error)
        case .success(let list):
            await see(list, of: discovery.name)
            return list.gap.map { DiscoveryFailure(gap: $0) }
        }
    }

    private func see(_ list: BotList, of name: String) async {
        do {
            guard let news = try await settings.see(list, of: name) else { return }
            for (message, names) in [
                ("found bots", news.found), ("bots are gone, and watched no more", news.retired),
            ]
            where !names.isEmpty {
                logger.info(
                    "\(message)",
                    metadata: [
                        "discovery": "\(name)", "count": "\(names.count)",
                        "names": "\(names.prefix(20).joined(separator: ", "))",
                    ]
                )
            }
        } catch {
            logger.error("the bots that were found cannot be watched", metadata: ["error": "\(error)"])
        }
    }
}

/// Shows the state of each discovery in a scrape.
struct DiscoverySource: SampleSource {
    struct Report {
        var name: String
        var bots: Int
        /// When the list was last asked for, in seconds since 1970; `nil` where it was not since the start.
        var lastAttempt: Double?
        /// When the list last came complete, in seconds since 1970; `nil` where it never did.
        var lastSuccess: Double?
    }

    let reports: @Sendable () -> [Report]

    var families: [MetricFamily] { DiscoveryFamilies.ofDiscovery }

    func samples() -> [(family: MetricFamily, samples: [Sample])] {
        let reports = reports().sorted { $0.name < $1.name }
        func samples(_ value: (Report) -> Double?) -> [Sample] {
            reports.compactMap { report in value(report).map { Sample([report.name], number: $0) } }
        }
        return [
            (DiscoveryFamilies.bots, samples { Double($0.bots) }),
            (DiscoveryFamilies.lastAttempt, samples(\.lastAttempt)),
            (DiscoveryFamilies.lastSuccess, samples(\.lastSuccess)),
        ]
    }
}

/// Stores the bots that discovery found, so that a restart continues with them.
package struct DiscoveryStore: Sendable {
    let archive: Archive
    let logger: Logger

    package init(archive: Archive, logger: Logger) {
        self.archive = archive
        self.logger = logger
    }

    /// The configuration with the bots that were found before. What cannot be read, the first list finds anew.
    ///
    /// - Throws: `ArchiveError` where the store cannot be read at all.
    func discoveries(_ settings: Settings) async throws(ArchiveError) -> Discoveries {
        let loaded = try await archive.load([])
        do throws(StoredFormError) {
            return try Discoveries(settings, loaded: loaded)
        } catch {
            logger.warning(
                "the bots that were found before cannot be read: they are watched once a list has come",
                metadata: ["error": "\(error)"]
            )
            return Discoveries(settings)
        }
    }

    /// Stores the bots that were found. If that fails, the next list stores them.
    package func save(_ stored: [UInt8]) async {
        var batch = Batch()
        batch.values[Discoveries.key] = stored
        do throws(ArchiveError) {
            try await archive.commit(batch)
        } catch {
            logger.error(
                "the bots that were found are not stored: a restart has to wait for a list",
                metadata: ["error": "\(error)"]
            )
        }
    }
}
