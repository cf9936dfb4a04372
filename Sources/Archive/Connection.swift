import GRDB

/// An open database and what sees that its file stays the one that was opened.
final class Connection: Sendable {
    let database: DatabaseQueue
    let state: ConnectionState

    /// - Parameter witness: `nil` for a database in memory.
    init(_ database: DatabaseQueue, witness: DatabaseWitness?) {
        self.database = database
        state = ConnectionState(witness: witness)
    }

    deinit {
        // Before the witness lets go of the file. Where it was closed this does nothing.
        try? database.close()
    }
}
