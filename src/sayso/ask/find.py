"""Words looked up in a ledger: by whom, about what, and when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib import resources

from sayso.ask.reports import one_saying
from sayso.errors import AskError
from sayso.ledger import Ledger, Named, Query, every, near, phrase
from sayso.lexicon import Lexicon
from sayso.model import Entry, Hit
from sayso.text import fold, normal

EXACT, CLOSE, APART = 1.0, 0.9, 0.6
"""How well words fit that stand as asked, close together, or apart from each other."""

SAME_DAYS = timedelta(days=1)
"""Reports of one saying may differ by the time of day and the time zone, not by more."""


def asked_for(
    by: str | None,
    about: str | None,
    since: str | None,
    until: str | None,
    *,
    suggested: bool = False,
    lexicon: Lexicon | None = None,
) -> Query:
    """What a question is limited to; names may be ids or words. Raises ``AskError`` for what cannot be understood."""
    return Query(
        by=_named(by, lexicon), about=_named(about, lexicon), since=_day(since), until=_day(until), suggested=suggested
    )


def worded(ledger: Ledger, words: str, query: Query) -> list[Hit]:
    """Every saying with these words that fits a query, by day said; reports of it count once.

    Reports are the same words by the same speaker on one day, or nearly the same in copies of one text.
    Word forms may differ. Words that stand apart from each other count only if none stand together.
    """
    found = dict[str, tuple[Entry, float]]()
    for match, expression in _expressions(words):
        if match < CLOSE and found:
            break
        for entry in ledger.entries(replace(query, match=expression)):
            found.setdefault(entry.statement.id, (entry, match))
    return _sayings(ledger, found.values())


def _expressions(words: str) -> Iterator[tuple[float, str]]:
    """From the strictest on: the words as they stand, close together, anywhere."""
    tokens = re.findall(r"\w+", words)
    if not tokens:
        raise AskError(f"{words!r}: no words to look for; give some that were said")
    telling = [token for token in tokens if fold(token).casefold() not in _function_words()] or tokens
    yield EXACT, phrase(words)
    if len(telling) > 1:
        yield CLOSE, near(telling)
    yield APART, every(telling)


def _function_words() -> frozenset[str]:
    return frozenset(resources.files("sayso.ask").joinpath("function_words.txt").read_text("utf-8").split())


def _named(name: str | None, lexicon: Lexicon | None) -> Named | None:
    """What a name may stand for: itself as an id, and every id that the lexicon calls so."""
    if name is None:
        return None
    if not re.search(r"\w", name):
        raise AskError(f"{name!r}: no name; give a person, body, state, agreement or topic")
    own = {name, name.upper(), name.casefold(), name.casefold().replace(" ", "_")}
    return Named(frozenset(own.union(_ids(name, lexicon) if lexicon else ())), name)


def _ids(name: str, lexicon: Lexicon) -> Iterator[str]:
    for hit in lexicon.agreements_in(name, 0, len(name)):
        if hit.end - hit.start == len(name):
            yield from hit.ids
    yield from (id_ for _, id_ in lexicon.called(name))


def _day(day: str | None) -> str | None:
    try:
        return day and date.fromisoformat(day).isoformat()
    except ValueError:
        raise AskError(f"{day}: not a day; write it as 2025-02-11") from None


def _sayings(ledger: Ledger, found: Iterable[tuple[Entry, float]]) -> list[Hit]:
    """Entries made hits: the earliest of each saying stands for it, the others are its copies."""
    hits = list[Hit]()
    worded = dict[tuple[str, str], int]()  # the latest hit with a wording
    standing = defaultdict[str, list[int]](list)  # the hits that an article is in
    for entry, match in sorted(found, key=lambda pair: order(pair[0])):
        at = worded.get(_wording(entry))
        if at is None or not _one_day((hits[at].copies or (hits[at].entry,))[-1], entry):
            at = _in_copies(ledger, entry, hits, standing)
        if at is None:
            at = len(hits)
            hits.append(Hit(entry, match=match))
        else:
            hits[at] = replace(hits[at], copies=(*hits[at].copies, entry), match=max(match, hits[at].match))
        worded[_wording(entry)] = at
        standing[entry.article.id].append(at)
    return hits


def _in_copies(ledger: Ledger, entry: Entry, hits: list[Hit], standing: dict[str, list[int]]) -> int | None:
    """The hit of which an entry is a report in a copy of the text."""
    for copy in ledger.copies(entry.article.id):
        for at in standing.get(copy.of, ()):
            if one_saying(hits[at].entry.statement, entry.statement):
                return at
    return None


def order(entry: Entry) -> tuple[bool, str, str, str, str]:
    """By day said, those without one last; of one day by place and id."""
    said = entry.statement.said
    day = said.from_ or said.to or ""
    return not day, day, said.to or "", entry.refs[0] if entry.refs else "", entry.statement.id


def _wording(entry: Entry) -> tuple[str, str]:
    speaker = entry.statement.speaker
    words = re.findall(r"\w+", normal(entry.statement.content.text))
    return " ".join(words), speaker.id or normal(speaker.name or "")


def _one_day(a: Entry, b: Entry) -> bool:
    """Whether two reports may be of one day; a day that cannot be told may be any."""
    ends = [(said.from_ or said.to, said.to or said.from_) for said in (a.statement.said, b.statement.said)]
    (from_a, to_a), (from_b, to_b) = ends
    if not (from_a and to_a and from_b and to_b):
        return True
    return _days(from_a) <= _days(to_b) + SAME_DAYS and _days(from_b) <= _days(to_a) + SAME_DAYS


def _days(day: str) -> date:
    return date.fromisoformat(day[:10])
