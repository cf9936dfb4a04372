import GRDB
import KoreAI
import Model
import TestSupport
import Testing
import Tracking

@testable import Archive

struct RepetitionLogTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = TemporaryFolder()
    }

    /// Polls each target once more, with nothing new to tell.
    private func `repeat`(_ stories: inout [Story], into outbox: inout Outbox) throws {
        for index in stories.indices {
            let before = stories[index].tracker
            _ = stories[index].poll()
            let moment = try #require(stories[index].tracker.repetition(of: before))
            outbox.add(stories[index].target, repeatedAt: moment)
        }
    }

    /// The same, in one commit.
    private func `repeat`(_ stories: inout [Story], in archive: Archive) async throws {
        var outbox = Outbox()
        try self.repeat(&stories, into: &outbox)
        try await archive.commit(try outbox.takeRequired())
    }

    private func expect(_ stories: [Story], in archive: Archive) async throws {
        let loaded = try await archive.load(stories.map(\.target)).trackers
        #expect(loaded == Dictionary(uniqueKeysWithValues: stories.map { ($0.target, $0.tracker) }))
    }

    @Test("a state and its repetitions come back as one, also after states were written between them")
    func reload() async throws {
        var stories = (1...3).map { Story(bot: $0) }
        let archive = try await Archive.open(folder)
        for index in stories.indices { try await archive.commit(of: &stories[index], runs: 1) }
        try await self.repeat(&stories, in: archive)
        try await expect(stories, in: archive)
        try await archive.commit(of: &stories[1], runs: 1)
        var some = Array(stories[1...])
        try await self.repeat(&some, in: archive)
        stories[1...] = some[...]
        try await expect(stories, in: archive)
        try await archive.close()
        let again = try await Archive.open(folder)
        try await expect(stories, in: again)
        try await self.repeat(&stories, in: again)
        try await expect(stories, in: again)
    }

    @Test("the log stays small, and tells of a target that has been silent for long, over a restart too")
    func bounded() async throws {
        var stories = (1...2).map { Story(bot: $0) }
        var archive = try await Archive.open(folder)
        for index in stories.indices { try await archive.commit(of: &stories[index], runs: 0) }
        try await self.repeat(&stories, in: archive)
        for round in 1...600 {
            var talking = [stories[0]]
            try await self.repeat(&talking, in: archive)
            stories[0] = talking[0]
            guard round.isMultiple(of: 250) else { continue }
            try await expect(stories, in: archive)
            try await archive.close()
            archive = try await Archive.open(folder)
        }
        try await expect(stories, in: archive)
        #expect(try await archive.count("repetition") == Int(RepetitionLog.rows))
    }

    @Test("a commit that fails leaves the log as it was, and comes again")
    func failure() async throws {
        var stories = (1...40).map { Story(bot: $0) }
        let archive = try await Archive.open(folder)
        for index in stories.indices { try await archive.commit(of: &stories[index], runs: 0) }
        try await self.repeat(&stories, in: archive)
        let stored = stories
        try await archive.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        var outbox = Outbox()
        try self.repeat(&stories, into: &outbox)
        let batch = try outbox.takeRequired()
        await #expect(throws: ArchiveError.self) { try await archive.commit(batch) }
        try await expect(stored, in: archive)
        outbox.failed()
        try await archive.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
        try await archive.commit(try outbox.takeRequired())
        try await expect(stories, in: archive)
    }

    @Test("a repetition of a state that is not in the store is an error that asks for a new database")
    func missing() async throws {
        var stories = [Story(bot: 1)]
        var outbox = Outbox()
        try self.repeat(&stories, into: &outbox)
        let archive = try await Archive.open(folder)
        let batch = try outbox.takeRequired()
        let error = await #expect(throws: ArchiveError.self) { try await archive.commit(batch) }
        #expect(error?.reason == .corrupt)
        #expect(error?.reason.needsNewDatabase == true)
    }

    @Test("a target whose last reply is told by a repetition alone is kept as long as that is young")
    func purging() async throws {
        var stories = [Story(bot: 1)]
        let archive = try await Archive.open(folder, retention: Retention(retired: .seconds(3600)))
        try await archive.commit(of: &stories[0], runs: 1)
        try await self.repeat(&stories, in: archive)
        let last = stories[0].now.wall
        #expect(try await archive.purge(except: [], now: last.adding(.seconds(3590))) == 0)
        try await expect(stories, in: archive)
        #expect(try await archive.purge(except: [], now: last.adding(.seconds(3601))) == 1)
        // Back after that, it begins anew, and nothing old is taken for its own.
        try await archive.commit(of: &stories[0], runs: 0)
        try await self.repeat(&stories, in: archive)
        try await expect(stories, in: archive)
    }

    @Test("repetitions of several starts of the machine, with clocks that jump, are read as they were written")
    func roundTrip() throws {
        let moments = [
            ClockReading(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5, boot: 1),
            ClockReading(wall: Timestamp(milliseconds: -7), uptime: .max, boot: 1),
            ClockReading(wall: Timestamp(milliseconds: .max), uptime: .min, boot: .max),
        ]
        let written = StoredRepetitions(moments.enumerated().map { Repetition(target: Int64($0), moment: $1) })
        let read = try StoredRepetitions(written.bytes)
        #expect(Set(read.repetitions) == Set(written.repetitions))
        #expect(throws: StoredFormError.self) { try StoredRepetitions(written.bytes.dropLast() + [0]) }
        #expect(throws: StoredFormError.self) { try StoredRepetitions([UInt8]()) }
    }
}
