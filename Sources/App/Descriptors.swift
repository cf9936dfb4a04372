import FoundationEssentials
import Glibc
import Logging

/// How the process's file descriptors are divided between clients and the platform.
package struct DescriptorShares: Sendable, Hashable {
    /// The most client connections that are kept.
    package var connections: Int
    /// The number of open client connections at which no more are accepted, so that the reserve stays.
    package var capacity: Int
    /// The most connections to the platform.
    package var platform: Int

    /// For the database's files, event loops, resolving names, and the Swift runtime, which ends the process where it
    /// cannot open a file of /proc.
    private static let reserve = 24
    /// What each event loop takes.
    private static let loopDescriptors = 3

    /// - Parameters:
    ///   - limit: The process's limit of open files.
    ///   - used: Files that are open now.
    ///   - loops: Event loops that have yet to be made.
    ///   - connections: The client connections that the flags ask for.
    ///   - platform: The connections to the platform that the configuration asks for.
    package init(limit: Int, used: Int, loops: Int, connections: Int, platform: Int) {
        let free = max(0, limit - used - Self.reserve - loops * Self.loopDescriptors)
        self.platform = max(1, min(platform, free / 3))
        capacity = max(4, free - self.platform)
        // The difference is room for new connections while older ones are closed.
        self.connections = max(2, min(connections, capacity - max(2, min(32, capacity / 4))))
    }
}

extension DescriptorShares {
    /// Raises the soft limit of open files to the hard one; call it before sockets and event loops are made.
    package static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max
        else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The shares of this process. Logs a warning where clients get fewer connections than asked for.
    static func current(connections: Int, platform: Int, logger: Logger) -> DescriptorShares {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let used = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 32
        let shares = DescriptorShares(
            limit: Int(clamping: limit.rlim_cur),
            used: used,
            loops: ProcessInfo.processInfo.activeProcessorCount,
            connections: connections,
            platform: platform
        )
        if shares.connections < connections {
            logger.warning(
                "the limit of open files allows fewer connections than --web.max-connections",
                metadata: [
                    "limit": "\(limit.rlim_cur)", "asked": "\(connections)", "connections": "\(shares.connections)",
                    "remedy": "raise the limit of open files (ulimit -Hn, LimitNOFILE)",
                ]
            )
        }
        return shares
    }
}
