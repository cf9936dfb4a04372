import GRDB
import KoreAI

extension ActionEntry {
    /// The columns `at, bot, action, language, cause, outcome, error` of a row.
    init(_ row: Row) throws {
        self.init(
            at: Timestamp(milliseconds: try row.decode(atIndex: 0)),
            bot: try row.decode(atIndex: 1),
            action: try row.decode(atIndex: 2),
            language: try row.decode(atIndex: 3),
            cause: try row.decode(atIndex: 4),
            outcome: try row.decode(atIndex: 5),
            error: try row.decode(String?.self, atIndex: 6)
        )
    }

    /// The same columns, for an `INSERT`.
    var columns: [(any DatabaseValueConvertible)?] {
        [at.milliseconds, bot, action, language, cause, outcome, error]
    }
}
