import Glibc
import Synchronization

/// A file that is there whole or not at all: it is written beside its place and moved there once it is complete.
///
/// Its parts are written one after another by one thread; ``bytes`` may be asked by any.
package final class PartFile: Sendable {
    private let path: String
    private let partPath: String
    private let file: Int32
    private let written = Atomic<Int>(0)
    /// The last byte that is no white space, for ``FileVerdict``.
    private let lastByte = Atomic<UInt8>(0)
    private let firstByte = Atomic<UInt8>(0)
    private let isKept = Atomic<Bool>(false)

    /// Begins the file; blocks.
    ///
    /// - Throws: ``DownloadError`` where it cannot be made.
    package init(for path: String) throws(DownloadError) {
        self.path = path
        let name = path.split(separator: "/").last.map(String.init) ?? "file"
        partPath = Self.folder(of: path) + ".\(name).\(UInt32.random(in: .min ... .max)).part"
        file = open(partPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw Self.error("cannot be made", path) }
    }

    /// Bytes so far.
    var bytes: Int { written.load(ordering: .relaxed) }

    /// The first and the last byte that are no white space; 0 where there is none.
    var ends: (first: UInt8, last: UInt8) {
        (firstByte.load(ordering: .relaxed), lastByte.load(ordering: .relaxed))
    }

    package func write(_ part: UnsafeRawBufferPointer) throws(DownloadError) {
        var left = part[...]
        while !left.isEmpty {
            let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: left).baseAddress, left.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.error("cannot be written", path) }
            left = left.dropFirst(count)
        }
        written.add(part.count, ordering: .relaxed)
        if firstByte.load(ordering: .relaxed) == 0, let byte = part.first(where: { $0 > 0x20 }) {
            firstByte.store(byte, ordering: .relaxed)
        }
        if let byte = part.last(where: { $0 > 0x20 }) { lastByte.store(byte, ordering: .relaxed) }
    }

    /// Puts the file in its place, over one that is there, and on the disk; blocks.
    package func keep() throws(DownloadError) {
        guard fsync(file) == 0, rename(partPath, path) == 0 else {
            throw Self.error("cannot be put in its place", path)
        }
        isKept.store(true, ordering: .relaxed)
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    deinit {
        close(file)
        if !isKept.load(ordering: .relaxed) { unlink(partPath) }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    }

    private static func error(_ what: String, _ path: String) -> DownloadError {
        DownloadError("\(path) \(what): \(String(cString: strerror(errno)))")
    }
}
