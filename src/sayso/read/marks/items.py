"""The words of an article that the lexicon knows, and names of people that only the article knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sayso.lexicon import Lexicon, NameHit, words
from sayso.text import word_lists

PERSONAL = frozenset({"person", "short", "unknown"})
SIDES = frozenset({"state", "body", "adjective"})

_PART = r"(?:(?:al|el|bin|ibn|van|von|de|der|den|di|da|du|la|le|ter|dos|ben|abu|zu|und)\s|(?:al|el|ul)[-\s])*"
_NAME = re.compile(rf"[A-ZÀ-Þ][\w’'-]*\w(?:\s(?:[A-Z]\.\s?)*{_PART}[A-ZÀ-Þ][\w’'-]*\w){{0,5}}")
_AFTER_TITLE = re.compile(r"\.?(?:\s+|,\s+)(?:(?:Mr|Mrs|Ms|Dr|Sir|Ayatollah|Sheikh)\.?\s+)?(?=[A-ZÀ-Þ])")
_POSSESSIVE = re.compile(r"['’]s?$")

_DASHED = re.compile(r"\w\S?\s[—–]\s$")
_LISTS = word_lists("marks")
NO_NAME, _NO_PERSON = _LISTS["no_name"], _LISTS["no_person"]


@dataclass(slots=True)
class Item:
    """A word or words with meanings. ``ids``: cards of its kind; ``within``: sides in it ("Kremlin spokesman")."""

    start: int
    end: int
    kind: str
    ids: tuple[str, ...]
    hit: NameHit | None = None
    within: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[str, ...]:
        """The ids it has as a name of another kind."""
        return self.hit.of(kind) if self.hit else ()


def items(text: str, start: int, end: int, lexicon: Lexicon) -> list[Item]:
    """What is known of ``text[start:end]``: in order, none overlapping."""
    found = words(text, start, end)
    terms = [Item(h.start, h.end, h.kind, h.ids, h) for h in lexicon.terms(text, start, end, found)]
    names = [Item(h.start, h.end, h.kind, h.ids, h) for h in lexicon.names(text, start, end, found)]
    known = _merged(terms, [n for n in names if text[n.start : n.end] not in NO_NAME])
    return _with_unknown(text, start, end, _owned(text, known), lexicon)


def _merged(terms: list[Item], names: list[Item]) -> list[Item]:
    """Both lists as one: of two that overlap the longer stays (at a tie the title) and keeps the side inside."""
    merged: list[Item] = []
    for item in sorted([*terms, *names], key=lambda i: (i.start, -i.end)):
        last = merged[-1] if merged else None
        if last is None or item.start >= last.end:
            merged.append(item)
        elif item.end - item.start > last.end - last.start:
            merged[-1] = _absorbing(item, last)
        else:
            merged[-1] = _absorbing(last, item)
    return merged


def _owned(text: str, found: list[Item]) -> list[Item]:
    """With "the Norland Security Council" as Norland's, not the United Nations'."""
    for before, item in pairwise(found):
        gap = text[before.end : item.start]
        council = item.kind == "body" and text[item.start : item.end] == "Security Council"
        owned = before.kind in SIDES and "UN" not in before.ids and re.fullmatch(r"(?:['’]s?)?\s", gap)
        if council and owned:
            item.kind, item.ids, item.hit = "organ", ("security_council",), None
    return found


def _absorbing(item: Item, lost: Item) -> Item:
    if not item.within and lost.kind in {"state", "adjective", "seat", "body", "ministry", "capital"}:
        item.within = lost.ids
    return item


def _with_unknown(text: str, start: int, end: int, known: list[Item], lexicon: Lexicon) -> list[Item]:
    """The items with names of people that no card knows: after a title, or by their form."""
    found = list(known)
    titles = (i for i in known if i.kind in {"title", "noun"})
    after_title = {m.end(): i for i in titles if (m := _AFTER_TITLE.match(text, i.end, end))}
    starts = {i.start: i for i in known}
    taken = [i for i in known if i.kind in {"person", "medium", "state", "body", "ministry", "title", "organ"}]
    for first, last in _names(text, known, start, end):
        name = text[first:last]
        if any(i.start < last and first < i.end for i in taken):
            continue
        if first in after_title or _looks_personal(name, lexicon) or _closes(text, first, last):
            if first in starts and starts[first].end >= last:
                continue
            found = [i for i in found if i.end <= first or i.start >= last]
            title = after_title.get(first)
            medium = title is not None and title.kind == "noun" and lexicon.nouns[title.ids[0]].kind == "medium"
            found.append(Item(first, last, "outlet" if medium else "unknown", ()))
    return sorted(found, key=lambda i: i.start)


def _names(text: str, known: list[Item], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of words in capitals between known items, without what starts a sentence or cannot be in a name."""
    fixed = [i for i in known if i.kind not in {"short", "noun", "capital"}]
    for first, last in zip([start, *(i.end for i in fixed)], [*(i.start for i in fixed), end], strict=True):
        for match in _NAME.finditer(text, first, last):
            yield from _cut(text, *match.span())


def _cut(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    name = _POSSESSIVE.sub("", text[first:last])
    last = first + len(name)
    parts = name.split(" ")
    while parts and parts[0].rstrip(".") in NO_NAME:
        first += len(parts.pop(0)) + 1
    for number, part in enumerate(parts):
        if part in NO_NAME:
            last = first + len(" ".join(parts[:number]))
            break
    if first < last:
        yield first, last


def _closes(text: str, first: int, last: int) -> bool:
    """Whether a name that may be a person's ends a line behind a dash, as in headlines."""
    name = text[first:last]
    alone = name.count(" ") < 3 and not name.isupper() and not any(part in _NO_PERSON for part in name.split())
    return alone and bool(_DASHED.search(text[max(0, first - 12) : first])) and text[last : last + 1] in ("", "\n")


def _looks_personal(name: str, lexicon: Lexicon) -> bool:
    parts = name.split()
    if len(parts) < 2 or any(part in _NO_PERSON for part in parts):
        return False
    return parts[0].split("-")[0] in lexicon.given_names


def learned(text: str, spans: Iterable[tuple[int, int]], shorts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where short forms learned from the article stand, as whole words."""
    forms = sorted({s for s in shorts if len(s) > 1}, key=len, reverse=True)
    if not forms:
        return
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)")
    for start, end in spans:
        yield from (m.span() for m in pattern.finditer(text, start, end))
