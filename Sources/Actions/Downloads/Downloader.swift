import Curl
import NIOPosix
import Secrets

/// Fetches files to the disk, in as much memory as one network buffer takes.
struct Downloader: Sendable {
    static let mostTries = 3
    /// So long a server may send nothing.
    private static let longestSilence = Duration.seconds(30)
    /// Between two looks at how far it is.
    private static let glance = Duration.milliseconds(200)

    let curl: CurlClient

    /// - Parameters:
    ///   - link: Goes to its own host, without the platform's token, and nowhere else.
    ///   - tell: Gets how far it is.
    /// - Returns: How many bytes the file has.
    /// - Throws: `CancellationError`. Nothing is left on the disk then, as after a failure.
    func fetch(
        _ link: Secret,
        to path: String,
        as fileType: ExportFileType,
        deadline: ContinuousClock.Instant,
        tell: @Sendable (ActionSight) -> Void
    ) async throws -> Result<Int, DownloadError> {
        do {
            let file = try await NIOThreadPool.singleton.runIfActive { try PartFile(for: path) }
            let response = try await fetch(link, into: file, deadline: deadline, tell: tell)
            if let objection = FileVerdict.objection(to: response, bytes: file.bytes, ends: file.ends, as: fileType) {
                return .failure(objection)
            }
            try await NIOThreadPool.singleton.runIfActive { try file.keep() }
            return .success(file.bytes)
        } catch let error as DownloadError {
            return .failure(error)
        } catch let error as CurlError {
            return .failure(DownloadError("its file could not be had: \(error.message)", isWorthAnotherTry: true))
        }
    }

    private func fetch(
        _ link: Secret,
        into file: PartFile,
        deadline: ContinuousClock.Instant,
        tell: @Sendable (ActionSight) -> Void
    ) async throws -> CurlResponse {
        try await withThrowingTaskGroup(of: CurlResponse?.self) { group in
            defer { group.cancelAll() }
            let request = CurlRequest(
                url: link.reveal(),
                timeout: deadline - .now,
                maxResponseBytes: .max,
                sink: { try file.write($0) }
            )
            group.addTask { try await curl.perform(request) }
            var last = (bytes: 0, at: ContinuousClock.now)
            group.addTask { try await Self.nap() }
            while let response = try await group.next() {
                if let response { return response }
                let now = ContinuousClock.now
                if file.bytes > last.bytes { last = (file.bytes, now) }
                guard now - last.at < Self.longestSilence else {
                    throw DownloadError("its file's server has sent nothing for 30 seconds", isWorthAnotherTry: true)
                }
                tell(.downloading(bytes: file.bytes, of: nil))
                group.addTask { try await Self.nap() }
            }
            throw CancellationError()
        }
    }

    private static func nap() async throws -> CurlResponse? {
        try await Task.sleep(for: glance)
        return nil
    }
}
