"""How a ledger file is opened, made, and brought to the present format; and what to tell when that fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from sayso.errors import LedgerError, SourceError

FORMAT = 3
"""``PRAGMA user_version`` of the files this version writes."""

APPLICATION = 0x53415953
"""``PRAGMA application_id``: "SAYS", so that ``file`` and we know a ledger from another SQLite file."""

STEPS = ("schema.sql", "prints.sql", "weave.sql")
"""Files of SQL, the n-th of which brings format n to n + 1; a released step is never edited."""

BUSY_SECONDS = 60.0
"""How long a writer waits for another one."""

REASONS = {
    "SQLITE_NOTADB": "not a sayso ledger (not an SQLite file); name another with --ledger",
    "SQLITE_CORRUPT": "the file is damaged; take a copy from before, or read the articles into a new ledger",
    "SQLITE_FULL": "the disk is full; finished articles are kept: free some space and run the same command again",
    "SQLITE_BUSY": f"another program has been writing to it for {BUSY_SECONDS:.0f} s; try again when it is done",
    "SQLITE_LOCKED": "another program has locked it; try again when it is done",
    "SQLITE_READONLY": "it may be read but not written; check its permissions or name another with --ledger",
    "SQLITE_CANTOPEN": "it cannot be opened; check that the folder is there and may be written to",
    "SQLITE_IOERR": "the disk gave an error; check the disk and whether it is full",
    "SQLITE_AUTH": "it may not be opened",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Any failure of the store becomes one line with the file, the reason and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        plain = " ".join(str(error).split())
        reason = next((said for start, said in REASONS.items() if name.startswith(start)), plain)
        raise LedgerError(f"{path}: {reason}") from error
    except UnicodeDecodeError as error:
        raise LedgerError(f"{path}: {REASONS['SQLITE_CORRUPT']}") from error
    except UnicodeEncodeError as error:
        reason = "a text or name with half a character (a lone surrogate) cannot be stored: mend it or rename the file"
        raise SourceError(reason) from error


def connect(path: Path, *, create: bool, readonly: bool) -> sqlite3.Connection:
    """A connection to a ledger of the present format; ``create`` makes one where there is none."""
    _check_engine()
    if path.is_dir():
        raise LedgerError(f"{path}: is a folder; name a file with --ledger")
    if not path.exists() and not create:
        raise LedgerError(f"{path}: no ledger here; `sayso read` makes one, or name another with --ledger")
    with told(path):
        connection = sqlite3.connect(
            _address(path, create, readonly), uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        try:
            _prepare(connection, path, readonly)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_engine() -> None:
    if sqlite3.sqlite_version_info < (3, 38):
        raise LedgerError(
            f"SQLite {sqlite3.sqlite_version} is too old: sayso needs 3.38 or newer under Python's sqlite3"
        )
    with sqlite3.connect(":memory:") as memory:
        if not memory.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone():
            raise LedgerError("this Python's SQLite has no full-text search (FTS5); use a Python built with it")


def _address(path: Path, create: bool, readonly: bool) -> str:
    uri = path.absolute().as_uri()
    if not readonly:
        return f"{uri}?mode={'rwc' if create else 'rw'}"
    # A WAL file in a folder that may not be written to opens only if told that nobody changes it.
    frozen = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    return f"{uri}?mode=ro{'&immutable=1' if frozen else ''}"


def _prepare(connection: sqlite3.Connection, path: Path, readonly: bool) -> None:
    for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "secure_delete=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.row_factory = sqlite3.Row
    version = _version(connection, path)
    if version < FORMAT and readonly:
        raise LedgerError(
            f"{path}: an older ledger (format {version}, now {FORMAT}); `sayso read` brings it up to date"
        )
    if version < FORMAT:
        _migrate(connection, path)
    if not readonly:
        _log_ahead(connection)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    empty = not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    if application != APPLICATION and not empty:
        raise LedgerError(f"{path}: an SQLite file, but not a sayso ledger; name another with --ledger")
    if version > FORMAT:
        raise LedgerError(f"{path}: written by a newer sayso (format {version}, this one knows {FORMAT}); update sayso")
    return version


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """All steps in one transaction; the version is read again inside, for another process may have been faster."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(_version(connection, path), FORMAT):
            for sql in _statements(_script(STEPS[version])):
                connection.execute(sql)
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Readers need not wait for writers. Asked at each opening: the process that made the file may have been killed."""
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY")):
            raise


def _script(name: str) -> str:
    return resources.files("sayso.ledger").joinpath(name).read_text("utf-8")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: ``executescript`` would commit before it starts."""
    sql = ""
    for line in script.splitlines(keepends=True):
        sql += line
        if sqlite3.complete_statement(sql):
            yield sql
            sql = ""
