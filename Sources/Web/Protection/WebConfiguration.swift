package import Logging
import Model
import NIOPosix
import ServiceLifecycle
package import Settings
import Synchronization

/// The web configuration file and the certificates that it names, read again when they change.
package final class WebConfiguration: Sendable {
    private struct State {
        var protection: WebProtection
        var stamps: [String: FileStamp]
    }

    /// The highest bcrypt cost that is not warned about; a check with it takes about a second.
    private static let longestQuickCost = 14

    private let path: String?
    private let lock: AsyncLock
    private let state: Mutex<State>
    private let logger: Logger

    /// Reads the file. This blocks, so call it only at the start.
    ///
    /// - Parameter path: Empty for no TLS, passwords, rate limit and headers.
    /// - Throws: All complaints about the file and the files that it names.
    package init(path: String, logger: Logger) throws(SettingsComplaints) {
        self.path = path.isEmpty ? nil : path
        self.logger = logger
        lock = AsyncLock(maxWaiting: 16)
        let stamps = path.isEmpty ? [:] : Self.stamps(of: [path])
        let settings = path.isEmpty ? WebSettings() : try WebSettingsParser.load(path: path)
        let protection = try WebProtection(settings, lock: lock)
        Self.logSlowHashes(of: settings, logger)
        // The stamp is from before the file was read, so that a change during the reading is noticed later.
        let all = stamps.merging(Self.stamps(of: settings.files)) { first, _ in first }
        state = Mutex(State(protection: protection, stamps: all))
    }

    var protection: WebProtection {
        state.withLock { $0.protection }
    }

    /// Reads the file again if it or a certificate changed. A file that cannot be used is logged once, and the
    /// configuration in force stays. Blocks while it reads.
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

    /// Passwords are checked one at a time, so one slow hash makes every client wait.
    private static func logSlowHashes(of settings: WebSettings, _ logger: Logger) {
        for (user, hash) in settings.users.sorted(by: { $0.key < $1.key }) {
            guard let cost = BcryptHash.cost(of: hash.reveal()), cost > longestQuickCost else { continue }
            logger.warning(
                "a password takes long to check, and other clients wait meanwhile: lower the cost of its hash",
                metadata: ["user": "\(user)", "cost": "\(cost)", "recommended": "10"]
            )
        }
    }

    /// The stamps by path; a missing file has none.
    private static func stamps(of paths: [String]) -> [String: FileStamp] {
        var stamps: [String: FileStamp] = [:]
        for path in paths { stamps[path] = FileStamp(path) }
        return stamps
    }
}

/// Checks once a second whether the web configuration or a certificate changed.
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
