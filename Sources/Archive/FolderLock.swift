import Glibc

/// Keeps a second exporter off the store, for as long as it lives.
///
/// The kernel frees it when the process ends, however it ends. It does not keep readers of the database off.
final class FolderLock: Sendable {
    /// Together a second.
    private static let mostRetries = 20
    /// Milliseconds.
    private static let retryInterval: Int32 = 50

    private let path: String
    private let file: Int32

    /// Blocks for up to a second where another process has it.
    ///
    /// - Throws: ``ArchiveError/Reason/locked`` with the process that has it, or why the lock file cannot be opened.
    init(at path: String) throws(ArchiveError) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ArchiveError(errno: errno, opening: path) }
        var failure: Int32 = 0
        // One that just ended may still be held for a moment by a child process that it was starting.
        for attempt in 0...Self.mostRetries {
            failure = flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno
            guard failure == EWOULDBLOCK, attempt < Self.mostRetries else { break }
            poll(nil, 0, Self.retryInterval)
        }
        guard failure == 0 else {
            let holder = Self.holder(file)
            close(file)
            guard failure == EWOULDBLOCK else { throw ArchiveError(errno: failure, opening: path) }
            throw ArchiveError(
                .locked,
                """
                \(path) is locked: another exporter\(holder.map { " (process \($0))" } ?? "") uses this store. \
                Stop it, or give this one another folder with --storage.path.
                """
            )
        }
        // Only for the message above: where it cannot be written, as on a full disk, the lock holds all the same.
        ftruncate(file, 0)
        let text = "\(getpid())\n"
        _ = text.utf8.withContiguousStorageIfAvailable { pwrite(file, $0.baseAddress, $0.count, 0) }
        self.path = path
        self.file = file
    }

    /// Whether the file of the lock is still at its path, so that another process meets it there.
    var isInForce: Bool {
        var own = stat()
        var found = stat()
        return fstat(file, &own) == 0 && stat(path, &found) == 0 && own.st_dev == found.st_dev
            && own.st_ino == found.st_ino
    }

    deinit {
        close(file)
    }

    private static func holder(_ file: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(file, &bytes, bytes.count, 0)
        return Int(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self))
    }
}
