"""Everything found in an article before anyone is said to say anything: sentences, quotations, actors, days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.lexicon import Lexicon
from sayso.model import Article, Block, Marks, Mention, Quote
from sayso.read.marks.book import Book
from sayso.read.marks.chain import Chain
from sayso.read.marks.days import days
from sayso.read.marks.items import Item, items, learned
from sayso.read.marks.persons import Persons
from sayso.read.marks.phrases import Phrase, phrases
from sayso.read.turns import surname, turns
from sayso.text import dateline_end, paragraphs, quotations, sentences

__all__ = ["anchor_of", "mark"]

MARKED = frozenset({"headline", "deck", "body", "caption", "dateline"})
"""Labels of the blocks that are marked."""

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er|[Ii]t|[Tt]hey)\b")
_KOREA = re.compile(r"\b[Tt]he\s(North|South)(?![\w-]|\s[A-Z])")
_HONOUR = re.compile(r"^(?:Sir|Ayatollah|Grand Ayatollah|Lord|Dame) ")
_SIR = re.compile(r"\bSir \w+")
_EAST_BEFORE = re.compile(r"\b(?:China|Chinese|Korean?|Taiwan(?:ese)?|Vietnam(?:ese)?|Beijing|Seoul|Pyongyang)\b")


def mark(article: Article, lexicon: Lexicon) -> Marks:
    """Mark the blocks that tell news: headline, deck, body, caption, dateline. The rest is not looked at."""
    text = article.text
    blocks = [b for b in article.blocks if b.label in MARKED]
    spans = tuple(s for b in blocks for s in sentences(text, b.start, b.end))
    quotes = tuple(q for b in blocks for q in quotations(text, b.start, b.end))
    day = anchor_of(article)
    place = article.dateline.place if article.dateline else None
    own = _state_of(lexicon, article.agency, article.outlet)
    book = Book(text, lexicon, day, _state_of(lexicon, place) or own, own)
    book.headlines = tuple((b.start, b.end) for b in blocks if b.label == "headline")
    book.sentence_starts = {s.start for s in spans}
    found = tuple(d for b in blocks for d in days(text, b.start, b.end, day))
    mentions = _with_turns(article, _chained(book, blocks, quotes))
    return Marks(spans, quotes, mentions, found, day)


def _with_turns(article: Article, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Those whose names open the turns of a transcript: who is named elsewhere, else somebody new.

    Who has no state of his own there speaks for the one the page names first.
    """
    opened = [turn for turn in turns(article) if not turn.asks]
    made: dict[str, Mention] = {}
    number = max((m.entity for m in mentions), default=-1) + 1
    first_state = next((m.state for m in mentions if m.state), None)
    for turn in opened:
        last = surname(article.text, turn.name)
        known = next((m for m in mentions if m.kind == "person" and m.name.split()[-1] == last), None)
        if last not in made:
            made[last] = known or Mention(*turn.name, "person", last, number + len(made), None, first_state)
        if known is None and made[last].state:
            made[last] = replace(made[last], certainty=0.6)
    turned = [
        replace(made[surname(article.text, t.name)], start=t.name.start, end=t.name.end, why="opens a turn")
        for t in opened
    ]
    kept = [m for m in mentions if not any(t.start < m.end and m.start < t.end for t in turned)]
    return tuple(sorted([*kept, *turned], key=lambda m: m.start))


def anchor_of(article: Article) -> str | None:
    """The day against which time words are read: the dateline's, with the year of publication, else published."""
    published = (article.published or "")[:10]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", published):
        published = ""
    line = article.dateline.date if article.dateline else None
    if line and re.fullmatch(r"\d{4}-\d\d-\d\d", line[:10]):
        return line[:10]
    if line and published and re.fullmatch(r"-{0,2}\d\d-\d\d", line):
        return published[:5] + line.lstrip("-")
    return published or None


def _chained(book: Book, blocks: list[Block], quotes: tuple[Quote, ...]) -> tuple[Mention, ...]:
    """The mentions of all blocks: first what is known by name anywhere, then the chain in order of the text."""
    text = book.text
    by_block = [items(text, b.start, b.end, book.lexicon) for b in blocks]
    known = [item for found in by_block for item in found]
    if any("PRK" in item.ids for item in known):
        _add_koreas(text, blocks, by_block)
    forms = _learned_forms(text, known)
    for block, found in zip(blocks, by_block, strict=True):
        _add_learned(text, block, found, forms)
    book.ahead = [(item.start, item.ids) for item in known if item.kind in {"state", "adjective"}]
    book.governments = [(item.start, item.ids) for item in known if item.kind in {"seat", "capital"}]
    near = frozenset(side for side in (book.home, book.own) if side is not None)
    chain = Chain(book, Persons(text, book.lexicon, book.day, _named(text, known), near))
    for block, found in zip(blocks, by_block, strict=True):
        _chain_block(chain, block, found, quotes)
    return tuple(book.mentions)


def _named(text: str, known: list[Item]) -> dict[str, str]:
    """Cards whose person is named in full, with the page's longest spelling of the name."""
    named: dict[str, str] = {}
    for item in known:
        words = text[item.start : item.end]
        for i in item.ids if item.kind == "person" and " " in words else ():
            if len(words) > len(named.get(i, "")):
                named[i] = _HONOUR.sub("", words) if words.count(" ") > 1 else words
    return named


def _chain_block(chain: Chain, block: Block, found: list[Item], quotes: tuple[Quote, ...]) -> None:
    """Phrases and pronouns of a block, in order of the text; a dateline's place is no actor."""
    text = chain.text
    for first, last in paragraphs(text, block.start, block.end):
        body = dateline_end(text, first, last)
        inside = [i for i in found if body <= i.start and i.end <= last]
        made = phrases(text, inside, body, last, chain.book.lexicon)
        for start, end, phrase in _in_order(made, _pronouns(text, body, last)):
            if phrase is not None:
                chain.phrase(phrase)
            else:
                chain.pronoun(start, end, _quoted(start, quotes))


def _in_order(made: list[Phrase], pronouns: Iterator[tuple[int, int]]) -> list[tuple[int, int, Phrase | None]]:
    """Phrases, and pronouns that no phrase covers ("his" of "his spokesman"), as they come."""
    taken = [(p.start, p.end) for p in made]
    alone = [(a, b, None) for a, b in pronouns if not any(start < b and a < end for start, end in taken)]
    return sorted([*((p.start, p.end, p) for p in made), *alone], key=lambda entry: entry[0])


def _pronouns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (m.span() for m in _PRONOUN.finditer(text, start, end))


def _quoted(at: int, quotes: tuple[Quote, ...]) -> bool:
    return any(q.start <= at < q.end for q in quotes)


def _learned_forms(text: str, known: list[Item]) -> set[str]:
    """Short forms of the people whom only this article knows."""
    forms = set()
    for item in known:
        if item.kind == "person" and (found := _SIR.search(text, max(0, item.start - 4), item.end)):
            forms.add(found[0])
        if item.kind == "unknown" and " " in text[item.start : item.end]:
            parts = text[item.start : item.end].split()
            forms.add(parts[-1])
            if len(parts) <= 3 and _EAST_BEFORE.search(text, max(0, item.start - 80), item.start):
                forms.add(parts[0])
    return forms


def _add_koreas(text: str, blocks: list[Block], by_block: list[list[Item]]) -> None:
    """ "the North", "the South" in an article about Korea."""
    for block, found in zip(blocks, by_block, strict=True):
        for match in _KOREA.finditer(text, block.start, block.end):
            if not any(i.start < match.end() and match.start() < i.end for i in found):
                found.append(Item(*match.span(), "state", ("PRK" if match[1] == "North" else "KOR",)))
        found.sort(key=lambda item: item.start)


def _add_learned(text: str, block: Block, found: list[Item], forms: set[str]) -> None:
    for start, end in learned(text, [(block.start, block.end)], forms):
        if not any(i.start < end and start < i.end for i in found):
            found.append(Item(start, end, "unknown", ()))
    found.sort(key=lambda item: item.start)


def _state_of(lexicon: Lexicon, *names: str | None) -> str | None:
    """The state of the first place, agency or outlet that has one."""
    for name in filter(None, names):
        name = name if not name.isupper() or len(name) < 5 else name.title()
        for kind, id_ in lexicon.called(name):
            if kind in {"capital", "state"}:
                return id_
            if kind == "medium":
                return lexicon.outlets[id_].state
        if name in lexicon.state_of_place:
            return lexicon.state_of_place[name]
    return None
