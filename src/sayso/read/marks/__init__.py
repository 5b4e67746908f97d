"""Everything found in an article before anyone is said to say anything: sentences, quotations, actors, days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.lexicon import Lexicon
from sayso.model import Article, Block, Day, Marks, Quote, Span
from sayso.read.marks.chain import Chain
from sayso.read.marks.days import days
from sayso.read.marks.items import Item, items, learned
from sayso.read.marks.phrases import Phrase, phrases
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
    """Mark the blocks that tell news: headline, deck, body, caption, dateline. The rest of the page is not looked at."""
    blocks = [b for b in article.blocks if b.label in MARKED]
    spans = [s for b in blocks for s in sentences(article.text, b.start, b.end)]
    quotes = [q for b in blocks for q in quotations(article.text, b.start, b.end)]
    day = anchor_of(article)
    chain = _chained(article, blocks, spans, quotes, lexicon, day)
    found = [d for b in blocks for d in days(article.text, b.start, b.end, day)]
    return Marks(tuple(spans), tuple(quotes), tuple(chain.mentions), tuple(found), day)


def anchor_of(article: Article) -> str | None:
    """The article's day, against which its time words are read: the dateline's, with the year of publication, else published."""
    published = (article.published or "")[:10]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", published):
        published = ""
    line = article.dateline.date if article.dateline else None
    if line and re.fullmatch(r"\d{4}-\d\d-\d\d", line[:10]):
        return line[:10]
    if line and published and re.fullmatch(r"-{0,2}\d\d-\d\d", line):
        return published[:5] + line.lstrip("-")
    return published or None


def _chained(article: Article, blocks: list[Block], spans: list[Span], quotes: list[Quote], lexicon: Lexicon, day: str | None) -> Chain:
    text = article.text
    by_block = [items(text, b.start, b.end, lexicon) for b in blocks]
    known = [item for found in by_block for item in found]
    if any("PRK" in item.ids for item in known):
        _add_koreas(text, blocks, by_block)
    for block, found in zip(blocks, by_block, strict=True):
        _add_learned(text, block, found, _learned_forms(text, known))
    named = _named(text, known)
    chain = Chain(text, lexicon, day, _home(article, lexicon), named)
    chain.sentence_starts = {s.start for s in spans}
    chain.ahead = [(item.start, item.ids) for item in known if item.kind in {"state", "adjective"}]
    for block, found in zip(blocks, by_block, strict=True):
        _chain_block(chain, text, block, found, quotes, lexicon)
    return chain


def _named(text: str, known: list[Item]) -> dict[str, str]:
    """Cards whose person is named in full, with the page's longest spelling of the name."""
    named: dict[str, str] = {}
    for item in known:
        words = text[item.start:item.end]
        for i in item.ids if item.kind == "person" and " " in words else ():
            if len(words) > len(named.get(i, "")):
                named[i] = _HONOUR.sub("", words) if words.count(" ") > 1 else words
    return named


def _chain_block(chain: Chain, text: str, block: Block, found: list[Item], quotes: list[Quote], lexicon: Lexicon) -> None:
    """Phrases and pronouns of a block, in order of the text; a dateline's place is no actor."""
    for first, last in paragraphs(text, block.start, block.end):
        body = dateline_end(text, first, last)
        inside = [i for i in found if body <= i.start and i.end <= last]
        made: list[Phrase] = phrases(text, inside, body, last, lexicon)
        taken = [(p.start, p.end) for p in made]
        at = 0
        for start, end in _pronouns(text, body, last):
            while at < len(made) and made[at].start < start:
                chain.phrase(made[at])
                at += 1
            if not any(a < end and start < b for a, b in taken[max(0, at - 1):at + 1]):
                chain.pronoun(start, end, _quoted(start, quotes))
        for phrase in made[at:]:
            chain.phrase(phrase)


def _pronouns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (m.span() for m in _PRONOUN.finditer(text, start, end))


def _quoted(at: int, quotes: list[Quote]) -> bool:
    return any(q.start <= at < q.end for q in quotes)


def _learned_forms(text: str, known: list[Item]) -> set[str]:
    """Short forms of the people whom only this article knows."""
    forms = set()
    for item in known:
        if item.kind == "person" and (found := _SIR.search(text, max(0, item.start - 4), item.end)):
            forms.add(found[0])
        if item.kind == "unknown" and " " in text[item.start:item.end]:
            parts = text[item.start:item.end].split()
            forms.add(parts[-1])
            if len(parts) <= 3 and _EAST_BEFORE.search(text, max(0, item.start - 80), item.start):
                forms.add(parts[0])
    return forms


def _add_koreas(text: str, blocks: list[Block], by_block: list[list[Item]]) -> None:
    """"the North", "the South" in an article about Korea."""
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


def _home(article: Article, lexicon: Lexicon) -> str | None:
    """The state where an article was written: of its dateline's place, else of the agency or outlet."""
    place = article.dateline.place if article.dateline else None
    for name in filter(None, (place, article.agency, article.outlet)):
        for kind, id_ in lexicon.called(name if not name.isupper() or len(name) < 5 else name.title()):
            if kind in {"capital", "state"}:
                return id_
            if kind == "medium":
                return lexicon.outlets[id_].state
    return None
