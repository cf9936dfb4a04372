import Curl
package import Model
import NIOPosix
import Polling

/// Downloads files to the disk, with only a network buffer in memory.
struct Downloader: Sendable {
    static let mostTries = 3
    /// How long a server may send nothing before the download fails.
    private static let longestSilence = Duration.seconds(30)
    /// The time between two checks of the progress.
    private static let checkInterval = Duration.milliseconds(200)

    let curl: CurlClient

    /// - Parameters:
    ///   - link: Requested from its own host only, without the platform's token.
    ///   - notify: Receives the bytes so far.
    /// - Returns: The size of the file in bytes.
    /// - Throws: `CancellationError`. After that, as after a failure, nothing is left on the disk.
    func fetch(
        _ link: Secret,
        to place: OutputPlace,
        as fileType: ExportFileType,
        deadline: ContinuousClock.Instant,
        notify: @Sendable (ActionUpdate) -> Void
    ) async throws -> Result<Int, DownloadError> {
        do {
            let file = try await NIOThreadPool.singleton.runIfActive { try OutputFile(for: place) }
            let response = try await fetch(link, into: file, deadline: deadline, notify: notify)
            if let objection = FileVerdict.objection(to: response, bytes: file.bytes, ends: file.ends, as: fileType) {
                return .failure(objection)
            }
            try await file.kept(until: deadline)
            return .success(file.bytes)
        } catch let error as DownloadError {
            return .failure(error)
        } catch let error as OutputError {
            try Task.checkCancellation()
            return .failure(DownloadError(error.description))
        } catch let error as CurlError {
            return .failure(
                DownloadError("its file could not be downloaded: \(error.message)", isWorthAnotherTry: true)
            )
        }
    }

    private func fetch(
        _ link: Secret,
        into file: OutputFile,
        deadline: ContinuousClock.Instant,
        notify: @Sendable (ActionUpdate) -> Void
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
                notify(.downloading(bytes: file.bytes, of: nil))
                group.addTask { try await Self.nap() }
            }
            throw CancellationError()
        }
    }

    private static func nap() async throws -> CurlResponse? {
        try await Task.sleep(for: checkInterval)
        return nil
    }
}

/// Why the file of an export could not be downloaded, without the link.
package struct DownloadError: Error, Sendable, Hashable {
    /// The rest of a sentence that begins with "the export is done, but".
    package var message: String
    /// Whether another try may succeed.
    package var isWorthAnotherTry: Bool

    package init(_ message: String, isWorthAnotherTry: Bool = false) {
        self.message = message
        self.isWorthAnotherTry = isWorthAnotherTry
    }
}

extension DownloadError: CustomStringConvertible {
    package var description: String { message }
}

/// Checks whether a response was the whole file of an export.
///
/// libcurl compares the length that the server gave with what came, and checks the end of chunked and compressed
/// bodies. That leaves servers that give no length, and those that answer with something else.
enum FileVerdict {
    /// - Parameter ends: The first and the last byte that is not white space; 0 where there is none.
    /// - Returns: What is wrong with the file; `nil` where nothing is.
    static func objection(
        to response: CurlResponse,
        bytes: Int,
        ends: (first: UInt8, last: UInt8),
        as fileType: ExportFileType
    ) -> DownloadError? {
        guard response.status == 200 else {
            return DownloadError(
                "the file's server answers with HTTP \(response.status)",
                isWorthAnotherTry: response.status >= 400 && response.status != 404
            )
        }
        guard bytes > 0 else { return DownloadError("its file is empty", isWorthAnotherTry: true) }
        if response.header("content-type")?.lowercased().contains("html") == true {
            return DownloadError("a page for people came instead of its file: check http.proxy_url")
        }
        let isFramed =
            response.header("content-length") != nil
            || response.header("transfer-encoding")?.lowercased().contains("chunked") == true
        guard isFramed else {
            return DownloadError("its file's server tells no length, so it is not known whether the file is complete")
        }
        if fileType == .json, !isWholeJSON(ends) {
            return DownloadError("its file does not begin and end as JSON does", isWorthAnotherTry: true)
        }
        return nil
    }

    private static func isWholeJSON(_ ends: (first: UInt8, last: UInt8)) -> Bool {
        ends.first == UInt8(ascii: "{") && ends.last == UInt8(ascii: "}")
            || ends.first == UInt8(ascii: "[") && ends.last == UInt8(ascii: "]")
    }
}

extension OutputFile {
    /// Moves the complete file to its place on NIO's thread pool, because that blocks.
    ///
    /// - Parameter deadline: When the reader of a FIFO has to be done; `nil` for no limit.
    /// - Throws: ``OutputError``, also where the task is cancelled meanwhile.
    package func kept(until deadline: ContinuousClock.Instant? = nil) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await withTaskCancellationHandler {
                    try await NIOThreadPool.singleton.runIfActive { try self.keep() }
                } onCancel: {
                    self.stop()
                }
                return true
            }
            if let deadline {
                group.addTask {
                    try? await Task.sleep(until: deadline, clock: .continuous)
                    self.stop()
                    return false
                }
            }
            defer { group.cancelAll() }
            while let isKept = try await group.next(), !isKept {}
        }
    }
}
