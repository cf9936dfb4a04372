import FoundationEssentials
import GRDB
import Logging
package import Model
import NIOPosix
import Synchronization
import Tracking

/// The store: what is known of every target and the history of its runs, in an SQLite database.
///
/// A commit is all or nothing, and what it returned from is on the disk, also when the power fails: the write-ahead log
/// is synchronized with each commit (`synchronous = FULL`). Counters that went down after a power failure would be
/// taken for a reset by every `rate()`; with one commit for all changes of a moment the price is one flush.
///
/// SQLite blocks; it runs on a thread of GRDB's, off the cooperative pool.
package final class Archive: Sendable {
    /// The database's file; `:memory:` where nothing is kept.
    package let path: String
    private let writer: BatchWriter
    private let retention: Retention
    let logger: Logger
    /// The database, or why there is none.
    let connection: Mutex<Result<Connection, ArchiveError>>
    /// `nil` for a database in memory, and once it was closed.
    let lock: Mutex<FolderLock?>

    init(
        path: String,
        connection: Connection,
        retention: Retention,
        lock: FolderLock?,
        logger: Logger
    ) {
        self.path = path
        self.retention = retention
        self.logger = logger
        writer = BatchWriter(retention: retention)
        self.connection = Mutex(.success(connection))
        self.lock = Mutex(lock)
    }

    private var isInMemory: Bool { path == Self.memory }

    /// Loads the stored state of targets, and all values. The state of other targets stays in the store.
    ///
    /// A tracker shows what it showed when it was committed: one whose last success is too old is for the caller to
    /// expire.
    ///
    /// - Throws: ``ArchiveError/Reason/corrupt`` where the state of one of them cannot be read: to go on without it
    ///   would begin its counters anew.
    package func load(_ targets: [Target]) async throws(ArchiveError) -> LoadedState {
        let wanted = Set(targets)
        let path = path
        return try await perform { _, database in
            var loaded = LoadedState()
            loaded.trackers.reserveCapacity(wanted.count)
            let repetitions = try RepetitionLog.moments(in: database)
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT bot, collector, language, state, content, id FROM target"
            )
            while let row = try rows.next() {
                guard let target = try Target(row), wanted.contains(target) else { continue }
                let stored = try row.withUnsafeData(atIndex: 4) { $0.map { [UInt8]($0) } ?? [] }
                var tracker: TargetTracker
                do throws(StoredFormError) {
                    tracker = try TargetTracker(target, stored: stored)
                } catch {
                    throw ArchiveError.damaged(path, "the state of \(target) cannot be read: \(error)")
                }
                for moment in repetitions[try row.decode(atIndex: 5)] ?? [] { tracker.repeat(at: moment) }
                loaded.trackers[target] = tracker
            }
            let values = try Row.fetchCursor(database, sql: "SELECT name, content FROM value")
            while let row = try values.next() {
                loaded.values[try row.decode(atIndex: 0)] = try row.withUnsafeData(atIndex: 1) {
                    $0.map { [UInt8]($0) } ?? []
                }
            }
            return loaded
        }
    }

    /// Writes a batch, all of it or, where it throws, nothing. It is not cancelled with its task: once begun it ends.
    ///
    /// - Parameter now: Decides which runs are too old to be kept.
    package func commit(_ batch: Batch, now: Timestamp = .now) async throws(ArchiveError) {
        // A state in memory is never read; the history needs the targets of its runs.
        let (batch, writer) = (isInMemory ? batch.historyOnly() : batch, writer)
        try await perform { state, database in
            try state.fileGuard?.check()
            if database.isInsideTransaction {
                // The one before could not be rolled back when it failed.
                try database.rollback()
            }
            do {
                try state.repetitions.withLock { repetitions in
                    var log = try repetitions.take() ?? RepetitionLog(database)
                    defer { repetitions = log }
                    var entry: RepetitionLog.Entry?
                    try database.inTransaction(.immediate) {
                        entry = try writer.write(batch, now: now, log: &log, to: database)
                        return .commit
                    }
                    if let entry { log.take(entry) }
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
                // What the log holds goes to pages that the database mostly has already, which makes room for the next
                // commit.
                _ = try? database.checkpoint(.truncate)
                throw error
            }
        }
    }

    /// Deletes what is kept of targets that are no longer configured, once their last good reply is older than
    /// ``Retention/retired``. Until then a target that is configured again goes on where it was.
    ///
    /// - Parameter configured: All targets of now: of these nothing is deleted, however long they have been silent.
    /// - Returns: How many targets were deleted.
    @discardableResult
    package func purge(except configured: [Target], now: Timestamp = .now) async throws(ArchiveError) -> Int {
        let configured = Set(configured)
        let oldest = now.adding(.zero - retention.retired)
        return try await perform { state, database in
            try state.fileGuard?.check()
            var purged: [Target: Int64] = [:]
            try database.inTransaction(.immediate) {
                let rows = try Row.fetchCursor(
                    database,
                    sql: "SELECT bot, collector, language, state, id FROM target WHERE coalesce(last_success, 0) < ?",
                    arguments: [oldest.milliseconds]
                )
                while let row = try rows.next() {
                    if let target = try Target(row), !configured.contains(target) {
                        purged[target] = try row.decode(atIndex: 4)
                    }
                }
                let repetitions = purged.isEmpty ? [:] : try RepetitionLog.moments(in: database)
                purged = purged.filter { repetitions[$0.value]?.allSatisfy { $0.wall < oldest } ?? true }
                for id in purged.values {
                    try database.execute(sql: "DELETE FROM run WHERE target = ?", arguments: [id])
                    try database.execute(sql: "DELETE FROM target WHERE id = ?", arguments: [id])
                }
                return .commit
            }
            state.repetitions.withLock { $0?.forget(Array(purged.keys)) }
            return purged.count
        }
    }

    /// Ends what is under way and lets another process have the store. Afterwards everything throws
    /// ``ArchiveError/Reason/closed``.
    package func close() async throws(ArchiveError) {
        do {
            try await NIOThreadPool.singleton.runIfActive {
                if case .success(let open) = self.connection.withLock({ $0 }) {
                    try open.database.close()
                }
                self.lock.withLock { $0 = nil }
            }
        } catch {
            throw ArchiveError(error, at: path)
        }
    }

    func perform<Value: Sendable>(
        _ work: @escaping @Sendable (ConnectionState, Database) throws -> Value
    ) async throws(ArchiveError) -> Value {
        let connection = try connection.withLock { $0 }.get()
        let state = connection.state
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            connection.database.asyncWriteWithoutTransaction { database in
                continuation.resume(returning: Result { try work(state, database) })
            }
        }
        // Its end must not come on the database's own thread, from which it cannot be closed.
        withExtendedLifetime(connection) {}
        return try result.mapError { ArchiveError($0, at: path) }.get()
    }
}

extension Archive {
    /// The last runs or jobs of a target, the latest first.
    package func runs(of target: Target, limit: Int) async throws(ArchiveError) -> [EndedRun] {
        try await rows(
            """
            SELECT outcome, started, ended, duration, bound, run_id, reason FROM run
            WHERE target = (
                SELECT id FROM target WHERE bot = ? AND collector = ? AND language = ? AND state = ?
            )
            ORDER BY number DESC LIMIT ?
            """,
            StatementArguments(target.key + [max(0, limit)])
        ) { try EndedRun($0) }
    }

    /// The last runs and jobs of all targets of a bot, the latest first.
    package func runs(ofBot bot: String, limit: Int) async throws(ArchiveError) -> [HistoryEntry] {
        try await rows(
            """
            SELECT outcome, started, ended, duration, bound, run_id, reason, bot, collector, language, state
            FROM run JOIN target ON target.id = run.target
            WHERE bot = ? ORDER BY ended DESC, number DESC LIMIT ?
            """,
            [bot, max(0, limit)]
        ) { row in try Target(row, at: 7).map { HistoryEntry(target: $0, run: try EndedRun(row)) } }
    }

    /// The last actions on a bot, the latest first.
    package func actions(ofBot bot: String, limit: Int) async throws(ArchiveError) -> [ActionEntry] {
        try await rows(
            """
            SELECT at, bot, action, language, cause, outcome, error, run_id FROM action
            WHERE bot = ? ORDER BY at DESC LIMIT ?
            """,
            [bot, max(0, limit)]
        ) { try ActionEntry($0) }
    }

    /// - Parameter value: Reads one row; where it gives `nil`, the row is left out.
    private func rows<Value: Sendable>(
        _ sql: String,
        _ arguments: StatementArguments,
        _ value: @escaping @Sendable (Row) throws -> Value?
    ) async throws(ArchiveError) -> [Value] {
        try await perform { _, database in
            var values: [Value] = []
            let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
            while let row = try rows.next() {
                if let value = try value(row) { values.append(value) }
            }
            return values
        }
    }
}

extension Archive {
    /// How long the last successful runs or jobs of targets took, in milliseconds, the latest first: from a store that
    /// another process may be using. Nothing is written.
    ///
    /// - Parameter limit: The most durations of each target.
    /// - Returns: Nothing of a target whose history is not known, or where the store cannot be read.
    package static func lastDurations(
        at folder: String,
        of targets: Set<Target>,
        limit: Int
    ) async -> [Target: [Int64]] {
        await read(at: folder) { database in
            try targets.reduce(into: [Target: [Int64]]()) { durations, target in
                durations[target] = try Int64.fetchAll(
                    database,
                    sql: """
                        SELECT run.duration FROM run JOIN target ON target.id = run.target
                        WHERE bot = ? AND collector = ? AND language = ? AND state = ?
                        AND outcome = ? AND duration IS NOT NULL
                        ORDER BY number DESC LIMIT ?
                        """,
                    arguments: StatementArguments(target.key + [RunOutcome.success.rawValue, max(0, limit)])
                )
            }
        } ?? [:]
    }

    /// The last content of a value, from a store that another process may be using. Nothing is written.
    ///
    /// - Parameter name: The name that the value was committed with.
    /// - Returns: A state with this value at most; an empty one where it cannot be read.
    package static func value(_ name: String, at folder: String) async -> LoadedState {
        var loaded = LoadedState()
        loaded.values[name] =
            await read(at: folder) { database in
                try Data.fetchOne(database, sql: "SELECT content FROM value WHERE name = ?", arguments: [name])
                    .map { [UInt8]($0) }
            } ?? nil
        return loaded
    }

    private static func read<Value: Sendable>(
        at folder: String,
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async -> Value? {
        let path = databasePath(in: folder)
        return try? await NIOThreadPool.singleton.runIfActive {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(1)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? database.close() }
            return try database.read(work)
        }
    }
}

/// How much is kept.
package struct Retention: Sendable, Hashable {
    /// Runs that ended, and actions that were done, longer ago are deleted.
    package var age: Duration
    /// The last runs of each target are kept.
    package var runsPerTarget: Int
    /// The last actions of each bot are kept.
    package var actionsPerBot: Int
    /// The state of targets that are no longer configured is deleted when their last good reply is older than this.
    package var retired: Duration
    /// The most runs that a commit deletes for their age, so that no commit takes long.
    static let mostDeletions = 200

    package init(
        age: Duration = .seconds(90 * 86_400),
        runsPerTarget: Int = 1000,
        actionsPerBot: Int = 1000,
        retired: Duration = .seconds(90 * 86_400)
    ) {
        self.retired = retired
        self.age = age
        self.runsPerTarget = max(1, runsPerTarget)
        self.actionsPerBot = max(1, actionsPerBot)
    }
}
