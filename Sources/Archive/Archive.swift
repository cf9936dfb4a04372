import GRDB
package import KoreAI
import Logging
import NIOPosix
import Synchronization
package import Tracking

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

    /// What was kept of `targets`, and all values. What is kept of other targets stays in the store.
    ///
    /// A tracker shows what it showed when it was committed: one whose last success is too old is for the caller to
    /// expire.
    ///
    /// - Throws: ``ArchiveError/Reason/corrupt`` where the state of one of them cannot be read: to go on without it
    ///   would begin its counters anew.
    package func load(_ targets: [Target]) async throws(ArchiveError) -> Kept {
        let wanted = Set(targets)
        let path = path
        return try await perform { _, database in
            var kept = Kept()
            kept.trackers.reserveCapacity(wanted.count)
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT bot, collector, language, state, content FROM target"
            )
            while let row = try rows.next() {
                guard let target = try Target(row), wanted.contains(target) else { continue }
                let stored = try row.withUnsafeData(atIndex: 4) { $0.map { [UInt8]($0) } ?? [] }
                do throws(StoredFormError) {
                    kept.trackers[target] = try TargetTracker(target, stored: stored)
                } catch {
                    throw ArchiveError.damaged(path, "the state of \(target) cannot be read: \(error)")
                }
            }
            let values = try Row.fetchCursor(database, sql: "SELECT name, content FROM value")
            while let row = try values.next() {
                kept.values[try row.decode(atIndex: 0)] = try row.withUnsafeData(atIndex: 1) {
                    $0.map { [UInt8]($0) } ?? []
                }
            }
            kept.lastCommit = try Int64.fetchOne(database, sql: "SELECT at FROM last_commit")
                .map { Timestamp(milliseconds: $0) }
            return kept
        }
    }

    /// Writes a batch, all of it or, where it throws, nothing. It is not cancelled with its task: once begun it ends.
    ///
    /// - Parameter now: Decides which runs are too old to be kept.
    package func commit(_ batch: Batch, now: Timestamp = .now) async throws(ArchiveError) {
        var batch = batch
        if isInMemory {
            // Nobody will ever read a state from there; the history needs the targets of its runs.
            let ended = Set(batch.runs.map(\.target))
            batch.trackers = batch.trackers.filter { ended.contains($0.key) }
        }
        let (whole, writer) = (batch, writer)
        try await perform { witness, database in
            try witness?.check()
            if database.isInsideTransaction {
                // The one before could not be rolled back when it failed.
                try database.rollback()
            }
            do {
                try database.inTransaction(.immediate) {
                    try writer.write(whole, now: now, to: database)
                    return .commit
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
                // What the log holds goes to pages that the database mostly has already. That makes room for the next
                // commit, also where nobody frees any.
                _ = try? database.checkpoint(.truncate)
                throw error
            }
        }
    }

    /// The last runs or jobs of a target, the latest first.
    package func runs(of target: Target, limit: Int) async throws(ArchiveError) -> [EndedRun] {
        try await perform { _, database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT outcome, started, ended, duration, bound FROM run
                    WHERE target = (
                        SELECT id FROM target WHERE bot = ? AND collector = ? AND language = ? AND state = ?
                    )
                    ORDER BY number DESC LIMIT ?
                    """,
                arguments: [target.bot, target.collector.rawValue, target.language, target.state, max(0, limit)]
            )
            var runs: [EndedRun] = []
            while let row = try rows.next() {
                runs.append(try EndedRun(row))
            }
            return runs
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
        return try await perform { witness, database in
            try witness?.check()
            var purged: [Int64] = []
            try database.inTransaction(.immediate) {
                let rows = try Row.fetchCursor(
                    database,
                    sql: "SELECT bot, collector, language, state, id FROM target WHERE coalesce(last_success, 0) < ?",
                    arguments: [oldest.milliseconds]
                )
                while let row = try rows.next() {
                    if let target = try Target(row), !configured.contains(target) {
                        purged.append(try row.decode(atIndex: 4))
                    }
                }
                for id in purged {
                    try database.execute(sql: "DELETE FROM run WHERE target = ?", arguments: [id])
                    try database.execute(sql: "DELETE FROM target WHERE id = ?", arguments: [id])
                }
                return .commit
            }
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
        _ work: @escaping @Sendable (DatabaseWitness?, Database) throws -> Value
    ) async throws(ArchiveError) -> Value {
        let connection = try connection.withLock { $0 }.get()
        let witness = connection.witness
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            connection.database.asyncWriteWithoutTransaction { database in
                continuation.resume(returning: Result { try work(witness, database) })
            }
        }
        // Its end must not come on the database's own thread, from which it cannot be closed.
        withExtendedLifetime(connection) {}
        return try result.mapError { ArchiveError($0, at: path) }.get()
    }
}
