import FoundationEssentials
import Glibc
import Logging

/// The file descriptors of the process, and what each use may take of them.
package struct DescriptorShares: Sendable, Hashable {
    /// Connections of clients that are kept.
    package var connections: Int
    /// With so many open, no more are accepted, so that the reserve stays.
    package var capacity: Int
    /// Connections to the platform.
    package var platform: Int

    /// For the database's own files, for event loops, resolving of names, and the runtime, which ends the process where it
    /// cannot open a file of /proc.
    private static let reserve = 24
    /// Of each event loop.
    private static let loopDescriptors = 3

    /// - Parameters:
    ///   - limit: Of open files, as the system has it.
    ///   - used: Open files now.
    ///   - loops: Event loops that are still to be made.
    ///   - connections: What the flags ask for.
    ///   - platform: What the configuration asks for.
    package init(limit: Int, used: Int, loops: Int, connections: Int, platform: Int) {
        let free = max(0, limit - used - Self.reserve - loops * Self.loopDescriptors)
        self.platform = max(1, min(platform, free / 3))
        capacity = max(4, free - self.platform)
        // Those above are accepted while others give way.
        self.connections = max(2, min(connections, capacity - max(2, min(32, capacity / 4))))
    }
}

extension DescriptorShares {
    /// Raises the soft limit of open files to the hard one. Listening sockets and event loops come after it.
    package static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max
        else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The shares of this process.
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
