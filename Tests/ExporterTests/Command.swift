import Foundation
import TestSupport
import Testing

/// The exporter's program, run as a user runs it.
struct Command {
    struct Result {
        var exitCode: Int32
        var output: String
        var errors: String
    }

    private let process = Process()
    private let folder: URL

    /// Starts the program that was built beside the tests.
    init(_ arguments: [String]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(filePath: tests).deletingLastPathComponent().appending(path: "koreai-exporter")
        process.arguments = arguments
        // Where its store is, unless the arguments say otherwise.
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(folder.appending(path: "output"))
        process.standardError = try Self.file(folder.appending(path: "errors"))
    }

    /// Runs it to its end.
    static func run(_ arguments: [String]) async throws -> Result {
        try await Command(arguments).result { _ in }
    }

    /// Runs it, and `body` beside it, to its end.
    func result(_ body: @escaping @Sendable (Command) async throws -> Void) async throws -> Result {
        defer { try? FileManager.default.removeItem(at: folder) }
        let exitCodes = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            exitCodes.continuation.yield(
                process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
            )
            exitCodes.continuation.finish()
        }
        try process.run()
        do {
            try await body(self)
        } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
        let exitCode = await exitCodes.stream.first { _ in true } ?? -1
        return Result(exitCode: exitCode, output: output, errors: errors)
    }

    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// The most memory that it has had so far, in bytes; `nil` once it has ended.
    ///
    /// Source: `proc(5)`, `VmHWM` in `/proc/PID/status`.
    var peakMemory: Int? {
        let path = "/proc/\(process.processIdentifier)/status"
        guard process.isRunning, let status = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) }.map { $0 << 10 }
    }

    /// Whether it handles or ignores a signal, which would otherwise end it.
    ///
    /// Source: `proc(5)`, `SigIgn` and `SigCgt` in `/proc/PID/status`.
    func handles(_ signal: Int32) -> Bool {
        let path = "/proc/\(process.processIdentifier)/status"
        guard let status = try? String(contentsOfFile: path, encoding: .utf8) else { return false }
        return status.matches(of: /Sig(?:Ign|Cgt):\s+([0-9a-f]+)/).contains { match in
            (UInt64(match.1, radix: 16) ?? 0) >> UInt64(signal - 1) & 1 == 1
        }
    }

    /// Waits until a text stands in its log.
    func waitFor(_ text: String) async throws {
        try await eventually("the log has \(text)", within: .seconds(120)) { errors.contains(text) }
    }

    var output: String { (try? String(contentsOf: folder.appending(path: "output"), encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOf: folder.appending(path: "errors"), encoding: .utf8)) ?? "" }

    private static func file(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }
}
