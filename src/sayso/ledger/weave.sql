-- Format 3: what belongs together. Rows of `weft`, `woven`, `block`, `pair`, `saying` and `thread` are derived: whoever
-- drops them loses nothing, the next `sayso read` makes them again. `thread_log` and `judgement` are kept as statements are.

CREATE TABLE weft (                          -- which reading of an article is woven in
    article TEXT PRIMARY KEY,
    reading INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE woven (                         -- a statement as it is compared
    number INTEGER PRIMARY KEY REFERENCES statement (number),
    statement TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL,
    first INTEGER NOT NULL,                  -- its number when it was read first: the order of input
    place TEXT NOT NULL,                     -- where it stands among all: day, then its id; the same in any order of input
    side TEXT, speaker TEXT,
    since TEXT, until TEXT,                  -- the day it was said, either end unknown
    object TEXT NOT NULL, point TEXT NOT NULL,
    frame INTEGER NOT NULL,                  -- whether it tells that its own side said something, which is a statement too
    vector BLOB,                             -- of its words and fields, packed
    saying INTEGER,                          -- the statement that leads its saying: the first by place; none: to be settled
    thread INTEGER                           -- the statement that leads its thread, of those that lead a saying
) STRICT;
CREATE INDEX woven_article ON woven (article);
CREATE INDEX woven_place ON woven (place);
CREATE INDEX woven_saying ON woven (saying);
CREATE INDEX woven_thread ON woven (thread);

CREATE TABLE block (                         -- what a statement is looked up by: its side and object, its formulas …
    key TEXT NOT NULL,
    number INTEGER NOT NULL REFERENCES woven (number),
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_number ON block (number);

CREATE TABLE pair (                          -- what a statement is to one that stands before it, by place
    a INTEGER NOT NULL REFERENCES woven (number),
    b INTEGER NOT NULL REFERENCES woven (number),
    relation TEXT NOT NULL, certainty REAL NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('confirmed', 'suggested')),
    also TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_b ON pair (b);

CREATE TABLE saying (                        -- the name of each saying
    lead INTEGER PRIMARY KEY REFERENCES woven (number),
    id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE thread (                        -- the name of each thread, as the log tells it
    lead INTEGER PRIMARY KEY REFERENCES woven (number),
    id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE thread_log (                    -- how threads came to be what they are; ids only, so that it survives all
    number INTEGER PRIMARY KEY,
    event TEXT NOT NULL CHECK (event IN ('opened', 'joined', 'merged', 'split')),
    thread TEXT NOT NULL,
    saying TEXT,                             -- that opened it or joined it
    other TEXT                               -- the thread that was merged into it, or that it was split from
) STRICT;
CREATE INDEX thread_log_thread ON thread_log (thread);
CREATE INDEX thread_log_saying ON thread_log (saying, number);
CREATE INDEX thread_log_other ON thread_log (other);

CREATE TABLE judgement (                     -- what people decided over the machine; of two that disagree the later counts
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    about TEXT NOT NULL,                     -- JSON list of the ids as they were given
    statements TEXT NOT NULL,                -- JSON list of the statements that those led to
    says TEXT NOT NULL CHECK (says IN ('same', 'not_same', 'correct', 'dismiss')),
    field TEXT, value TEXT,                  -- of `correct`
    by TEXT, "when" TEXT NOT NULL, note TEXT
) STRICT;

CREATE VIEW thread_now AS                    -- threads for people with an SQLite browser: who said it when, in what words
SELECT w.thread, w.saying, s.said_from AS day, s.speaker, s.state, s.content, s.id AS statement, s.article
FROM woven AS w JOIN statement AS s ON s.number = w.number
ORDER BY w.thread, w.place;

CREATE TRIGGER keep_thread_log_update BEFORE UPDATE ON thread_log BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_thread_log_delete BEFORE DELETE ON thread_log BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_judgement_update BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_judgement_delete BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
