import GRDB
import Glibc
import Logging
import NIOPosix
import Synchronization

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
            let why = "\(path) is set aside, and there is no new one: \(error.message)"
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
        let aside = path + ".damaged"
        for suffix in ["", "-wal"] {
            guard rename(path + suffix, aside + suffix) == 0 || errno == ENOENT else {
                throw ArchiveError(errno: errno, opening: path + suffix)
            }
        }
        unlink(path + "-shm")
        logger.error("set the store's database aside and begin another", metadata: ["aside": "\(aside)"])
    }
}
