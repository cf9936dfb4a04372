import Synchronization

/// What goes with an open database. It may outlive the ``Connection``, whose end must not come on the database's thread.
final class ConnectionState: Sendable {
    /// `nil` for a database in memory.
    let witness: DatabaseWitness?
    /// For the database's thread; `nil` until something is written.
    let repetitions = Mutex<RepetitionLog?>(nil)

    init(witness: DatabaseWitness?) {
        self.witness = witness
    }
}
