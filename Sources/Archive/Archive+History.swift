import GRDB
import Tracking

extension Archive {
    /// The last runs and jobs of all targets of a bot, the latest first.
    package func runs(ofBot bot: String, limit: Int) async throws(ArchiveError) -> [HistoryEntry] {
        try await perform { _, database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT outcome, started, ended, duration, bound, bot, collector, language, state
                    FROM run JOIN target ON target.id = run.target
                    WHERE bot = ? ORDER BY ended DESC, number DESC LIMIT ?
                    """,
                arguments: [bot, max(0, limit)]
            )
            var entries: [HistoryEntry] = []
            while let row = try rows.next() {
                guard let target = try Target(row, at: 5) else { continue }
                entries.append(HistoryEntry(target: target, run: try EndedRun(row)))
            }
            return entries
        }
    }

    /// What the exporter did last for a bot by itself, the latest first.
    package func actions(ofBot bot: String, limit: Int) async throws(ArchiveError) -> [ActionEntry] {
        try await perform { _, database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT at, bot, action, language, cause, outcome, error FROM action
                    WHERE bot = ? ORDER BY at DESC LIMIT ?
                    """,
                arguments: [bot, max(0, limit)]
            )
            var entries: [ActionEntry] = []
            while let row = try rows.next() { entries.append(try ActionEntry(row)) }
            return entries
        }
    }
}
