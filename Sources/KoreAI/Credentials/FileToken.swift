import Glibc
import Model
import NIOPosix
import Synchronization

/// A ready token in a file, read again when the file changes.
final class FileTokenSource: TokenSource {
    private let file: TokenFile
    private let clock: @Sendable () -> Timestamp
    private let state: Mutex<FileToken>
    /// One caller looks at the file for all.
    private let lock = AsyncLock()

    init(name: String, path: String, clock: @escaping @Sendable () -> Timestamp) {
        self.file = TokenFile(path: path)
        self.clock = clock
        self.state = Mutex(FileToken(credential: name, path: path))
    }

    var origin: String? { file.path }

    func token() async throws -> Secret {
        if case .known(let result) = step() { return try result.get() }
        return try await lock.withLock {
            switch step() {
            case .known(let result):
                return try result.get()
            case .look(let known):
                let file = self.file
                // Files can be slow, and a look is a blocking call.
                let look = try await NIOThreadPool.singleton.runIfActive { file.look(known: known) }
                let now = clock()
                return try state.withLock { $0.saw(look, at: now) }.get()
            }
        }
    }

    func refused(_ token: Secret) {
        state.withLock { $0.refused(token) }
    }

    private func step() -> FileToken.Step {
        let now = clock()
        return state.withLock { $0.step(at: now) }
    }
}

/// The token of a file: when to look at the file again, and what to go by meanwhile.
///
/// Replacing a file can leave it missing or empty for a moment, so the token that was read before stays good for
/// ``grace`` then. After that the file counts: a file that was taken away means that the token is to be gone.
struct FileToken {
    /// What to do for a request.
    enum Step: Hashable {
        /// The token, or why there is none.
        case known(Result<Secret, APIError>)
        /// Look at the file, then tell ``saw(_:at:)``.
        case look(known: FileIdentity?)
    }

    /// The file is looked at no more often, in milliseconds.
    static let lookInterval: Int64 = 1000
    /// How long a token outlives its file, in milliseconds.
    static let grace: Int64 = 60_000

    let credential: String
    let path: String

    private var token: Secret?
    private var identity: FileIdentity?
    private var lastLook: Timestamp?
    /// When the file began to give no token, and why.
    private var fault: (since: Timestamp, error: APIError)?

    init(credential: String, path: String) {
        self.credential = credential
        self.path = path
    }

    func step(at now: Timestamp) -> Step {
        guard let lastLook, (0..<Self.lookInterval).contains(now.milliseconds - lastLook.milliseconds) else {
            return .look(known: identity)
        }
        return .known(outcome(at: now))
    }

    /// Takes in what a look at the file showed.
    ///
    /// - Returns: What to do now, never another look: one that takes long must not lead to the next.
    mutating func saw(_ look: TokenFileLook, at now: Timestamp) -> Result<Secret, APIError> {
        lastLook = now
        switch look {
        case .unchanged:
            fault = nil
        case .content(let identity, let bytes):
            switch read(bytes) {
            case .success(let token):
                self.token = token
                self.identity = identity
                fault = nil
            case .failure(let error):
                note(error, at: now)
            }
        case .tooLarge(let size):
            note(failure("has \(size) bytes, and a token has at most \(TokenFile.largest)"), at: now)
        case .unreadable(let why):
            note(failure("cannot be read: \(why)"), at: now)
        }
        return outcome(at: now)
    }

    /// The platform refused a token: it gets no grace, and the file is looked at before the next request.
    mutating func refused(_ token: Secret) {
        guard token == self.token else { return }
        lastLook = nil
        if fault != nil { self.token = nil }
    }

    private func outcome(at now: Timestamp) -> Result<Secret, APIError> {
        let isInGrace = fault.map { now.milliseconds - $0.since.milliseconds < Self.grace } ?? true
        guard let token, isInGrace else { return .failure(fault?.error ?? failure("was not read")) }
        return .success(token)
    }

    private mutating func note(_ error: APIError, at now: Timestamp) {
        // What is there now is not the file that was read.
        identity = nil
        fault = (fault?.since ?? now, error)
    }

    /// The token in a file's content: visible ASCII without spaces, white space around it dropped.
    private func read(_ bytes: [UInt8]) -> Result<Secret, APIError> {
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        guard !text.isEmpty else { return .failure(failure("is empty")) }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return .failure(failure("holds more than a token: spaces, line ends or other characters inside it"))
        }
        return .success(Secret(text))
    }

    private func failure(_ what: String) -> APIError {
        APIError(
            reason: .auth,
            code: 0,
            message: """
                Credential \(credential): the token file \(path) \(what). Write the JWT alone into it (no "Bearer"), \
                readable for the exporter's user; it is read again within a second
                """
        )
    }
}

/// Tells whether a file is still the one that was read, without reading it.
struct FileIdentity: Sendable, Hashable {
    var device: UInt64
    var inode: UInt64
    var size: Int64
    var modifiedSeconds: Int64
    var modifiedNanoseconds: Int64
}

/// The file that a ready token is read from.
struct TokenFile: Sendable, Hashable {
    /// No token is anywhere near as long.
    static let largest = 65_536

    let path: String

    /// Looks at the file, and reads it where it is not the one that is known. Blocks: not for the cooperative pool.
    func look(known: FileIdentity?) -> TokenFileLook {
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

    private func read(_ descriptor: Int32, identity: FileIdentity) -> TokenFileLook {
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

/// The result of one look at a token file.
enum TokenFileLook: Sendable, Hashable {
    /// It is the file that was read before.
    case unchanged
    case content(FileIdentity, [UInt8])
    /// More than ``TokenFile/largest`` bytes.
    case tooLarge(Int64)
    /// Why it cannot be read, in the system's words.
    case unreadable(String)
}
