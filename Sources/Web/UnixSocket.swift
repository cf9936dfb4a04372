import Glibc

/// The file of a Unix socket that the exporter listens on.
enum UnixSocket {
    /// Lets the owner and its group connect. Before it is set, only the owner can, with the usual umask of 022.
    static let mode: mode_t = 0o660

    /// Removes the socket of a process that has ended. Blocks only for the file system.
    ///
    /// - Throws: ``ListenError`` if a process listens there, or the file is not a socket.
    static func removeStale(at path: String, of address: ListenAddress) throws(ListenError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK, !isAlive(path) else {
            throw ListenError(address: address, errnoCode: EADDRINUSE)
        }
        unlink(path)
    }

    /// Whether a process accepts connections at the socket, even if its queue is full.
    private static func isAlive(_ path: String) -> Bool {
        let descriptor = socket(
            AF_UNIX,
            Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue),
            0
        )
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            bytes.copyBytes(from: path.utf8.prefix(bytes.count - 1))
        }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        return result == 0 || errno != ECONNREFUSED
    }
}
