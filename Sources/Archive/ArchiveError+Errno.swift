import Glibc

extension ArchiveError {
    /// The system would not let a file or folder be opened or made.
    init(errno code: Int32, opening path: String) {
        let system = String(cString: strerror(code))
        switch code {
        case EACCES, EPERM, EROFS:
            self.init(
                .readOnly,
                """
                \(path) cannot be written (\(system)). The exporter keeps its counters in this folder: make it \
                writable for its user, or give another folder with --storage.path.
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
