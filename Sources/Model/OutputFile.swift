import Glibc
import Synchronization

/// What is written to a place whole or not at all.
///
/// Its parts are written one after another by one thread, into a file aside: beside a regular file, whose place it takes
/// once it is whole; for a device, a FIFO and standard output among the temporary files, from where it is copied.
package final class OutputFile: Sendable {
    /// The wait between two looks at a FIFO that has no reader or no room, in milliseconds.
    private static let lookInterval: Int32 = 100
    /// What a pipe that has room takes without blocking.
    private static let pipePart = 4096

    private let place: OutputPlace
    private let partPath: String
    private let part: Int32
    private let written = Atomic<Int>(0)
    private let firstByte = Atomic<UInt8>(0)
    private let lastByte = Atomic<UInt8>(0)
    private let isKept = Atomic<Bool>(false)
    private let isStopped = Atomic<Bool>(false)

    /// Begins the file; blocks.
    ///
    /// - Throws: Why it cannot be made.
    package init(for place: OutputPlace) throws(OutputError) {
        self.place = place
        let name = ".koreai-exporter.\(UInt64.random(in: .min ... .max)).part"
        var status = stat()
        let isNew = place.kind == .file && stat(place.file, &status) != 0
        let folder = place.kind == .file ? OutputPlace.folder(of: place.file) : Self.temporaryFolder
        partPath = folder + name
        // Until it is whole, others may read no more than they may of the file that it replaces.
        part = open(partPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, isNew ? 0o666 : 0o600)
        guard part >= 0 else { throw OutputError(place.kind == .file ? place.path : folder, "cannot be made", errno) }
        if place.kind != .file { unlink(partPath) }
    }

    private static var temporaryFolder: String {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        return folder.isEmpty ? "/tmp/" : folder.hasSuffix("/") ? folder : folder + "/"
    }

    /// Bytes so far.
    package var bytes: Int { written.load(ordering: .relaxed) }

    /// The first and the last byte that are no white space; 0 where there is none.
    package var ends: (first: UInt8, last: UInt8) {
        (firstByte.load(ordering: .relaxed), lastByte.load(ordering: .relaxed))
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        var left = bytes[...]
        while !left.isEmpty {
            let count = Glibc.write(part, UnsafeRawBufferPointer(rebasing: left).baseAddress, left.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw OutputError("\(place)", "cannot be written", errno) }
            left = left.dropFirst(count)
        }
        written.add(bytes.count, ordering: .relaxed)
        if firstByte.load(ordering: .relaxed) == 0, let byte = bytes.first(where: { $0 > 0x20 }) {
            firstByte.store(byte, ordering: .relaxed)
        }
        if let byte = bytes.last(where: { $0 > 0x20 }) { lastByte.store(byte, ordering: .relaxed) }
    }

    /// Puts what is whole in its place; blocks, at a FIFO until it is read or ``stop()`` is called.
    package func keep() throws(OutputError) {
        if place.kind == .file { try replace() } else { try copy() }
    }

    /// Ends a wait in ``keep()``.
    package func stop() {
        isStopped.store(true, ordering: .relaxed)
    }

    private func replace() throws(OutputError) {
        var status = stat()
        if stat(place.file, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw OutputError("\(place.path) was a file, and something else took its place meanwhile")
            }
            // Another owner's file stays theirs where this process may give files away, and in its group else.
            if fchown(part, status.st_uid, status.st_gid) != 0 { _ = fchown(part, .max, status.st_gid) }
            fchmod(part, status.st_mode & 0o7777)
        }
        guard fsync(part) == 0, rename(partPath, place.file) == 0 else {
            throw OutputError(place.path, "cannot be put in its place", errno)
        }
        isKept.store(true, ordering: .relaxed)
        let folder = open(OutputPlace.folder(of: place.file), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private func copy() throws(OutputError) {
        let stream = try openStream()
        defer { if stream != STDOUT_FILENO { close(stream) } }
        var buffer = [UInt8](repeating: 0, count: Self.pipePart)
        var offset: off_t = 0
        while true {
            let count = pread(part, &buffer, buffer.count, offset)
            guard count > 0 else { return }
            offset += off_t(count)
            try copy(buffer[..<count], to: stream)
        }
    }

    private func copy(_ bytes: ArraySlice<UInt8>, to stream: Int32) throws(OutputError) {
        var left = bytes
        while !left.isEmpty {
            try waitForRoom(stream)
            let count = left.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { throw OutputError("\(place)", "cannot be written", errno) }
            left = left.dropFirst(count)
        }
    }

    private func waitForRoom(_ stream: Int32) throws(OutputError) {
        while true {
            try checkStopped()
            var polled = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
            if poll(&polled, 1, Self.lookInterval) > 0 { return }
        }
    }

    /// A FIFO can be opened once something reads it.
    private func openStream() throws(OutputError) -> Int32 {
        guard place.kind == .stream else { return STDOUT_FILENO }
        while true {
            try checkStopped()
            let stream = open(place.file, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
            if stream >= 0 { return stream }
            guard errno == ENXIO || errno == EINTR else { throw OutputError(place.path, "cannot be opened", errno) }
            poll(nil, 0, Self.lookInterval)
        }
    }

    private func checkStopped() throws(OutputError) {
        if isStopped.load(ordering: .relaxed) { throw OutputError("\(place) was not read to the end") }
    }

    deinit {
        close(part)
        if place.kind == .file, !isKept.load(ordering: .relaxed) { unlink(partPath) }
    }
}
