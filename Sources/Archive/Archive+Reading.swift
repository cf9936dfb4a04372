import FoundationEssentials
import GRDB
import NIOPosix
package import Tracking

extension Archive {
    /// How long the last successful runs or jobs of targets took, in milliseconds, the latest first: from a store that
    /// another process may be using. Nothing is written.
    ///
    /// - Parameter limit: Of each target.
    /// - Returns: Nothing of a target whose history is not known, or where the store cannot be read.
    package static func lastDurations(
        at folder: String,
        of targets: Set<Target>,
        limit: Int
    ) async -> [Target: [Int64]] {
        let path = (folder.hasSuffix("/") ? folder : folder + "/") + databaseName
        let read = try? await NIOThreadPool.singleton.runIfActive {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(1)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? database.close() }
            return try database.read { database in
                try targets.reduce(into: [Target: [Int64]]()) { durations, target in
                    durations[target] = try Int64.fetchAll(
                        database,
                        sql: """
                            SELECT run.duration FROM run JOIN target ON target.id = run.target
                            WHERE bot = ? AND collector = ? AND language = ? AND state = ?
                            AND outcome = ? AND duration IS NOT NULL
                            ORDER BY number DESC LIMIT ?
                            """,
                        arguments: [
                            target.bot, target.collector.rawValue, target.language, target.state,
                            RunOutcome.success.rawValue, max(0, limit),
                        ]
                    )
                }
            }
        }
        return read ?? [:]
    }
}
