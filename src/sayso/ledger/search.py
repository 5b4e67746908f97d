"""Which statements are asked for: words as full-text expressions, names and days as SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Named:
    """A person, body, state, agreement or topic as it may stand in the columns: ids, or words."""

    ids: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Query:
    """What statements to give; an empty one gives all confirmed statements of the newest readings."""

    article: str | None = None
    match: str | None = None
    """Full-text expression over content, speaker and source: see ``phrase``, ``near``, ``every``."""
    by: Named | None = None
    about: Named | None = None
    since: str | None = None
    until: str | None = None
    suggested: bool = False

    def where(self) -> tuple[str, list[Any]]:
        """The condition and its arguments, over ``statement_now AS s``."""
        parts: list[tuple[str, list[Any]] | None] = [("s.level = 'confirmed'", []) if not self.suggested else None]
        parts += [("s.article = ?", [self.article]) if self.article else None]
        parts += [_matching(self.match) if self.match else None]
        parts += [_by(self.by) if self.by else None, _about(self.about) if self.about else None]
        parts += [("s.said_to >= ?", [self.since]) if self.since else None]
        # An open interval [null, day] reaches back without end; without any day nothing can be told.
        parts += [("s.said_to IS NOT NULL AND coalesce(s.said_from, '') <= ?", [self.until]) if self.until else None]
        chosen = [part for part in parts if part]
        sql = " AND ".join(f"({condition})" for condition, _ in chosen) or "1"
        return sql, [value for _, values in chosen for value in values]


def phrase(words: str, column: str = "content") -> str:
    """The words as they stand, word forms apart."""
    return f"{column} : {_quoted(words)}"


def near(words: Iterable[str], column: str = "content") -> str:
    """All of the words, close together, in any order."""
    listed = list(words)
    return f"{column} : NEAR({' '.join(map(_quoted, listed))}, {len(listed) + 3})"


def every(words: Iterable[str], column: str = "content") -> str:
    """All of the words anywhere, as beginnings of words where they are long enough to mean something."""
    return f"{column} : ({' AND '.join(_quoted(word) + ('*' if len(word) > 3 else '') for word in words)})"


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""').replace("\0", " ") + '"'


def _matching(match: str) -> tuple[str, list[Any]]:
    return "s.number IN (SELECT rowid FROM statement_fts WHERE statement_fts MATCH ?)", [match]


def _marks(ids: frozenset[str]) -> str:
    return ", ".join("?" * len(ids)) or "NULL"


def _by(who: Named) -> tuple[str, list[Any]]:
    ids = sorted(who.ids)
    match, found = _matching(phrase(who.words, "speaker"))
    return f"s.state IN ({_marks(who.ids)}) OR s.speaker_id IN ({_marks(who.ids)}) OR {match}", [*ids, *ids, *found]


def _about(what: Named) -> tuple[str, list[Any]]:
    ids, marks = sorted(what.ids), _marks(what.ids)
    lists = ("addressee", "agreements", "channels", "topics")
    parts = [f"EXISTS (SELECT 1 FROM json_each(s.{name}) WHERE value IN ({marks}))" for name in lists]  # noqa: S608
    parts += [f"s.dyad_from IN ({marks})", f"s.dyad_to IN ({marks})"]
    match, found = _matching(phrase(what.words))
    return " OR ".join([*parts, match]), [*ids * len(parts), *found]
