import Foundation
import KoreAI
import TestSupport
import Testing
import Tracking

@testable import Archive

/// What happens when the database is lost while it is in use: the exporter has everything in memory.
struct ArchiveStartingAnewTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = TemporaryFolder()
    }

    /// As the exporter does: all that is known waits, then there is a new database, then it is committed.
    private func startAnew(_ archive: Archive, with stories: [Story], _ outbox: inout Outbox) async throws {
        outbox.failed()
        for story in stories {
            outbox.add(story.tracker)
        }
        try await archive.startAnew()
        try await archive.commit(try outbox.takeRequired(), now: stories[0].now.wall)
        outbox.committed()
    }

    /// A commit of what the outbox holds, which must fail.
    private func failure(_ archive: Archive, _ outbox: inout Outbox) async throws -> ArchiveError {
        let batch = try outbox.takeRequired()
        let error = await #expect(throws: ArchiveError.self) { try await archive.commit(batch) }
        return try #require(error)
    }

    @Test("after noise over the database all that is known is written anew, and the lost file is kept aside")
    func noise() async throws {
        let archive = try await Archive.open(folder)
        var stories = (1...3).map { Story(bot: $0) }
        for index in stories.indices {
            try await archive.commit(of: &stories[index], runs: 2)
        }
        try folder.overwrite(0..<folder.databaseSize)
        var outbox = Outbox()
        let ended = stories[1].poll(runs: 1)
        outbox.add(stories[1].tracker, ended: ended)
        outbox.set([5], for: "budget")
        let error = try await failure(archive, &outbox)
        #expect(error.reason == .corrupt)
        #expect(error.reason.needsNewDatabase)
        try await startAnew(archive, with: stories, &outbox)
        #expect(outbox.isEmpty)
        let trackers = Dictionary(uniqueKeysWithValues: stories.map { ($0.target, $0.tracker) })
        #expect(try await archive.load(stories.map(\.target)).trackers == trackers)
        #expect(try await archive.runs(of: stories[1].target, limit: 10) == ended)
        #expect(try folder.size(of: ".damaged") > 0)
        let more = try await archive.commit(of: &stories[1], runs: 1)
        try await archive.close()

        let again = try await Archive.open(folder)
        let loaded = try await again.load(stories.map(\.target))
        #expect(loaded.trackers[stories[1].target] == stories[1].tracker)
        #expect(loaded.trackers[stories[2].target] == stories[2].tracker)
        #expect(loaded.values == ["budget": [5]])
        #expect(try await again.runs(of: stories[1].target, limit: 10) == more + ended)
    }

    @Test("a folder that is deleted while in use is made again, and still keeps a second exporter off")
    func deletedFolder() async throws {
        let archive = try await Archive.open(folder)
        let story = Story(bot: 1)
        var outbox = Outbox()
        outbox.add(story.tracker)
        try FileManager.default.removeItem(atPath: folder.store)
        #expect(try await failure(archive, &outbox).reason == .replaced)
        try await startAnew(archive, with: [story], &outbox)
        #expect(try await archive.load([story.target]).trackers == [story.target: story.tracker])
        let second = await #expect(throws: ArchiveError.self) { try await Archive.open(folder) }
        #expect(second?.reason == .locked)
    }

    @Test("where there can be no new database commits go on failing, and it is tried again")
    func impossible() async throws {
        let archive = try await Archive.open(folder)
        var story = Story(bot: 1)
        try await archive.commit(of: &story, runs: 1)
        var outbox = Outbox()
        outbox.add(story.tracker)
        // A file in the folder's place.
        try FileManager.default.moveItem(atPath: folder.store, toPath: folder.path + "/away")
        try Data().write(to: URL(fileURLWithPath: folder.store))
        #expect(try await failure(archive, &outbox).reason == .replaced)
        for _ in 1...2 {
            outbox.failed()
            let error = await #expect(throws: ArchiveError.self) { try await archive.startAnew() }
            #expect(error?.reason == .path)
            let next = try await failure(archive, &outbox)
            #expect(next.reason.needsNewDatabase)
            #expect(!next.message.contains("set aside"), "nothing is there that could have been")
            #expect(next.message.contains("there is no new one: \(folder.store)/koreai-exporter.lock cannot be opened"))
        }
        try FileManager.default.removeItem(atPath: folder.store)
        try await startAnew(archive, with: [story], &outbox)
        #expect(try await archive.load([story.target]).trackers == [story.target: story.tracker])
    }

    @Test("an exporter that took the store meanwhile keeps it")
    func taken() async throws {
        let archive = try await Archive.open(folder)
        var story = Story(bot: 1)
        try FileManager.default.removeItem(atPath: folder.store)
        let other = try await Archive.open(folder)
        try await other.commit(of: &story, runs: 1)
        let error = await #expect(throws: ArchiveError.self) { try await archive.startAnew() }
        #expect(error?.reason == .locked)
        try await archive.close()
        #expect(try folder.size(of: "-wal") > 0)
        try await other.commit(of: &story, runs: 1)
        #expect(try await other.load([story.target]).trackers == [story.target: story.tracker])
    }
}
