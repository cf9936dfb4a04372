import Foundation
import GRDB
import KoreAI
import Model
import TestSupport
import Testing
import Tracking

@testable import Archive

/// What happens when the store fails while it is in use.
struct ArchiveFailureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = TemporaryFolder()
    }

    /// Commits what the outbox has, and tells it how that went.
    private func flush(_ outbox: inout Outbox, to archive: Archive) async -> ArchiveError? {
        guard let batch = outbox.take() else { return nil }
        do throws(ArchiveError) {
            try await archive.commit(batch, now: Timestamp(milliseconds: 1_700_000_000_000))
            outbox.committed()
            return nil
        } catch {
            outbox.failed()
            return error
        }
    }

    @Test("a full disk is said, and when there is space again everything is written")
    func full() async throws {
        let archive = try await Archive.open(folder)
        var stories = (1...100).map { Story(bot: $0) }
        var outbox = Outbox()
        try await archive.limit(morePages: 3)
        for attempt in 1...3 {
            for index in stories.indices {
                let ended = stories[index].poll(runs: 1)
                outbox.add(stories[index].tracker, ended: ended)
            }
            let error = try #require(await flush(&outbox, to: archive))
            #expect(error.reason == .full)
            #expect(error.message.hasPrefix("No space is left for \(folder.database)"), "attempt \(attempt)")
            #expect(error.message.hasSuffix("Free space on its disk."))
            #expect(try await archive.count("target") == 0)
            #expect(try await archive.count("run") == 0)
        }
        try await archive.limit(morePages: 100_000)
        #expect(await flush(&outbox, to: archive) == nil)
        let loaded = try await archive.load(stories.map(\.target))
        #expect(loaded.trackers == Dictionary(uniqueKeysWithValues: stories.map { ($0.target, $0.tracker) }))
        #expect(try await archive.count("run") == 300)
    }

    @Test(
        """
        a database overwritten with noise while in use is said with the next commit; at the next start it is refused, \
        or whole again where the log still had every page
        """,
        arguments: [false, true]
    )
    func noise(logHasEveryPage: Bool) async throws {
        var story = Story(bot: 1)
        if !logHasEveryPage {
            let before = try await Archive.open(folder)
            try await before.commit(of: &story, runs: 1)
            try await before.close()
        }
        let archive = try await Archive.open(folder)
        if logHasEveryPage {
            try await archive.commit(of: &story, runs: 1)
        }
        let committed = story.tracker
        try folder.overwrite(0..<folder.databaseSize)
        let ended = story.poll(runs: 1)
        var outbox = Outbox()
        outbox.add(story.tracker, ended: ended)
        let error = try #require(await flush(&outbox, to: archive))
        #expect(error.reason == .corrupt)
        #expect(error.message.hasPrefix("\(folder.database) is damaged: it does not begin as a database does."))
        #expect(outbox.isReady)
        try? await archive.close()
        do throws(ArchiveError) {
            let loaded = try await Archive.open(folder).load([story.target])
            #expect(logHasEveryPage)
            #expect(loaded.trackers == [story.target: committed])
        } catch {
            #expect(!logHasEveryPage)
            #expect([.corrupt, .foreign].contains(error.reason))
        }
    }

    @Test("a database that is deleted or replaced while in use is said with the next commit", arguments: [false, true])
    func replaced(byAnother: Bool) async throws {
        let archive = try await Archive.open(folder)
        var story = Story(bot: 1)
        try await archive.commit(of: &story, runs: 1)
        try FileManager.default.moveItem(atPath: folder.database, toPath: folder.path + "/away")
        if byAnother {
            try FileManager.default.copyItem(atPath: folder.path + "/away", toPath: folder.database)
        }
        let error = await #expect(throws: ArchiveError.self) { try await archive.commit(of: &story, runs: 1) }
        #expect(error?.reason == .replaced)
        #expect(error?.message.hasPrefix("\(folder.database) was deleted or replaced") == true)
        if byAnother {
            try FileManager.default.removeItem(atPath: folder.database)
        }
        try FileManager.default.moveItem(atPath: folder.path + "/away", toPath: folder.database)
        try await archive.commit(of: &story, runs: 1)
        #expect(try await archive.load([story.target]).trackers == [story.target: story.tracker])
    }

    @Test("a database that cannot be written any more is said, and everything is written when it can be again")
    func readOnly() async throws {
        let archive = try await Archive.open(folder)
        var story = Story(bot: 1)
        try await archive.commit(of: &story, runs: 1)
        // SQLite then says the same as of a disk that the kernel made read-only, which would keep root off, too.
        _ = try await archive.pragma("query_only = 1")
        var outbox = Outbox()
        let ended = story.poll(runs: 1)
        outbox.add(story.tracker, ended: ended)
        let error = try #require(await flush(&outbox, to: archive))
        #expect(error.reason == .readOnly)
        #expect(error.message.hasPrefix("\(folder.database) cannot be written (SQLite: "))
        #expect(!error.reason.needsNewDatabase)
        _ = try await archive.pragma("query_only = 0")
        #expect(await flush(&outbox, to: archive) == nil)
        #expect(try await archive.load([story.target]).trackers == [story.target: story.tracker])
        #expect(try await archive.count("run") == 2)
    }

    @Test("a program that holds the database for longer than the store waits is said, and waited for")
    func busy() async throws {
        let archive = try await Archive.open(folder)
        _ = try await archive.pragma("busy_timeout = 0")
        var story = Story(bot: 1)
        try await archive.commit(of: &story, runs: 1)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let shell = try DatabaseQueue(path: folder.database, configuration: configuration)
        try await shell.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        var outbox = Outbox()
        let ended = story.poll(runs: 1)
        outbox.add(story.tracker, ended: ended)
        let error = try #require(await flush(&outbox, to: archive))
        #expect(error.reason == .busy)
        #expect(error.message.hasPrefix("\(folder.database) is held by another program"))
        try await shell.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(await flush(&outbox, to: archive) == nil)
        #expect(try await archive.load([story.target]).trackers == [story.target: story.tracker])
        #expect(try await archive.count("run") == 2)
    }

    @Test("a program that reads the database beside the exporter hinders neither")
    func reader() async throws {
        let archive = try await Archive.open(folder)
        var story = Story(bot: 1)
        try await archive.commit(of: &story, runs: 1)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: folder.database, configuration: configuration)
        try await reader.writeWithoutTransaction { try $0.execute(sql: "BEGIN; SELECT count(*) FROM run") }
        try await archive.commit(of: &story, runs: 1)
        #expect(try await reader.unsafeRead { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 1)
        try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        #expect(try await reader.unsafeRead { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 2)
    }
}
