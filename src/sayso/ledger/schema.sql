-- The ledger, format 1. Rows are added, never changed: the triggers at the end abort UPDATE and DELETE
-- (with PRAGMA recursive_triggers=ON also INSERT OR REPLACE). `forget` alone lifts them, inside one transaction.

CREATE TABLE article (                       -- a text as it came
    id TEXT PRIMARY KEY,
    title TEXT, deck TEXT, outlet TEXT, agency TEXT, author TEXT,
    dateline_place TEXT, dateline_date TEXT,
    published TEXT, published_basis TEXT, published_candidates TEXT NOT NULL,
    language TEXT, read INTEGER NOT NULL, why_not_read TEXT,
    text TEXT NOT NULL, text_sha256 TEXT NOT NULL, blocks TEXT NOT NULL
) STRICT;

CREATE TABLE raw (                           -- the bytes it came in, packed with zlib
    sha256 TEXT PRIMARY KEY,                 -- of the bytes before packing
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE sighting (                      -- where and when a text was seen
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES article (id),
    ref TEXT NOT NULL, outlet TEXT, fetched TEXT,
    given TEXT NOT NULL,
    raw TEXT NOT NULL REFERENCES raw (sha256)
) STRICT;
CREATE INDEX sighting_article ON sighting (article, ref);
CREATE INDEX sighting_ref ON sighting (ref);
CREATE INDEX sighting_raw ON sighting (raw);

CREATE TABLE reading (                       -- what one reader found in one article; the newest counts
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES article (id),
    reader TEXT NOT NULL,
    threshold REAL NOT NULL,                 -- statements below it were kept as suggested
    labels TEXT,                             -- the article's fields where this reader saw them otherwise
    attributions TEXT NOT NULL, notes TEXT NOT NULL,
    UNIQUE (article, reader)
) STRICT;

CREATE TABLE statement (                     -- one thing one source says, once, in one article
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    reading INTEGER NOT NULL REFERENCES reading (number),
    article TEXT NOT NULL REFERENCES article (id),
    level TEXT NOT NULL CHECK (level IN ('confirmed', 'suggested')),
    certainty REAL NOT NULL,
    said_from TEXT, said_to TEXT, said_basis TEXT, said_certainty REAL,
    speaker TEXT, speaker_id TEXT, speaker_kind TEXT, speaker_role TEXT, speaker_certainty REAL,
    state TEXT, state_certainty REAL,
    dyad_from TEXT, dyad_to TEXT, dyad_certainty REAL,
    act TEXT, act_class TEXT, act_certainty REAL,
    polarity INTEGER, polarity_certainty REAL,
    content TEXT NOT NULL, cue TEXT, source TEXT,
    kind TEXT, kind_certainty REAL, form TEXT, form_certainty REAL, core INTEGER, core_certainty REAL,
    modality TEXT, modality_certainty REAL, status TEXT, status_certainty REAL,
    condition TEXT, consequence TEXT, controls TEXT, condition_certainty REAL,
    addressee TEXT, addressee_certainty REAL, agreements TEXT, agreements_certainty REAL,
    channels TEXT, channels_certainty REAL, topics TEXT, topics_certainty REAL,
    chain TEXT,
    content_spans TEXT NOT NULL, cue_spans TEXT, source_spans TEXT,
    record TEXT NOT NULL,                    -- the whole record as JSON
    UNIQUE (reading, id)
) STRICT;
CREATE INDEX statement_id ON statement (id, reading);
CREATE INDEX statement_said ON statement (said_from, said_to);
CREATE INDEX statement_state ON statement (state, said_from);
CREATE INDEX statement_dyad ON statement (dyad_from, dyad_to);
CREATE INDEX statement_article ON statement (article);

CREATE TABLE evidence (                      -- why a field has its value, and the code points it was read from
    statement INTEGER NOT NULL REFERENCES statement (number),
    field TEXT NOT NULL,
    why TEXT NOT NULL,
    spans TEXT,
    PRIMARY KEY (statement, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE forgotten (                     -- articles removed on request: the id and the day stay
    article TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (article, day)
) STRICT;

-- Written content=[statement]: browsers that search by themselves look for exactly this.
CREATE VIRTUAL TABLE statement_fts USING fts5 (
    content, speaker, source,
    content=[statement], content_rowid=[number], tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_indexed AFTER INSERT ON statement BEGIN
    INSERT INTO statement_fts (rowid, content, speaker, source)
    VALUES (NEW.number, NEW.content, NEW.speaker, NEW.source);
END;

-- Views for people with an SQLite browser.

CREATE VIEW statement_now AS                 -- the newest reading of each article
SELECT * FROM statement AS s
WHERE s.reading = (SELECT max(number) FROM reading WHERE reading.article = s.article);

CREATE VIEW saying_by_day AS                 -- who said what, by day
SELECT s.said_from AS day, s.said_to AS until, s.speaker, s.state, s.dyad_from || ' → ' || s.dyad_to AS dyad,
       s.act, s.polarity, s.content, s.chain, a.title, a.outlet, s.id AS statement, s.article
FROM statement_now AS s JOIN article AS a ON a.id = s.article
WHERE s.level = 'confirmed'
ORDER BY s.said_from IS NULL, s.said_from, s.article, s.number;

CREATE VIEW dyad_month AS                    -- how one state spoke of another, month by month
SELECT dyad_from, dyad_to, substr(said_from, 1, 7) AS month, count(*) AS statements,
       round(avg(polarity), 2) AS mean_polarity
FROM statement_now
WHERE level = 'confirmed' AND core AND dyad_from IS NOT NULL AND said_from IS NOT NULL
GROUP BY dyad_from, dyad_to, month;

CREATE VIEW why AS                           -- every field opened to the words it was read from
SELECT s.id AS statement, e.field, e.why,
       (SELECT group_concat(substr(a.text, json_extract(value, '$[0]') + 1,
                                   json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' … ')
        FROM json_each(e.spans)) AS words, e.spans, s.content, s.article
FROM evidence AS e JOIN statement_now AS s ON s.number = e.statement JOIN article AS a ON a.id = s.article;

-- Nothing is changed, nothing is taken away.

CREATE TRIGGER keep_article_update BEFORE UPDATE ON article BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_article_delete BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_raw_update BEFORE UPDATE ON raw BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_raw_delete BEFORE DELETE ON raw BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_sighting_update BEFORE UPDATE ON sighting BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_sighting_delete BEFORE DELETE ON sighting BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_reading_update BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_reading_delete BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_statement_update BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_statement_delete BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_evidence_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_evidence_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_forgotten_update BEFORE UPDATE ON forgotten BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER keep_forgotten_delete BEFORE DELETE ON forgotten BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
