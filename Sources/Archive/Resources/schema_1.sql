-- The store of 0.1.0. Times are milliseconds since 1970, lengths of time are milliseconds.

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

-- Runs and jobs that ended: what the platform called each, and why it failed.
CREATE TABLE run (
    target INTEGER NOT NULL REFERENCES target (id),
    number INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    started INTEGER,
    ended INTEGER NOT NULL,
    duration INTEGER,
    bound INTEGER NOT NULL,
    run_id TEXT,
    reason TEXT,
    PRIMARY KEY (target, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_ended ON run (ended);

CREATE TABLE value (
    name TEXT PRIMARY KEY,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- A row holds `StoredRepetitions`; see `RepetitionLog`.
CREATE TABLE repetition (
    number INTEGER PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;

-- What the exporter started by itself, or meant to.
CREATE TABLE action (
    at INTEGER NOT NULL,
    bot TEXT NOT NULL,
    action TEXT NOT NULL,
    language TEXT NOT NULL,
    cause TEXT NOT NULL,
    outcome TEXT NOT NULL,
    error TEXT,
    run_id TEXT,
    PRIMARY KEY (bot, at, action, language, cause)
) STRICT, WITHOUT ROWID;
CREATE INDEX action_at ON action (at);

-- What commands asked of the platform, until the exporter takes it over; see `CommandRequest`.
CREATE TABLE command_request (
    number INTEGER PRIMARY KEY,
    wall INTEGER NOT NULL,
    uptime INTEGER NOT NULL,
    boot INTEGER NOT NULL,
    budget TEXT NOT NULL,
    bot TEXT,
    collector TEXT,
    language TEXT,
    state TEXT,
    endpoint TEXT NOT NULL,
    code INTEGER NOT NULL,
    reason TEXT,
    duration REAL NOT NULL
) STRICT;
