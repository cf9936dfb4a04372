import NIOPosix
import Secrets
import Synchronization

/// A ready token in a file, read again when the file changes.
final class FileTokenSource: TokenSource {
    private let file: TokenFile
    private let clock: @Sendable () -> Timestamp
    private let state: Mutex<FileToken>
    private let flight = SingleFlight()

    init(name: String, path: String, clock: @escaping @Sendable () -> Timestamp) {
        self.file = TokenFile(path: path)
        self.clock = clock
        self.state = Mutex(FileToken(credential: name, path: path))
    }

    var origin: String? { file.path }

    func token() async throws -> Secret {
        try await flight {
            guard case .known(let result) = step() else { return nil }
            return try result.get()
        } make: {
            switch step() {
            case .known(let result):
                return try result.get()
            case .look(let known):
                let file = self.file
                // Files can be slow, and a look is a blocking call.
                let sight = try await NIOThreadPool.singleton.runIfActive { file.look(known: known) }
                let now = clock()
                return try state.withLock { $0.saw(sight, at: now) }.get()
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
