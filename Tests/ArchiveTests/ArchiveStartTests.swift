import Foundation
import GRDB
import TestSupport
import Testing
import Tracking

@testable import Archive

/// What the user sees when the store cannot be used at start.
struct ArchiveStartTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = TemporaryFolder()
    }

    private func failure(at path: String? = nil) async -> ArchiveError? {
        do throws(ArchiveError) {
            let archive = try await Archive.open(at: path ?? folder.store, logger: .quiet)
            _ = try await archive.load([Story(bot: 1).target])
            return nil
        } catch {
            return error
        }
    }

    /// A store with a target and enough history to have many pages, not open.
    private func fill() async throws {
        let archive = try await Archive.open(folder)
        for bot in 1...40 {
            var story = Story(bot: bot)
            try await archive.commit(of: &story, runs: 20)
        }
        try await archive.close()
    }

    @Test("a second exporter is refused, with the process that has the store, and let in when that has ended")
    func locked() async throws {
        let first = try await Archive.open(folder)
        let error = try #require(await failure())
        #expect(error.reason == .locked)
        #expect(
            error.message == """
                \(folder.store)/koreai-exporter.lock is locked: another exporter (process \(getpid())) uses this \
                store. Stop it, or give this one another folder with --storage.path.
                """
        )
        try await first.close()
        #expect(await failure() == nil)
    }

    @Test("a store that is let go of without being closed is free")
    func released() async throws {
        do {
            _ = try await Archive.open(folder)
        }
        #expect(await failure() == nil)
    }

    @Test("a folder that cannot be written is named, with the option that gives another")
    func readOnly() async throws {
        // Permissions do not keep root off; nobody can make files there.
        let error = try #require(await failure(at: "/sys"))
        #expect(error.reason == .readOnly)
        #expect(error.message.hasPrefix("/sys/koreai-exporter.lock cannot be written ("))
        #expect(error.message.contains("--storage.path"))
    }

    @Test("a new store on a full disk is refused, and leaves nothing that hinders the next start")
    func full() async throws {
        for pages: UInt32 in 1...6 {
            do throws(ArchiveError) {
                let archive = try await Archive.open(at: folder.store, mostPages: pages, logger: .quiet)
                try await archive.close()
                Issue.record("\(pages) pages are enough")
            } catch {
                #expect(error.reason == .full)
                #expect(error.message.hasPrefix("No space is left for \(folder.database) (SQLite: "))
                #expect(error.message.hasSuffix("Free space on its disk."))
            }
        }
        #expect(await failure() == nil)
    }

    @Test("a path through a file, or in a folder that is not there, is named")
    func badPath() async throws {
        let file = folder.path + "/file"
        try Data("text".utf8).write(to: URL(fileURLWithPath: file))
        for path in [file, file + "/data", folder.path + "/missing/data"] {
            let error = try #require(await failure(at: path))
            #expect(error.reason == .path)
            #expect(error.message.contains(path))
            #expect(error.message.contains("--storage.path"))
        }
    }

    @Test("a path with a slash at its end is the same folder")
    func slash() async throws {
        let archive = try await Archive.open(at: folder.store + "/", logger: .quiet)
        #expect(await failure()?.reason == .locked)
        try await archive.close()
    }

    @Test("a database overwritten with noise is refused and left as it is")
    func noise() async throws {
        try await fill()
        try folder.overwrite(0..<folder.databaseSize)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.database))
        let error = try #require(await failure())
        #expect(error.reason == .foreign)
        #expect(error.message.hasPrefix("\(folder.database) is not a database, or its beginning was overwritten"))
        #expect(error.message.contains("Restore it from a backup, or move it away"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == before)
    }

    @Test("noise in any page of the database is found at start", arguments: 0..<20)
    func noiseInAPage(place: Int) async throws {
        try await fill()
        let page = try folder.databaseSize / 1024 * place / 20
        try folder.overwrite(page * 1024..<(page + 1) * 1024, seed: UInt64(place + 1))
        let error = try #require(await failure())
        #expect([.corrupt, .foreign].contains(error.reason))
        #expect(error.message.contains(folder.database))
        #expect(error.message.contains("Restore it from a backup, or move it away"))
    }

    @Test("a state that was changed by one bit is found when it is read, and named")
    func changedState() async throws {
        var story = Story(bot: 1)
        let archive = try await Archive.open(folder)
        try await archive.commit(of: &story, runs: 2)
        var stored = story.tracker.stored
        stored[stored.count / 2] ^= 1
        try await archive.database.write { [stored] database in
            try database.execute(sql: "UPDATE target SET content = ?", arguments: [Data(stored)])
        }
        try await archive.close()
        let error = try #require(await failure())
        #expect(error.reason == .corrupt)
        #expect(error.message.contains("the state of bot-1/ml_training/en/published cannot be read: its checksum"))
        #expect(error.message.contains("Restore it from a backup, or move it away"))
    }

    @Test("a text file in the database's place is no database")
    func textFile() async throws {
        try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: true)
        try Data(String(repeating: "no database\n", count: 100).utf8).write(to: URL(fileURLWithPath: folder.database))
        #expect(await failure()?.reason == .foreign)
    }

    @Test("another program's database is refused and left as it is")
    func otherProgram() async throws {
        try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: true)
        let other = try DatabaseQueue(path: folder.database)
        try await other.write { try $0.execute(sql: "CREATE TABLE song (title TEXT)") }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.database))
        let error = try #require(await failure())
        #expect(error.reason == .foreign)
        #expect(error.message.hasPrefix("\(folder.database) is a database of another program."))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == before)
    }

    @Test("a database that a newer version made is refused")
    func newer() async throws {
        let archive = try await Archive.open(folder)
        try await archive.database.write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99: from the future')")
        }
        try await archive.close()
        let error = try #require(await failure())
        #expect(error.reason == .newer)
        #expect(error.message.hasPrefix("\(folder.database) was made by a newer version of the exporter"))
    }

    @Test("a store whose first start was cut off before it had tables is made anew")
    func firstStartCutOff() async throws {
        try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: true)
        let half = try DatabaseQueue(path: folder.database)
        try await half.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try database.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try half.close()
        #expect(await failure() == nil)
    }
}
