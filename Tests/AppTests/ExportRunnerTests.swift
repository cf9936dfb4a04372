import Foundation
import KoreAI
import Model
import Testing

@testable import App
@testable import Polling
@testable import Simulator

/// Exports that a command starts, and their files, on a simulated platform over real sockets.
@Suite(.serialized)
final class ExportRunnerTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
    private var file: String { folder.appending(path: "a.csv").path }
    private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func bot(_ change: (inout Scenario.Bot) -> Void = { _ in }) -> Scenario.Bot {
        TestPlatform.bot {
            $0.onExport = Scenario.Export(takes: .fixed(.milliseconds(200)))
            change(&$0)
        }
    }

    @Test("an export is started, waited for also while its status call fails, and its file is written whole")
    func done() async throws {
        try await TestPlatform.with(bot { $0.exportStatusErrors = 2 }) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: file)
            #expect(report.outcome == .done)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.hasPrefix("Utterance,Intent\r\n") && text.hasSuffix("\r\n"))
            #expect(report.bytes == text.utf8.count)
            #expect(files == ["a.csv"])
        }
    }

    @Test(
        "the file of an older export is never taken for the new one's, however alike they are",
        arguments: [
            Scenario.ExportIdentity.new, .reused, .stale,
        ]
    )
    func older(identity: Scenario.ExportIdentity) async throws {
        try await TestPlatform.with(bot { $0.exportIdentity = identity }) { platform in
            try platform.simulator.startExport("a", takes: .zero)
            let report = try await platform.run(.export(.configured, .json), file: file)
            #expect(report.outcome == .done)
            #expect(platform.starts == 2)
            // The old one wrote CSV.
            _ = try JSONDecoder().decode([[String: String]].self, from: Data(contentsOf: URL(filePath: file)))
        }
    }

    @Test("an export that fails writes nothing and leaves a file that was there alone")
    func failed() async throws {
        try Data("before".utf8).write(to: URL(filePath: file))
        try await TestPlatform.with(bot { $0.onExport.outcome = .failed }) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: file)
            #expect(report.outcome == .failed(.failed))
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "before")
        #expect(files == ["a.csv"])
    }

    @Test("an empty link is no file, after it was asked for again")
    func emptyLink() async throws {
        try await TestPlatform.with(bot { $0.onExport.file = false }) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: file)
            #expect(report.outcome.word == "no_file")
            #expect(files.isEmpty)
        }
    }

    @Test("a download that breaks off half-way is tried again, and never leaves half a file")
    func broken() async throws {
        try await TestPlatform.with(bot { $0.brokenDownloads = 2 }) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: file)
            #expect(report.outcome == .done)
            #expect(files == ["a.csv"])
        }
        try Data("before".utf8).write(to: URL(filePath: file))
        try await TestPlatform.with(bot { $0.brokenDownloads = 9 }) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: file)
            #expect(report.outcome.word == "no_file")
            let sentence = report.outcome.sentence(of: "export")
            #expect(!sentence.contains("_simulator"), "no part of the link is shown: \(sentence)")
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "before")
        #expect(files == ["a.csv"])
    }

    @Test("a large file arrives whole, and what is told on the way counts its bytes")
    func large() async throws {
        let size = 8 << 20
        try await TestPlatform.with(bot { $0.onExport.fileSize = size }) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: file)
            #expect(report.outcome == .done)
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.size] as? Int == report.bytes)
            #expect(try #require(report.bytes) >= size)
        }
    }

    @Test("a file that cannot be written any more is told of with its place")
    func unwritable() async throws {
        let gone = folder.appending(path: "gone")
        try FileManager.default.createDirectory(at: gone, withIntermediateDirectories: true)
        try await TestPlatform.with(bot()) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: gone.path + "/a.csv") { update, _ in
                guard case .accepted = update else { return }
                try FileManager.default.removeItem(at: gone)
            }
            #expect(report.outcome.sentence(of: "export").contains("gone/a.csv cannot be made: No such file"))
            #expect(report.outcome.exitCode == 8)
        }
    }

    @Test("a FIFO gets the whole file, also after a download that broke off, and stays a FIFO")
    func fifo() async throws {
        let fifo = folder.appending(path: "fifo").path
        mkfifo(fifo, 0o600)
        let contents = AsyncStream.makeStream(of: Data.self)
        Thread.detachNewThread {
            contents.continuation.yield(FileHandle(forReadingAtPath: fifo)?.readDataToEndOfFile() ?? Data())
        }
        try await TestPlatform.with(bot { $0.brokenDownloads = 1 }) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: fifo)
            #expect(report.outcome == .done)
            let text = String(decoding: await contents.stream.first { _ in true } ?? Data(), as: UTF8.self)
            #expect(text.hasPrefix("Utterance,Intent\r\n") && text.hasSuffix("\r\n"))
            #expect(report.bytes == text.utf8.count)
        }
        var status = stat()
        #expect(lstat(fifo, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        #expect(files == ["fifo"])
    }

    @Test("a FIFO that nothing reads ends the command with the time to wait")
    func unreadFIFO() async throws {
        let fifo = folder.appending(path: "fifo").path
        mkfifo(fifo, 0o600)
        try await TestPlatform.with(bot()) { platform in
            let report = try await platform.run(.export(.configured, .csv), file: fifo, timeout: .seconds(3))
            #expect([3, 8].contains(report.outcome.exitCode), "\(report.outcome)")
        }
    }
}
