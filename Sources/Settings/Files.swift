/// Reads the files that the settings name: from the disk, or in tests from memory.
package struct SettingsFiles: Sendable {
    /// Returns at most `limit` bytes from the beginning of a file.
    package var read: @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileProblem>

    package init(read: @escaping @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileProblem>) {
        self.read = read
    }
}

extension SettingsFiles {
    /// Reads regular files of the disk. A pipe or a device is refused: it could block, and cannot be read twice.
    package static let disk = SettingsFiles { path, limit in
        DiskFile.bytes(of: path, limit: limit, onlyRegular: true)
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads files of the disk with system calls. It blocks only briefly: settings are read at start and at reload.
enum DiskFile {
    /// Reads the beginning of a file, at most `limit` bytes.
    ///
    /// - Parameter onlyRegular: Whether only a regular file is accepted. The settings may come from `/dev/stdin`.
    static func bytes(of path: String, limit: Int, onlyRegular: Bool) -> Result<[UInt8], FileProblem> {
        guard !path.isEmpty, !path.utf8.contains(0) else { return .failure(.missing) }
        if onlyRegular {
            // Checked before opening, because opening a pipe waits for its other end.
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

/// The reason why a file cannot be read. Its description follows the path: "`ca.pem` does not exist".
package enum FileProblem: Error, Sendable, Hashable {
    case missing
    case forbidden
    case directory
    case notAFile
    /// Any other reason, by its `errno`.
    case unreadable(code: Int32)
}

extension FileProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "does not exist"
        case .forbidden: "cannot be read: permission denied"
        case .directory: "is a directory, not a file"
        case .notAFile: "is not a regular file"
        case .unreadable(let code): "cannot be read (errno \(code))"
        }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The identity, size and times of a file. They differ once the file is replaced or changed.
package struct FileStamp: Sendable, Hashable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let changed: [Int]

    /// - Returns: `nil` if the file does not exist or cannot be checked. Blocks as long as the file system does.
    package init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        changed = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
}
