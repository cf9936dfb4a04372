#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file of the disk, read with the system's own calls. Blocking, and short: settings are read at start and reload.
enum DiskFile {
    /// Reads the beginning of a file, at most `limit` bytes.
    ///
    /// - Parameter onlyRegular: Whether to refuse what is not a regular file. The settings themselves may come from
    ///   `/dev/stdin`.
    static func bytes(of path: String, limit: Int, onlyRegular: Bool) -> Result<[UInt8], FileProblem> {
        guard !path.isEmpty, !path.utf8.contains(0) else { return .failure(.missing) }
        if onlyRegular {
            // Asked before opening: to open a pipe waits for its other end.
            var status = stat()
            guard stat(path, &status) == 0 else { return .failure(problem(errno)) }
            guard status.st_mode & S_IFMT != S_IFDIR else { return .failure(.directory) }
            guard status.st_mode & S_IFMT == S_IFREG else { return .failure(.notAFile) }
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(problem(errno)) }
        defer { close(descriptor) }

        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < limit {
            let count = chunk.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress, min(buffer.count, limit - bytes.count))
            }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(problem(errno))
            }
            if count == 0 { break }
            bytes += chunk.prefix(count)
        }
        return .success(bytes)
    }

    private static func problem(_ code: Int32) -> FileProblem {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .forbidden
        case EISDIR: .directory
        default: .unreadable(code: code)
        }
    }
}
