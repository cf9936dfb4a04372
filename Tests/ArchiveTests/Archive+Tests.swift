import GRDB
import Model
import Synchronization
import TestSupport
import Tracking

@testable import Archive

extension Archive {
    static func open(
        _ folder: TemporaryFolder,
        retention: Retention = Retention()
    ) async throws(ArchiveError) -> Archive {
        try await open(at: folder.store, retention: retention, logger: .quiet)
    }

    var database: DatabaseQueue {
        get throws { try connection.withLock { $0 }.get().database }
    }

    /// Lets the database have so many pages more than it has. SQLite then says the same as when the disk is full.
    func limit(morePages: Int) async throws {
        try await database.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + morePages)")
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    func pragma(_ name: String) async throws -> String? {
        try await database.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
    }

    /// Polls a target once and commits what came of it.
    @discardableResult
    func commit(of story: inout Story, runs: Int) async throws -> [EndedRun] {
        var outbox = Outbox()
        let ended = story.poll(runs: runs)
        outbox.add(story.tracker, ended: ended)
        if let batch = outbox.take() {
            try await commit(batch, now: story.now.wall)
        }
        return ended
    }
}
