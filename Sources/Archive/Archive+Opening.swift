import GRDB
import Glibc
package import Logging
import NIOPosix
import Synchronization

extension Archive {
    static let databaseName = "koreai-exporter.db"
    private static let lockName = "koreai-exporter.lock"
    /// The largest database that is wholly checked at start, in pages: that takes less than a second. In a larger one the
    /// history is not checked.
    private static let mostPagesToCheck = 131_072

    /// The name of a database that was set aside ends with this.
    private static let asideSuffix = ".damaged"

    /// The path of a database that is not kept.
    static let memory = ":memory:"

    /// Opens the store, or makes one.
    ///
    /// - Parameters:
    ///   - folder: Made where it does not exist, for this user alone, as the files in it are. Where it is `nil` or empty
    ///     nothing outlives the process: there is a history but no state.
    ///   - retention: How long and how much is kept.
    ///   - mostPages: The most pages of 1 KiB that the database may have; a test gives few, for a full disk.
    /// - Throws: Why the store cannot be used, and what to do.
    package static func open(
        at folder: String?,
        retention: Retention = Retention(),
        mostPages: UInt32 = .max,
        logger: Logger
    ) async throws(ArchiveError) -> Archive {
        do {
            // Files can be slow, and all this blocks.
            return try await NIOThreadPool.singleton.runIfActive {
                guard let folder, !folder.isEmpty else {
                    let database = try DatabaseQueue()
                    try Schema.migrator.migrate(database)
                    let connection = Connection(database, fileGuard: nil)
                    return Archive(
                        path: memory,
                        connection: connection,
                        retention: retention,
                        lock: nil,
                        logger: logger
                    )
                }
                let lock = try lock(folder)
                let path = databasePath(in: folder)
                let connection = try connect(to: path, mostPages: mostPages, logger: logger)
                return Archive(path: path, connection: connection, retention: retention, lock: lock, logger: logger)
            }
        } catch {
            throw ArchiveError(error, at: folder ?? memory)
        }
    }

    static func databasePath(in folder: String) -> String {
        prefix(folder) + databaseName
    }

    private static func prefix(_ folder: String) -> String {
        folder.hasSuffix("/") ? folder : folder + "/"
    }

    /// The folder, which is made where it does not exist, for this process alone.
    static func lock(_ folder: String) throws(ArchiveError) -> FolderLock {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw ArchiveError(errno: errno, opening: folder) }
        return try FolderLock(at: prefix(folder) + lockName)
    }

    static func connect(
        to path: String,
        mostPages: UInt32 = .max,
        logger: Logger
    ) throws(ArchiveError) -> Connection {
        // SQLite would let others read it, and gives the log the same permissions.
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ArchiveError(errno: errno, opening: path) }
        Glibc.close(file)
        do {
            let database = try prepared(path, mostPages: mostPages, logger: logger)
            return Connection(database, fileGuard: try DatabaseFileGuard(of: path))
        } catch {
            throw ArchiveError(error, at: path)
        }
    }

    private static func prepared(_ path: String, mostPages: UInt32, logger: Logger) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "Archive"
        // Only other programs, such as a sqlite3 shell, can hold the database: the lock keeps exporters off.
        configuration.busyMode = .timeout(5)
        // A transaction that could not even be rolled back, as on a disk that fails, would otherwise trap.
        configuration.allowsUnsafeTransactions = true
        let database = try DatabaseQueue(path: path, configuration: configuration)
        let isNew = try database.writeWithoutTransaction { database in
            let isNew = try identify(database, path: path)
            try database.execute(sql: "PRAGMA max_page_count = \(mostPages)")
            try set(Self.pragmas, in: database, path: path)
            return isNew
        }
        try Schema.migrator.migrate(database)
        let targets = try database.writeWithoutTransaction { database in
            try check(database, path: path)
            return try Int.fetchOne(database, sql: "SELECT count(*) FROM target") ?? 0
        }
        if isNew {
            logger.notice("made a new store", metadata: ["path": "\(path)"])
        } else {
            logger.info("opened the store", metadata: ["path": "\(path)", "targets": "\(targets)"])
        }
        return database
    }

    /// - Returns: Whether the database is new.
    /// - Throws: Where it is another program's, or a newer exporter's.
    private static func identify(_ database: Database, path: String) throws -> Bool {
        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0 > 0 else { return true }
        guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw ArchiveError(
                .foreign,
                """
                \(path) is a database of another program. Move it away, or give the exporter another folder with \
                --storage.path.
                """
            )
        }
        guard try !Schema.migrator.hasBeenSuperseded(database) else {
            throw ArchiveError(
                .newer,
                """
                \(path) was made by a newer version of the exporter than this one. Run that version, or restore the \
                backup from before the upgrade.
                """
            )
        }
        return false
    }

    /// The pragmas in their order: the size of a page is settled when the journal mode is set.
    ///
    /// Pages of 1 KiB hold two or three targets: a target that changed costs a quarter of what it would with pages of
    /// 4 KiB. A log of up to 16 MiB lets pages change many times before they are copied into the database. Nothing is
    /// mapped into memory, because a file that is cut short then kills the process.
    private static let pragmas: [(name: String, value: String)] = [
        ("page_size", "1024"),
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("wal_autocheckpoint", "16384"),
        ("journal_size_limit", "33554432"),
        ("cache_size", "-8192"),
        ("temp_store", "2"),
        ("mmap_size", "0"),
        ("cell_size_check", "1"),
        ("trusted_schema", "0"),
        // Before there is a table, so that a process killed at its first start leaves nothing that looks foreign. It is
        // also the write that shows at every start whether the database can be written.
        ("application_id", "\(Schema.applicationID)"),
    ]

    private static func set(_ pragmas: [(name: String, value: String)], in database: Database, path: String) throws {
        for pragma in pragmas {
            try database.execute(sql: "PRAGMA \(pragma.name) = \(pragma.value)")
        }
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" else {
            throw ArchiveError(
                .inputOutput,
                """
                \(path) cannot have a write-ahead log, as on some network file systems. Give the exporter a folder on \
                a local disk with --storage.path.
                """
            )
        }
    }

    private static func check(_ database: Database, path: String) throws {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let scopes = pages <= mostPagesToCheck ? ["1"] : ["target", "value"]
        for scope in scopes {
            let found = try String.fetchOne(database, sql: "PRAGMA quick_check(\(scope))") ?? "ok"
            guard found == "ok" else { throw ArchiveError.damaged(path, "SQLite found \(found)") }
        }
    }
}

extension Archive {
    /// Sets a database that is lost aside and makes a new one, which is empty: for when a commit failed with a reason
    /// that ``ArchiveError/Reason/needsNewDatabase``. All that is known must then be committed to it.
    ///
    /// The lost file gets a name that ends in `.damaged`, in place of one that was set aside before. With it go the
    /// history and what was kept of targets that are not configured. Between this and the commit that follows nothing
    /// is in the store: a process that ends then begins its counters anew.
    ///
    /// - Throws: Why there is no new database. Commits fail until this is called again and succeeds.
    package func startAnew() async throws(ArchiveError) {
        guard path != Self.memory else { return }
        do {
            try await NIOThreadPool.singleton.runIfActive { try self.startAnewNow() }
        } catch {
            throw ArchiveError(error, at: path)
        }
    }

    private func startAnewNow() throws(ArchiveError) {
        if case .success(let lost) = connection.withLock({ $0 }) {
            // What it says no longer matters.
            try? lost.database.close()
        }
        do throws(ArchiveError) {
            let folder = String(path.dropLast(Self.databaseName.count))
            if lock.withLock({ $0 })?.isInForce != true {
                let new = try Self.lock(folder)
                lock.withLock { $0 = new }
            }
            try setAside()
            let new = try connect()
            connection.withLock { $0 = .success(new) }
        } catch {
            let isAside = access(path + Self.asideSuffix, F_OK) == 0 && access(path, F_OK) != 0
            let what =
                isAside ? "\(path) is set aside as \(path)\(Self.asideSuffix)" : "\(path) cannot be used any more"
            let why = "\(what), and there is no new one: \(error.message)"
            connection.withLock { $0 = .failure(ArchiveError(.replaced, why)) }
            throw error
        }
    }

    private func connect() throws(ArchiveError) -> Connection {
        do throws(ArchiveError) {
            return try Self.connect(to: path, logger: logger)
        } catch {
            // Half made, it must not take the place of what was set aside.
            for suffix in ["", "-wal", "-shm"] {
                unlink(path + suffix)
            }
            throw error
        }
    }

    /// The database first: without it SQLite deletes a log, and without its log a database may look whole and be an
    /// older one.
    private func setAside() throws(ArchiveError) {
        let aside = path + Self.asideSuffix
        var isAside = false
        for suffix in ["", "-wal"] {
            if rename(path + suffix, aside + suffix) == 0 {
                isAside = true
            } else if errno != ENOENT {
                throw ArchiveError(errno: errno, opening: path + suffix)
            }
        }
        unlink(path + "-shm")
        if isAside {
            logger.error("set the store's database aside and begin another", metadata: ["aside": "\(aside)"])
        } else {
            logger.error("the store's database is gone: begin another", metadata: ["path": "\(path)"])
        }
    }
}
