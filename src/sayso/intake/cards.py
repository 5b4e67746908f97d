"""What is known about news pages: lines (data/blocks.toml), elements (data/markup.toml), publishers (outlets.jsonl)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.lexicon import Lexicon, Outlet
from sayso.text import lists


@dataclass(frozen=True, slots=True)
class LineCard:
    """A pattern that tells what a line, or its beginning (``cut``), is."""

    id: str
    label: str
    pattern: re.Pattern[str]
    cut: bool
    where: str

    def match(self, words: str) -> re.Match[str] | None:
        """Match of the whole line, or of its beginning for a card that cuts."""
        return self.pattern.match(words) if self.cut else self.pattern.fullmatch(words)


def _line_card(row: dict[str, str | bool]) -> LineCard:
    flags = re.IGNORECASE if "i" in str(row.get("flags", "")) else re.NOFLAG
    pattern = re.compile(str(row["pattern"]), flags)
    return LineCard(str(row["id"]), str(row["label"]), pattern, bool(row.get("cut")), str(row.get("where", "any")))


@cache
def line_cards() -> tuple[LineCard, ...]:
    """All line cards, in the order of the file: the first that matches counts."""
    return tuple(_line_card(row) for row in lists.table("blocks")["card"])


@dataclass(frozen=True, slots=True)
class Markup:
    """What elements of web pages are (data/markup.toml)."""

    silent: frozenset[str]
    inline: frozenset[str]
    published: frozenset[str]
    parts: dict[str, str]
    named: dict[str, re.Pattern[str]]


@cache
def markup() -> Markup:
    """The knowledge about elements."""
    data = lists.table("markup")
    named = {
        label: re.compile(rf"(?:^|[\W_])(?:{'|'.join(names)})(?:[\W_]|$)", re.IGNORECASE)
        for label, names in data["named"].items()
    }
    silent, inline, published = (frozenset(data[name]) for name in ("silent", "inline", "published"))
    return Markup(silent, inline, published, data["parts"], named)


def _plain(name: str) -> str:
    """A name without its article, its case and its punctuation."""
    return re.sub(r"^the ", "", re.sub(r"[^\w ]+", "", name.replace("-", " ").lower()).strip())


@cache
def outlets() -> dict[str, Outlet]:
    """Outlets and agencies by plain name and alias."""
    known: dict[str, Outlet] = {}
    for card in Lexicon.load().outlets.values():
        for name in (card.name, *card.aliases):
            known.setdefault(_plain(name), card)
    return known


def outlet_named(name: str) -> Outlet | None:
    """The outlet or agency of that name, if a card knows it."""
    return outlets().get(_plain(name))


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: card for card in outlets().values() for domain in card.domains}


def outlet_at(url: str) -> Outlet | None:
    """The outlet whose domain the address has."""
    found = re.match(r"(?:https?:)?//([^/:?#]+)", url)
    host = found[1].lower().split(".") if found else []
    names = (".".join(host[start:]) for start in range(len(host) - 1))
    return next((_by_domain()[name] for name in names if name in _by_domain()), None)
