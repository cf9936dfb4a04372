import FoundationEssentials
import GRDB
package import Model
import NIOPosix
package import Tracking

/// Tells an exporter which requests a command beside it makes, so that both keep within one budget. They are written into
/// the exporter's store, which the exporter may have open.
///
/// A command works without: where the store is not there or may not be written, each of the two only knows of itself.
package final class CommandLedger: Sendable {
    /// Requests that no exporter has taken over within this time are deleted: no budget counts them any more.
    private static let longest = Duration.seconds(86_400)

    private let database: DatabaseQueue?

    /// Opens the store in a folder, if there is one that this version of the exporter has written.
    package init(at folder: String) async {
        let path = folder.isEmpty ? nil : Archive.databasePath(in: folder)
        database = try? await NIOThreadPool.singleton.runIfActive {
            guard let path, FileManager.default.fileExists(atPath: path) else { return nil }
            var configuration = Configuration()
            configuration.busyMode = .timeout(1)
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    /// The values of the store whose names begin so, and what commands asked that no exporter has taken over yet.
    package func read(valuesNamed prefix: String) async -> (values: [String: [UInt8]], requests: [CommandRequest]) {
        guard let database else { return ([:], []) }
        let found = try? await NIOThreadPool.singleton.runIfActive {
            try database.read { database in
                var values: [String: [UInt8]] = [:]
                let rows = try Row.fetchCursor(
                    database,
                    sql: "SELECT name, content FROM value WHERE substr(name, 1, length(?1)) = ?1",
                    arguments: [prefix]
                )
                while let row = try rows.next() {
                    values[try row.decode(atIndex: 0)] = try row.withUnsafeData(atIndex: 1) {
                        $0.map { [UInt8]($0) } ?? []
                    }
                }
                let requests = try Row.fetchAll(
                    database,
                    sql: "SELECT \(CommandRequest.columnNames) FROM command_request ORDER BY number"
                ).map { try CommandRequest($0) }
                return (values, requests)
            }
        }
        return found ?? ([:], [])
    }

    /// Hands requests over to the exporter.
    package func write(_ requests: [CommandRequest]) async {
        guard let database, let last = requests.last else { return }
        _ = try? await NIOThreadPool.singleton.runIfActive {
            try database.write { database in
                for request in requests {
                    try database.execute(
                        sql: """
                            INSERT INTO command_request (\(CommandRequest.columnNames))
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """,
                        arguments: StatementArguments(request.columns)
                    )
                }
                try database.execute(
                    sql: "DELETE FROM command_request WHERE wall < ?",
                    arguments: [last.moment.wall.adding(.zero - Self.longest).milliseconds]
                )
            }
        }
    }
}

/// A request to the platform that a command made, as it hands it over to the exporter whose store it is.
package struct CommandRequest: Sendable, Hashable {
    package var moment: ClockReading
    /// The `budget` label of what paid for it.
    package var budget: String
    /// The target whose own budget paid as well; `nil` where none did.
    package var target: Target?
    /// The `endpoint` label.
    package var endpoint: String
    /// The HTTP status; 0 where none came.
    package var code: Int
    /// Why it gave no usable reply; `nil` where it gave one.
    package var reason: String?
    package var duration: Duration

    package init(
        moment: ClockReading,
        budget: String,
        target: Target?,
        endpoint: String,
        code: Int,
        reason: String?,
        duration: Duration
    ) {
        self.moment = moment
        self.budget = budget
        self.target = target
        self.endpoint = endpoint
        self.code = code
        self.reason = reason
        self.duration = duration
    }
}

extension CommandRequest {
    /// The longest duration that is read, in seconds: no request takes a day.
    private static let longestDuration = 86_400.0

    static let columnNames =
        "bot, collector, language, state, wall, uptime, boot, budget, endpoint, code, reason, duration"

    init(_ row: Row) throws {
        self.init(
            moment: ClockReading(
                wall: Timestamp(milliseconds: try row.decode(atIndex: 4)),
                uptime: try row.decode(atIndex: 5),
                boot: UInt64(bitPattern: try row.decode(Int64.self, atIndex: 6))
            ),
            budget: try row.decode(atIndex: 7),
            target: try row.decode(String?.self, atIndex: 0) == nil ? nil : try Target(row),
            endpoint: try row.decode(atIndex: 8),
            code: try row.decode(atIndex: 9),
            reason: try row.decode(String?.self, atIndex: 10),
            // A longer one, or none, traps as a duration.
            duration: .seconds(min(max(0, try row.decode(Double.self, atIndex: 11)), Self.longestDuration))
        )
    }

    var columns: [(any DatabaseValueConvertible)?] {
        (target?.key ?? [nil, nil, nil, nil])
            + [
                moment.wall.milliseconds, moment.uptime, Int64(bitPattern: moment.boot), budget, endpoint,
                code,
                reason, duration / .seconds(1),
            ]
    }
}

extension Archive {
    /// Takes the requests that commands have made since the last time. They are no longer in the
    /// store then.
    ///
    /// - Returns: The requests in the order in which they were handed over.
    package func takeCommandRequests() async throws(ArchiveError) -> [CommandRequest] {
        try await perform { state, database in
            // A look that writes nothing: most times there is nothing.
            guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM command_request)") ?? false else {
                return []
            }
            try state.fileGuard?.check()
            var requests: [CommandRequest] = []
            try database.inTransaction(.immediate) {
                let rows = try Row.fetchCursor(
                    database,
                    sql: "SELECT \(CommandRequest.columnNames) FROM command_request ORDER BY number"
                )
                while let row = try rows.next() {
                    requests.append(try CommandRequest(row))
                }
                try database.execute(sql: "DELETE FROM command_request")
                return .commit
            }
            return requests
        }
    }
}
