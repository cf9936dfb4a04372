import Exposition
import KoreAI
import Model
import Polling
import Settings
import Synchronization
import Tracking

/// The settings that the exporter follows: the configuration, and the bots that discovery found.
///
/// A reload and a list of bots both change them; a lock lets one do so at a time.
final class SettingsInForce: Sendable {
    private struct State {
        var discoveries: Discoveries
        /// Goes up with each change of what is followed.
        var generation = 0
        /// When the list of each discovery was last asked for, in seconds since 1970.
        var lastAttempts: [String: Double] = [:]
    }

    private let state: Mutex<State>
    private let lock = AsyncLock()
    private let clocks = SystemClocks()
    private let failures: CounterVector
    private let save: @Sendable ([UInt8]) async -> Void
    private let use: @Sendable (Settings) async throws -> Void

    /// - Parameters:
    ///   - discoveries: The configuration, and what was found before.
    ///   - save: Stores what was found.
    ///   - use: Makes the exporter follow other settings, completely or not at all.
    init(
        _ discoveries: Discoveries,
        registry: Registry,
        save: @escaping @Sendable ([UInt8]) async -> Void,
        use: @escaping @Sendable (Settings) async throws -> Void
    ) {
        state = Mutex(State(discoveries: discoveries))
        failures = CounterVector(DiscoveryFamilies.failures, in: registry)
        self.save = save
        self.use = use
        registry.register(DiscoverySource { [weak self] in self?.reports ?? [] })
        knowFailures(of: discoveries.settings)
    }

    /// The configuration without found bots.
    var configured: Settings {
        state.withLock { $0.discoveries.settings }
    }

    /// The configuration with found bots; the generation differs after each change.
    var followed: (generation: Int, settings: Settings) {
        state.withLock { ($0.generation, $0.discoveries.followed) }
    }

    /// Follows another configuration.
    ///
    /// - Throws: Why it cannot be followed; nothing changes then.
    func configure(_ settings: Settings) async throws {
        try await lock.hold {
            var changed = state.withLock { $0.discoveries }
            changed.configure(settings)
            try await use(changed.followed)
            if !settings.discoveries.isEmpty { await save(changed.stored) }
            put(changed, isOther: true)
            knowFailures(of: settings)
        }
    }

    /// Notes that the list of a discovery is asked for now.
    func noteAttempt(of name: String) {
        state.withLock { $0.lastAttempts[name] = Timestamp.now.seconds }
    }

    /// Counts that the list of a discovery could not be downloaded, or is not complete.
    func count(_ failure: DiscoveryFailure, of name: String) {
        guard configured.discoveries.contains(where: { $0.name == name }) else { return }
        failures.add(to: [name, failure.reason])
    }

    /// Takes in the list of a discovery.
    ///
    /// - Returns: What it changed; `nil` where the discovery is gone.
    /// - Throws: Why it cannot be followed; the next list may be.
    func see(_ list: BotList, of name: String) async throws -> DiscoveredBots.News? {
        try await lock.hold {
            let before = state.withLock { $0.discoveries }
            var changed = before
            guard let news = changed.see(list, of: name, now: clocks.now) else { return nil }
            // Stored before they are shown, so that after a restart no label that was shown goes to another bot.
            await save(changed.stored)
            let isOther = changed.followed != before.followed
            if isOther { try await use(changed.followed) }
            put(changed, isOther: isOther)
            return news
        }
    }

    private var reports: [DiscoverySource.Report] {
        state.withLock { state in
            state.discoveries.discovered.map { found in
                DiscoverySource.Report(
                    name: found.settings.name,
                    bots: found.count,
                    lastAttempt: state.lastAttempts[found.settings.name],
                    lastSuccess: found.lastSuccess?.seconds
                )
            }
        }
    }

    private func put(_ discoveries: Discoveries, isOther: Bool) {
        state.withLock { state in
            state.discoveries = discoveries
            if isOther { state.generation += 1 }
        }
    }

    /// Starts the failure counters of the configured discoveries at 0, and removes those of others.
    private func knowFailures(of settings: Settings) {
        failures.keepOnly(
            Set(settings.discoveries.flatMap { discovery in DiscoveryFailure.reasons.map { [discovery.name, $0] } })
        )
    }
}
