import GRDB
import KoreAI
import Tracking

extension EndedRun {
    /// The columns `outcome, started, ended, duration, bound` of a row.
    init(_ row: Row) throws {
        self.init(
            outcome: try RunOutcome(rawValue: row.decode(atIndex: 0)) ?? .unknown,
            start: try row.decode(Int64?.self, atIndex: 1).map { Timestamp(milliseconds: $0) },
            end: Timestamp(milliseconds: try row.decode(atIndex: 2)),
            duration: try row.decode(atIndex: 3),
            bound: try row.decode(atIndex: 4)
        )
    }

    /// The same columns, for an `INSERT`.
    var columns: [(any DatabaseValueConvertible)?] {
        [outcome.rawValue, start?.milliseconds, end.milliseconds, duration, bound]
    }
}
