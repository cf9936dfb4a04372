import GRDB
import Glibc
import Synchronization

/// An open database and what sees that its file stays the one that was opened.
final class Connection: Sendable {
    let database: DatabaseQueue
    let state: ConnectionState

    /// - Parameter fileGuard: `nil` for a database in memory.
    init(_ database: DatabaseQueue, fileGuard: DatabaseFileGuard?) {
        self.database = database
        state = ConnectionState(fileGuard: fileGuard)
    }

    deinit {
        // Before the file guard lets go of the file. Where it was closed this does nothing.
        try? database.close()
    }
}

/// The state that goes with an open database. It may outlive the ``Connection``, whose end must not come on the database's thread.
final class ConnectionState: Sendable {
    /// `nil` for a database in memory.
    let fileGuard: DatabaseFileGuard?
    /// The log of repetitions, which only the database's thread uses; `nil` until something is written.
    let repetitions = Mutex<RepetitionLog?>(nil)

    init(fileGuard: DatabaseFileGuard?) {
        self.fileGuard = fileGuard
    }
}

/// Sees that the file under the database is still the one that was opened, which SQLite does not look at again.
///
/// It keeps a descriptor of its own open: to close one would drop SQLite's locks on the file, as POSIX has it. So it
/// must be made after the database was opened and outlive it.
final class DatabaseFileGuard: Sendable {
    /// How every SQLite database begins. Source: https://www.sqlite.org/fileformat.html#the_database_header
    private static let magic = Array("SQLite format 3\0".utf8)

    private let path: String
    private let file: Int32
    private let device: dev_t
    private let inode: ino_t

    init(of path: String) throws(ArchiveError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw ArchiveError(errno: errno, opening: path) }
        var status = stat()
        fstat(file, &status)
        self.path = path
        self.file = file
        device = status.st_dev
        inode = status.st_ino
    }

    deinit {
        close(file)
    }

    /// - Throws: Where the file at the path is another one or none, or no longer begins as a database does.
    func check() throws(ArchiveError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else {
            throw ArchiveError(
                .replaced,
                """
                \(path) was deleted or replaced while the exporter had it open, so that nothing more can be kept \
                there and another has to be made. Stop the exporter before you move or restore its files.
                """
            )
        }
        var bytes = [UInt8](repeating: 0, count: Self.magic.count)
        guard pread(file, &bytes, bytes.count, 0) == bytes.count, bytes == Self.magic else {
            throw ArchiveError.damaged(path, "it does not begin as a database does")
        }
    }
}
