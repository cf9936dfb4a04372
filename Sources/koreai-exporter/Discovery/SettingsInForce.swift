import Exposition
import KoreAI
import Polling
import Settings
import Synchronization

/// What the exporter follows: the configuration, and the bots that were found besides.
///
/// Both change it, one at a time.
final class SettingsInForce: Sendable {
    private struct State {
        var settings: Settings
        var discovered: [DiscoveredBots]
        /// Both together.
        var followed: Settings
        /// Goes up with each change of it.
        var generation = 0
        /// When the list of each discovery last came, in seconds since 1970.
        var lastSuccess: [String: Double] = [:]
    }

    private let state: Mutex<State>
    private let turn = Turn()
    private let use: @Sendable (Settings) async throws -> Void

    /// - Parameter use: Lets the exporter follow other settings, whole or not at all.
    init(_ settings: Settings, registry: Registry, use: @escaping @Sendable (Settings) async throws -> Void) {
        let discovered = settings.discoveries.map { DiscoveredBots($0) }
        state = Mutex(State(settings: settings, discovered: discovered, followed: settings))
        self.use = use
        registry.register(DiscoverySource { [weak self] in self?.reports ?? [] })
    }

    /// The configuration alone.
    var configured: Settings {
        state.withLock { $0.settings }
    }

    /// With the bots that were found; the generation is another with each change.
    var followed: (generation: Int, settings: Settings) {
        state.withLock { ($0.generation, $0.followed) }
    }

    /// Follows another configuration. What was found goes on under the rules of the discovery of the same name.
    ///
    /// - Throws: Where it cannot be followed: nothing changes then.
    func configure(_ settings: Settings) async throws {
        await turn.take()
        defer { turn.end() }
        var changed = state.withLock { $0 }
        changed.discovered = settings.discoveries.map { discovery in
            changed.discovered.first { $0.settings.name == discovery.name }?.continued(with: discovery)
                ?? DiscoveredBots(discovery)
        }
        changed.settings = settings
        try await follow(changed)
    }

    /// The list of a discovery came.
    ///
    /// - Returns: What is new, and what is watched no more; `nil` where the discovery is gone.
    func see(_ list: [BotPage.Bot], of name: String) async throws -> (found: [String], retired: [String])? {
        await turn.take()
        defer { turn.end() }
        var changed = state.withLock { $0 }
        guard let index = changed.discovered.firstIndex(where: { $0.settings.name == name }) else { return nil }
        let news = changed.discovered[index].see(list, now: .now)
        changed.lastSuccess[name] = Timestamp.now.seconds
        if changed.settings.adding(changed.discovered) == changed.followed {
            state.withLock { [changed] in $0 = changed }
        } else {
            try await follow(changed)
        }
        return news
    }

    private var reports: [DiscoverySource.Report] {
        state.withLock { state in
            state.discovered.map { found in
                let name = found.settings.name
                return DiscoverySource.Report(name: name, bots: found.count, lastSuccess: state.lastSuccess[name])
            }
        }
    }

    private func follow(_ changed: State) async throws {
        var changed = changed
        changed.followed = changed.settings.adding(changed.discovered)
        changed.generation += 1
        try await use(changed.followed)
        state.withLock { [changed] in $0 = changed }
    }
}
