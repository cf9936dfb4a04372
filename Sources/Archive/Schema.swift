import GRDB

/// The tables of the store, by version.
enum Schema {
    /// Tells this exporter's databases from others: "Kore" in ASCII.
    static let applicationID: Int32 = 0x4B6F_7265

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        // A migration that has been released is never changed.
        migrator.registerMigration("1: targets, runs, values and the last commit") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("2: repetitions") { database in
            try database.execute(sql: second)
        }
        migrator.registerMigration("3: actions") { database in
            try database.execute(sql: third)
        }
        return migrator
    }

    /// Times are milliseconds since 1970, lengths of time are milliseconds.
    private static let first = """
        CREATE TABLE target (
            id INTEGER PRIMARY KEY,
            bot TEXT NOT NULL,
            collector TEXT NOT NULL,
            language TEXT NOT NULL,
            state TEXT NOT NULL,
            last_success INTEGER,
            content BLOB NOT NULL,
            UNIQUE (bot, collector, language, state)
        ) STRICT;
        CREATE TABLE run (
            target INTEGER NOT NULL REFERENCES target (id),
            number INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            started INTEGER,
            ended INTEGER NOT NULL,
            duration INTEGER,
            bound INTEGER NOT NULL,
            PRIMARY KEY (target, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX run_ended ON run (ended);
        CREATE TABLE value (
            name TEXT PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE last_commit (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            at INTEGER NOT NULL
        ) STRICT;
        """
    /// A row holds ``StoredRepetitions``; see ``RepetitionLog``.
    private static let second = """
        CREATE TABLE repetition (
            number INTEGER PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT;
        DROP TABLE last_commit;
        """
    private static let third = """
        CREATE TABLE action (
            at INTEGER NOT NULL,
            bot TEXT NOT NULL,
            action TEXT NOT NULL,
            language TEXT NOT NULL,
            cause TEXT NOT NULL,
            outcome TEXT NOT NULL,
            error TEXT,
            PRIMARY KEY (bot, at, action, language, cause)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX action_at ON action (at);
        """
}
