import FoundationEssentials
import GRDB
package import Model
package import Tracking

/// Writes a batch inside a transaction and deletes what the retention no longer keeps.
struct BatchWriter: Sendable {
    var retention: Retention

    /// - Returns: What was written to the log of repetitions, if anything was.
    func write(
        _ batch: Batch,
        now: Timestamp,
        log: inout RepetitionLog,
        to database: Database
    ) throws -> RepetitionLog.Entry? {
        try write(batch.trackers, to: database)
        try write(batch.runs, to: database)
        try write(batch.actions, to: database)
        let value = try database.cachedStatement(
            sql: """
                INSERT INTO value (name, content) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET content = excluded.content
                """
        )
        for (name, content) in batch.values {
            try value.execute(arguments: [name, Data(content)])
        }
        try deleteAged(now: now, in: database)
        return batch.repetitions.isEmpty ? nil : try log.write(batch.repetitions, to: database)
    }

    private func write(_ trackers: [Target: TargetTracker], to database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO target (bot, collector, language, state, last_success, content) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (bot, collector, language, state)
                DO UPDATE SET last_success = excluded.last_success, content = excluded.content
                """
        )
        for (target, tracker) in trackers {
            try statement.execute(
                arguments: [
                    target.bot, target.collector.rawValue, target.language, target.state,
                    tracker.lastSuccess?.milliseconds, Data(tracker.stored),
                ]
            )
        }
    }

    private func write(_ runs: [HistoryEntry], to database: Database) throws {
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO run (target, number, outcome, started, ended, duration, bound, run_id, reason)
                SELECT id, 1 + coalesce((SELECT max(number) FROM run WHERE target = id), 0), ?5, ?6, ?7, ?8, ?9, ?10, ?11
                FROM target WHERE bot = ?1 AND collector = ?2 AND language = ?3 AND state = ?4
                """
        )
        let delete = try database.cachedStatement(
            sql: """
                DELETE FROM run
                WHERE target = (SELECT id FROM target WHERE bot = ?1 AND collector = ?2 AND language = ?3 AND state = ?4)
                AND number <= (SELECT max(number) FROM run AS latest WHERE latest.target = run.target) - ?5
                """
        )
        for entry in runs {
            try insert.execute(arguments: StatementArguments(entry.target.key + entry.run.columns))
        }
        for target in Set(runs.map(\.target)) {
            try delete.execute(arguments: StatementArguments(target.key + [retention.runsPerTarget]))
        }
    }

    /// Polls may tell how something ended before it is written that it was started: the end stays then.
    private func write(_ actions: [ActionEntry], to database: Database) throws {
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO action (at, bot, action, language, cause, outcome, error, run_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (bot, at, action, language, cause)
                DO UPDATE SET outcome = excluded.outcome, error = excluded.error, run_id = excluded.run_id
                WHERE action.outcome = '\(ActionEntry.attempted)' OR excluded.outcome <> '\(ActionEntry.started)'
                """
        )
        let delete = try database.cachedStatement(
            sql: """
                DELETE FROM action WHERE bot = ?1 AND at < (
                    SELECT at FROM action WHERE bot = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2 - 1
                )
                """
        )
        for entry in actions {
            try insert.execute(arguments: StatementArguments(entry.columns))
        }
        for bot in Set(actions.map(\.bot)) {
            try delete.execute(arguments: [bot, retention.actionsPerBot])
        }
    }

    private func deleteAged(now: Timestamp, in database: Database) throws {
        let oldest = now.adding(.zero - retention.age)
        try database.cachedStatement(
            sql: """
                DELETE FROM run WHERE (target, number) IN (
                    SELECT target, number FROM run WHERE ended < ? ORDER BY ended LIMIT ?
                )
                """
        ).execute(arguments: [oldest.milliseconds, Retention.mostDeletions])
        try database.cachedStatement(sql: "DELETE FROM action WHERE at < ?").execute(arguments: [oldest.milliseconds])
    }
}

/// The changes that one commit writes: all of them or none.
package struct Batch: Sendable, Hashable {
    package private(set) var trackers: [Target: TargetTracker] = [:]
    /// When the last reply came once more, of targets of which nothing else changed. What they add to is in the store or
    /// in an earlier batch; none of ``trackers`` is among them.
    package private(set) var repetitions: [Target: ClockReading] = [:]
    /// The runs in the order in which they ended.
    package var runs: [HistoryEntry] = []
    /// The exporter's own actions. An entry that is in the store already gets the outcome of this one.
    package var actions: [ActionEntry] = []
    /// Other values that outlive the process, such as the state of a budget, by a name of the writer's choice.
    package var values: [String: [UInt8]] = [:]

    package init() {}

    package var isEmpty: Bool {
        trackers.isEmpty && repetitions.isEmpty && runs.isEmpty && actions.isEmpty && values.isEmpty
    }

    /// A target changed.
    mutating func add(_ tracker: TargetTracker) {
        trackers[tracker.target] = tracker
        repetitions[tracker.target] = nil
    }

    /// A target's last reply came once more.
    mutating func add(_ target: Target, repeatedAt moment: ClockReading) {
        if trackers[target] == nil {
            repetitions[target] = moment
        } else {
            trackers[target]?.repeat(at: moment)
        }
    }

    /// Adds what came later: of a target or a value the later state is kept, runs follow those that are here.
    mutating func append(_ later: Batch) {
        for tracker in later.trackers.values { add(tracker) }
        for (target, moment) in later.repetitions { add(target, repeatedAt: moment) }
        runs += later.runs
        actions += later.actions
        values.merge(later.values) { $1 }
    }

    /// This batch without the states of targets that have no run among ``runs``.
    func historyOnly() -> Batch {
        let ended = Set(runs.map(\.target))
        var history = self
        history.trackers = trackers.filter { ended.contains($0.key) }
        history.repetitions = [:]
        return history
    }
}
