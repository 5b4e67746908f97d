"""Small articles with hand-set marks, so that a facet is tried on its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.ids import article_id, sha256_of
from sayso.lexicon import Lexicon
from sayso.model import Article, Attribution, Block, Dateline, Day, Marks, Mention, Span
from sayso.read.case import Case, Who
from sayso.read.facets import when, who

ALPHA = {
    "kind": "person", "name": "Jane Alpha", "entity": 1, "state": "NRL", "role": "Foreign Minister",
    "id": "person:jane-alpha",
}  # fmt: skip
MINISTRY = {"kind": "body", "name": "Norland Foreign Ministry", "entity": 2, "state": "NRL"}
NORLAND = {"kind": "state", "name": "Norland", "entity": 3, "state": "NRL", "id": "NRL"}
SUDLAND = {"kind": "state", "name": "Sudland", "entity": 4, "state": "SDL", "id": "SDL"}
WIRE = {"kind": "medium", "name": "Reuters", "entity": 5, "id": "outlet:reuters"}
PAPER = {"kind": "medium", "name": "Norland Herald", "entity": 6, "id": "outlet:norland-herald"}


class Page:
    """A text; every ``find`` gives the span of words in it (the nth time they stand there)."""

    def __init__(self, text: str, **article: Any) -> None:
        self.text = text
        self.article = article
        self.mentions: list[Mention] = []
        self.days: list[Day] = []
        self.attributions: list[Attribution] = []
        self.anchor: str | None = article.pop("anchor", "2024-05-16")

    def find(self, words: str, nth: int = 0) -> Span:
        at = -1
        for _ in range(nth + 1):
            at = self.text.index(words, at + 1)
        return Span(at, at + len(words))

    def mention(self, words: str, nth: int = 0, /, **fields: Any) -> Page:
        self.mentions.append(Mention(*self.find(words, nth), **fields))
        return self

    def day(self, words: str, since: str | None, until: str | None = None, rule: str = "weekday") -> Page:
        self.days.append(Day(*self.find(words), since, until or since, rule))
        return self

    def says(self, source: str | None, cue: str | None, *content: str, nth: int = 0, **links: Any) -> Page:
        spans = (self.find(source, nth),) if source else ()
        pieces = tuple(self.find(piece) for piece in content)
        self.attributions.append(Attribution(spans, self.find(cue) if cue else None, pieces, 0.9, "test", **links))
        return self

    @property
    def marks(self) -> Marks:
        ends = [i + 1 for i, c in enumerate(self.text) if c in ".\n"] + [len(self.text)]
        sentences = tuple(Span(a, b) for a, b in zip([0, *ends], ends, strict=False) if b > a)
        return Marks(sentences, (), tuple(sorted(self.mentions, key=lambda m: m.start)), tuple(self.days), self.anchor)

    def cases(self) -> list[Case]:
        digest = sha256_of(self.text)
        blocks = self.article.pop("blocks", (Block(0, len(self.text), "body"),))
        article = Article(article_id(digest, None), self.text, digest, blocks, **self.article)
        lexicon = Lexicon.load()
        return [Case(article, self.marks, lexicon, self.attributions, n) for n in range(len(self.attributions))]

    def who(self) -> list[Who]:
        done: dict[int, Who] = {}
        for case in self.cases():
            done[case.number] = who.read(case, done)
        return list(done.values())

    def when(self) -> Sequence[tuple[str | None, str | None, str]]:
        cases, people = self.cases(), self.who()
        return [(said.from_, said.to, said.basis) for said in when.read(cases, people)]


__all__ = ["ALPHA", "MINISTRY", "NORLAND", "PAPER", "SUDLAND", "WIRE", "Dateline", "Page"]
