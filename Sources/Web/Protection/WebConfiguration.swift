package import Logging
import Model
import NIOPosix
import ServiceLifecycle
package import Settings
import Synchronization

/// The web configuration file, and the certificates that it names, as they are on the disk.
package final class WebConfiguration: Sendable {
    private struct State {
        var protection: WebProtection
        var stamps: [String: FileStamp]
    }

    /// bcrypt with this cost takes about a second.
    private static let longestQuickCost = 14

    private let path: String?
    private let lock: AsyncLock
    private let state: Mutex<State>
    private let logger: Logger

    /// Reads the file. Blocks while it reads; call it at the start.
    ///
    /// - Parameter path: Empty for neither TLS nor passwords.
    /// - Throws: Everything that is wrong with the file, and with what it names.
    package init(path: String, logger: Logger) throws(SettingsComplaints) {
        self.path = path.isEmpty ? nil : path
        self.logger = logger
        lock = AsyncLock(maxWaiting: 16)
        let stamps = path.isEmpty ? [:] : Self.stamps(of: [path])
        let settings = path.isEmpty ? WebSettings() : try WebSettingsParser.load(path: path)
        let protection = try WebProtection(settings, lock: lock)
        Self.logSlowHashes(of: settings, logger)
        // A file that changed since it was read has another stamp than this, so that it is read again.
        let all = stamps.merging(Self.stamps(of: settings.files)) { first, _ in first }
        state = Mutex(State(protection: protection, stamps: all))
    }

    /// What is in force.
    var protection: WebProtection {
        state.withLock { $0.protection }
    }

    /// Reads the file again where it, or a certificate, changed. What cannot be used is logged once, and what was in
    /// force stays. Blocks while it reads.
    package func refresh() {
        guard let path else { return }
        let (current, known) = state.withLock { ($0.protection, $0.stamps) }
        let stamps = Self.stamps(of: [path] + current.settings.files)
        guard stamps != known else { return }
        state.withLock { $0.stamps = stamps }
        do {
            let protection = try protection(after: current, path: path)
            let all = stamps.merging(Self.stamps(of: protection.settings.files)) { first, _ in first }
            state.withLock { $0 = State(protection: protection, stamps: all) }
            logger.info("the web configuration was read again", metadata: ["file": "\(path)"])
        } catch {
            logger.error(
                "the web configuration cannot be used: the one before stays in force",
                metadata: ["file": "\(path)", "error": "\(error)"]
            )
        }
    }

    private func protection(after current: WebProtection, path: String) throws -> WebProtection {
        let settings = try WebSettingsParser.load(path: path)
        guard (settings.tls == nil) == (current.tls == nil), settings.http2 == current.settings.http2 else {
            throw SettingsComplaints([
                SettingsComplaint(
                    file: path,
                    line: 1,
                    column: 1,
                    message: "TLS and HTTP/2 cannot be turned on or off while koreai-exporter runs; restart it"
                )
            ])
        }
        let protection = try WebProtection(settings, lock: lock)
        Self.logSlowHashes(of: settings, logger)
        return protection
    }

    /// Passwords are checked one at a time, so that one slow hash makes every client wait.
    private static func logSlowHashes(of settings: WebSettings, _ logger: Logger) {
        for (user, hash) in settings.users.sorted(by: { $0.key < $1.key }) {
            guard let cost = BcryptHash.cost(of: hash.reveal()), cost > longestQuickCost else { continue }
            logger.warning(
                "a password takes long to check, and other clients wait meanwhile: lower the cost of its hash",
                metadata: ["user": "\(user)", "cost": "\(cost)", "recommended": "10"]
            )
        }
    }

    /// Files that are not there have none.
    private static func stamps(of paths: [String]) -> [String: FileStamp] {
        var stamps: [String: FileStamp] = [:]
        for path in paths { stamps[path] = FileStamp(path) }
        return stamps
    }
}

/// Looks once a second whether the web configuration or a certificate changed.
package struct WebConfigurationWatch: Service {
    private static let interval = Duration.seconds(1)

    private let configuration: WebConfiguration

    package init(_ configuration: WebConfiguration) {
        self.configuration = configuration
    }

    package func run() async throws {
        let configuration = configuration
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.interval)
                try await NIOThreadPool.singleton.runIfActive { configuration.refresh() }
            }
        }
    }
}
