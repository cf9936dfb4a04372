import GRDB
import Glibc
import Tracking

/// Why the store cannot be used.
package struct ArchiveError: Error, Sendable, Hashable {
    package enum Reason: String, Sendable, CaseIterable {
        /// Another exporter uses the store.
        case locked
        /// Another program holds the database for longer than the store waits.
        case busy
        /// The store cannot be written.
        case readOnly = "read_only"
        /// No space is left.
        case full
        /// The database does not hold what was written.
        case corrupt
        /// The file is not a database, or not one of this exporter.
        case foreign
        /// A newer version of the exporter made it.
        case newer
        /// The file was deleted or replaced while it was in use.
        case replaced
        /// The folder cannot be made or entered.
        case path
        /// The disk or the file system failed.
        case inputOutput = "input_output"
        /// The store was closed.
        case closed

        /// Whether nothing can be kept until the database is given up: then ``Archive/startAnew()`` helps, and nothing
        /// else does. A file that is damaged does not heal, and one that was replaced is not ours.
        package var needsNewDatabase: Bool {
            self == .corrupt || self == .foreign || self == .replaced
        }
    }

    package var reason: Reason
    /// Sentences for people: which file, what was expected, what was found and what to do.
    package var message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}

extension ArchiveError: CustomStringConvertible {
    package var description: String { message }
}

extension ArchiveError {
    /// The system would not let a file or folder be opened or made.
    init(errno code: Int32, opening path: String) {
        let system = String(cString: strerror(code))
        switch code {
        case EACCES, EPERM, EROFS:
            self.init(
                .readOnly,
                """
                \(path) cannot be written (\(system)). Make it, and the folder that it is in, writable for the \
                exporter's user, or give another folder with --storage.path.
                """
            )
        case ENOSPC, EDQUOT:
            self.init(.full, "\(path) cannot be written (\(system)). Free space on its disk.")
        case EIO:
            self.init(.inputOutput, "\(path) cannot be opened (\(system)). Check its disk and the kernel's log.")
        default:
            self.init(
                .path,
                """
                \(path) cannot be opened (\(system)). The exporter keeps its counters in the folder that \
                --storage.path names: it must be a folder, or a name for one in a folder that exists.
                """
            )
        }
    }
}

extension ArchiveError {
    /// An error of SQLite about the database at `path`.
    init(_ error: any Error, at path: String) {
        switch error {
        case let error as ArchiveError: self = error
        case let error as DatabaseError: self.init(error, at: path)
        case let error as StoredFormError: self = .damaged(path, "what it holds cannot be read: \(error)")
        case let error as RowDecodingError: self = .damaged(path, "a column holds something else: \(error)")
        default: self.init(.inputOutput, "\(path) cannot be used: \(error).")
        }
    }

    private init(_ error: DatabaseError, at path: String) {
        let said = "SQLite: \(error.message ?? "no message"), code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        // The index of the log could not grow: on a full disk that comes before any write that would be told as full.
        case _ where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .noSpace(path, said)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy,
                "\(path) is held by another program, such as a sqlite3 shell or a backup (\(said)). End it."
            )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(
                .readOnly,
                "\(path) cannot be written (\(said)). Make the file and its folder writable for the exporter's user."
            )
        case .SQLITE_FULL:
            self = .noSpace(path, said)
        case .SQLITE_CORRUPT:
            self = .damaged(path, said)
        case .SQLITE_NOTADB:
            self.init(
                .foreign,
                """
                \(path) is not a database, or its beginning was overwritten (\(said)). \(Self.remedy)
                """
            )
        case .SQLITE_CANTOPEN:
            self.init(
                .path,
                """
                \(path) cannot be opened (\(said)). It must be a file in a folder in which the exporter's user may \
                make files.
                """
            )
        case .SQLITE_MISUSE:
            self.init(.closed, "\(path) was closed (\(said)).")
        default:
            self.init(.inputOutput, "\(path) cannot be used (\(said)). Check its disk and the kernel's log.")
        }
    }

    private static func noSpace(_ path: String, _ said: String) -> ArchiveError {
        ArchiveError(.full, "No space is left for \(path) (\(said)). Free space on its disk.")
    }

    /// The database does not hold what was written.
    static func damaged(_ path: String, _ what: String) -> ArchiveError {
        ArchiveError(.corrupt, "\(path) is damaged: \(what). \(remedy)")
    }

    private static let remedy = """
        Restore it from a backup, or move it away together with the files that have its name and -wal or -shm behind \
        it: then counters and history begin anew.
        """
}
