import Glibc

/// The file that a ready token is read from.
struct TokenFile: Sendable, Hashable {
    /// No token is anywhere near as long.
    static let largest = 65_536

    let path: String

    /// Looks at the file, and reads it where it is not the one that is known. Blocks: not for the cooperative pool.
    func look(known: FileIdentity?) -> TokenFileSight {
        var info = stat()
        guard stat(path, &info) == 0 else { return .unreadable(systemError) }
        if let known, known == FileIdentity(info) { return .unchanged }

        // A pipe or a device must not block: such a file is turned down below.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .unreadable(systemError) }
        defer { close(descriptor) }
        guard fstat(descriptor, &info) == 0 else { return .unreadable(systemError) }
        guard info.st_mode & S_IFMT == S_IFREG else { return .unreadable("it is not a regular file") }
        guard info.st_size <= Self.largest else { return .tooLarge(Int64(info.st_size)) }
        return read(descriptor, identity: FileIdentity(info))
    }

    private func read(_ descriptor: Int32, identity: FileIdentity) -> TokenFileSight {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while content.count <= Self.largest {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return .unreadable(systemError) }
            guard count > 0 else { return .content(identity, content) }
            content += chunk[..<count]
        }
        return .tooLarge(Int64(content.count))
    }

    private var systemError: String {
        String(cString: strerror(errno))
    }
}

extension FileIdentity {
    fileprivate init(_ info: stat) {
        self.init(
            device: UInt64(info.st_dev),
            inode: UInt64(info.st_ino),
            size: Int64(info.st_size),
            modifiedSeconds: Int64(info.st_mtim.tv_sec),
            modifiedNanoseconds: Int64(info.st_mtim.tv_nsec)
        )
    }
}
