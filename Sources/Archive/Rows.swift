import GRDB
import Model
import Tracking

extension EndedRun {
    /// The columns `outcome, started, ended, duration, bound, run_id, reason` of a row.
    init(_ row: Row) throws {
        self.init(
            outcome: try RunOutcome(rawValue: row.decode(atIndex: 0)) ?? .unknown,
            start: try row.decode(Int64?.self, atIndex: 1).map { Timestamp(milliseconds: $0) },
            end: Timestamp(milliseconds: try row.decode(atIndex: 2)),
            duration: try row.decode(atIndex: 3),
            bound: try row.decode(atIndex: 4),
            id: try row.decode(atIndex: 5),
            reason: try row.decode(atIndex: 6)
        )
    }

    /// The columns for an `INSERT`.
    var columns: [(any DatabaseValueConvertible)?] {
        [outcome.rawValue, start?.milliseconds, end.milliseconds, duration, bound, id, reason]
    }
}

extension ActionEntry {
    /// The columns `at, bot, action, language, cause, outcome, error, run_id` of a row.
    init(_ row: Row) throws {
        self.init(
            at: Timestamp(milliseconds: try row.decode(atIndex: 0)),
            bot: try row.decode(atIndex: 1),
            action: try row.decode(atIndex: 2),
            language: try row.decode(atIndex: 3),
            cause: try row.decode(atIndex: 4),
            outcome: try row.decode(atIndex: 5),
            error: try row.decode(String?.self, atIndex: 6),
            runID: try row.decode(String?.self, atIndex: 7)
        )
    }

    /// The columns for an `INSERT`.
    var columns: [(any DatabaseValueConvertible)?] {
        [at.milliseconds, bot, action, language, cause, outcome, error, runID]
    }
}

extension Target {
    /// The columns `bot, collector, language, state` of a row, from `first` on.
    ///
    /// - Returns: `nil` for a collector or state that this version does not know.
    init?(_ row: Row, at first: Int = 0) throws {
        let bot = try row.decode(String.self, atIndex: first)
        let language = try row.decode(String.self, atIndex: first + 2)
        guard let collector = try Collector(rawValue: row.decode(atIndex: first + 1)) else { return nil }
        switch (collector, try BotState(rawValue: row.decode(atIndex: first + 3))) {
        case (.mlTraining, let state?):
            self = .training(bot: bot, engine: .ml, language: language, state: state)
        case (.faqTraining, let state?):
            self = .training(bot: bot, engine: .faq, language: language, state: state)
        case (.mlExport, _):
            self = .export(bot: bot)
        case (.publish, _):
            self = .publish(bot: bot)
        case (.mlTraining, nil), (.faqTraining, nil):
            return nil
        }
    }

    /// The values of those columns, which are together a target's key.
    var key: [(any DatabaseValueConvertible)?] {
        [bot, collector.rawValue, language, state]
    }
}
