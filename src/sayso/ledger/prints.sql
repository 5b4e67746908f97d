-- Format 2: prints of texts, by which copies are found. Derived rows: whoever drops them loses nothing, the next
-- `sayso read` makes them again.

CREATE TABLE print (                         -- the body of one text; articles with the same words in the same lines share it
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,             -- of its words in normal form, line by line
    passages BLOB NOT NULL,                  -- 32-bit hashes of four words in a row, passage by passage
    keys TEXT NOT NULL                       -- JSON list of those it is looked up by
) STRICT;

CREATE TABLE printed (                       -- which print an article has
    article TEXT PRIMARY KEY,
    print INTEGER REFERENCES print (number)  -- none if it is too short to be a copy of anything
) STRICT, WITHOUT ROWID;
CREATE INDEX printed_print ON printed (print);

CREATE TABLE shingle (                       -- where a print is looked up: a few hashes of each passage
    hash INTEGER NOT NULL,
    print INTEGER NOT NULL REFERENCES print (number),
    PRIMARY KEY (hash, print)
) STRICT, WITHOUT ROWID;

CREATE TABLE kin (                           -- two prints of one text
    a INTEGER NOT NULL REFERENCES print (number),
    b INTEGER NOT NULL REFERENCES print (number),
    in_b REAL NOT NULL, in_a REAL NOT NULL,  -- the share of each that stands in the other
    rare INTEGER NOT NULL,                   -- hashes both are looked up by that few others have …
    need INTEGER NOT NULL,                   -- … and how many of them there must be
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX kin_b ON kin (b);

CREATE VIEW copy AS                          -- copies among articles: the share of each that stands in the other
SELECT x.article, y.article AS of, k.share, k.kept
FROM printed AS x
JOIN (SELECT a AS one, b AS other, in_b AS share, in_a AS kept FROM kin
      UNION ALL SELECT b, a, in_a, in_b FROM kin) AS k ON k.one = x.print
JOIN printed AS y ON y.print = k.other
UNION ALL
SELECT x.article, y.article, 1.0, 1.0
FROM printed AS x JOIN printed AS y ON y.print = x.print AND y.article <> x.article;
