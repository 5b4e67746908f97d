"""Web pages: our own walk over the tree makes the blocks; an extraction library votes which of them are body.

The walk loses nothing that a reader sees and keeps the order of the page; trafilatura's output, aligned to the
blocks by runs of words, only votes, so that its errors cost labels and never text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sayso.errors import SourceError
from sayso.intake.cards import Markup, markup
from sayso.intake.facts import Page
from sayso.intake.markup import page_facts
from sayso.intake.plain import check_length

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SIGNATURE = re.compile(r"(?:[A-Z][\w.’'-]+(?: and |, |/| & | )?){2,6}")
_TOKEN = re.compile(r"\w+")
_RUN = 4

_ELEMENTS = 100_000
_ATTRIBUTES = 8_000
"""More of them are no page, and would take the parser minutes and memory by the hundred megabytes."""

_TAG = re.compile(r"""<!--|<[a-zA-Z](?:[^"'>]++|"[^"]*+"|'[^']*+')*+""")
_RAW = tuple(
    (re.compile(begins, re.IGNORECASE), re.compile(ends, re.IGNORECASE))
    for begins, ends in (("<!--", "-->"), (r"<script\b", r"</script\b"), (r"<style\b", r"</style\b"))
)
"""How what is no mark-up begins and ends."""

_VALUE = re.compile(r"""(["']).*?\1""", re.DOTALL)
_NO_TEXT = "the page has no text: it may need a browser; save the article as text"


@dataclass(slots=True)
class Piece:
    """A block of the page in the making."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    """Characters inside links."""
    part: str | None = None
    """What the elements around it say it is."""
    tag: str = ""
    deck: bool = False

    words: str = ""
    """The text, runs of white space as one space; set when the block is whole."""


def read_page(source: str) -> tuple[str, dict[int, str], Page]:
    """Canonical text of a page, what its mark-up says of the lines (by their start), and what it tells about itself."""
    _check_elements(source)
    tree = _tree(source)
    pieces = _Walk().through(tree)
    if not pieces:
        raise SourceError(_NO_TEXT)
    check_length("\n\n".join(piece.words for piece in pieces))
    page = page_facts(tree)
    votes = _votes([piece.words for piece in pieces], _extract(tree))
    text, hints, at = [], {}, 0
    labels = _labels(pieces, votes, page.title)
    for piece, hint in zip(pieces, labels, strict=True):
        hints[at] = hint
        text.append(piece.words)
        at += len(piece.words) + 2
    return "\n\n".join(text), hints, page


def _check_elements(source: str) -> None:
    """``SourceError`` for more elements, or attributes of one, than a page has."""
    if source.count("<") > _ELEMENTS:
        raise SourceError(f"it has more than {_ELEMENTS:,} elements, too many for a page: save the article as text")
    long = (tag for tag in _tags(source) if len(tag) > 4 * _ATTRIBUTES)
    if any(len(_VALUE.sub(" ", tag).split()) > _ATTRIBUTES for tag in long):
        raise SourceError("one of its elements has over 8,000 attributes: save the article as text")


def _tags(source: str) -> Iterator[str]:
    """The tags of a page; what looks like one inside a script or a comment is none."""
    at, endless = 0, set()
    while tag := _TAG.search(source, at):
        yield tag[0]
        at = tag.end()
        ends = next((ends for begins, ends in _RAW if begins.match(tag[0])), None)
        if ends and ends not in endless:
            end = ends.search(source, at)
            at = end.end() if end else at
            endless |= set() if end else {ends}


def _tree(source: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    data = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", source).encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(_NO_TEXT) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError("its elements are nested too deep to be read to the end: save the article as text")
    return tree


def _extract(tree: Any) -> str:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(tree, include_comments=False, include_tables=False) or ""
    except (ValueError, TypeError, AttributeError, RecursionError, IndexError, KeyError):
        return ""  # the library only votes: a page it cannot bear is read by our own marks


# --- walk ------------------------------------------------------------------------------------------------------------


class _Walk:
    """Blocks of a page in reading order."""

    def __init__(self) -> None:
        self.known: Markup = markup()
        self.pieces: list[Piece] = []
        self.around: list[tuple[str | None, bool, bool]] = [(None, False, False)]
        self.headings: list[str] = []
        self.broken = False

    def through(self, tree: Any) -> list[Piece]:
        """All blocks of the tree, empty ones left out."""
        from lxml import etree

        self._open("")
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, node in walk:
            if event == "end":
                self._leave(node)
            elif self._enter(node):
                walk.skip_subtree()
        for piece in self.pieces:
            piece.words = " ".join("".join(piece.parts).split())
        return [piece for piece in self.pieces if piece.words]

    def _open(self, tag: str) -> None:
        part, _, deck = self.around[-1]
        self.pieces.append(Piece(part=part, tag=self.headings[-1] if self.headings else tag, deck=deck))
        self.broken = False

    def _enter(self, node: Any) -> bool:
        """Go into an element; True if what is in it is not for readers."""
        part, linked, deck = self.around[-1]
        silent = not isinstance(node.tag, str) or node.tag in self.known.silent
        if not silent and node.tag not in ("html", "body"):
            part, deck = _part(node, part), deck or _is_deck(node.get("class"))
        self.around.append((part, linked or node.tag == "a", deck))
        if silent:
            return True
        if node.tag in _HEADINGS:
            self.headings.append(node.tag)
        if node.tag == "br":
            self._break()
        elif node.tag not in self.known.inline:
            self._open(node.tag)
        self._say(node.text)
        return False

    def _leave(self, node: Any) -> None:
        self.around.pop()
        if self.headings and node.tag == self.headings[-1]:
            self.headings.pop()
        if (
            isinstance(node.tag, str)
            and node.tag not in self.known.inline
            and node.tag not in self.known.silent
            and node.tag != "br"
        ):
            self._open(getattr(node.getparent(), "tag", ""))
        self._say(node.tail)

    def _break(self) -> None:
        """A line break is a space, two are the end of a paragraph."""
        if self.broken:
            self._open(self.pieces[-1].tag)
        self.broken = True
        self.pieces[-1].parts.append(" ")

    def _say(self, words: str | None) -> None:
        if words:
            piece = self.pieces[-1]
            piece.parts.append(words)
            if words.strip():
                self.broken = False
                piece.linked += len("".join(words.split())) * self.around[-1][1]


@cache
def _named(names: str) -> str | None:
    return next((label for label, pattern in markup().named.items() if label != "deck" and pattern.search(names)), None)


def _part(node: Any, around: str | None) -> str | None:
    """What an element's kind and names say that its text is, within what is around it."""
    if (known := markup().parts.get(node.tag)) is not None:
        return known
    names = f"{node.get('class', '')} {node.get('id', '')}"
    return (_named(names[:300]) if len(names) > 1 else None) or around


@cache
def _is_deck(names: str | None) -> bool:
    return names is not None and markup().named["deck"].search(names) is not None


# --- votes and labels ------------------------------------------------------------------------------------------------


def _runs(tokens: list[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[at : at + _RUN]) for at in range(max(1, len(tokens) - _RUN + 1))] if tokens else []


def _votes(blocks: list[str], extracted: str) -> list[bool]:
    """Which blocks the extraction holds for body: most of their runs of four words stand in it; short ones whole."""
    lines = {" ".join(_TOKEN.findall(line)) for line in extracted.splitlines()}
    runs = Counter(run for line in extracted.splitlines() for run in _runs(_TOKEN.findall(line)))
    return [_voted(_TOKEN.findall(words), lines, runs) for words in blocks]


def _voted(tokens: list[str], lines: set[str], runs: Counter[tuple[str, ...]]) -> bool:
    if len(tokens) < _RUN:
        return bool(tokens) and " ".join(tokens) in lines
    mine = _runs(tokens)
    hits = [run for run in mine if runs[run] > 0]
    if len(hits) < 0.6 * len(mine):
        return False
    runs.subtract(hits)
    return True


def _labels(pieces: list[Piece], votes: list[bool], title: str | None) -> list[str]:
    """The hint of each block: what it is, "body" if voted, "rest" if nothing is known of it."""
    voted = list(zip(pieces, votes, strict=True))
    first = next((n for n, (piece, vote) in enumerate(voted) if vote and _opens(piece)), len(voted))
    plain_title = _plain(title or "")
    return [_label(piece, vote, before=n < first, title=plain_title) for n, (piece, vote) in enumerate(voted)]


def _opens(piece: Piece) -> bool:
    """Whether a block can be the first paragraph of the story."""
    return len(piece.words) > 80 and piece.tag not in _HEADINGS and not piece.deck


def _label(piece: Piece, vote: bool, *, before: bool, title: str) -> str:
    words = piece.words
    if before and _is_headline(piece, vote, title):
        return "headline"
    if before and len(words) > 40 and piece.part is None and (piece.deck or (vote and piece.tag in _HEADINGS)):
        return "deck"
    if piece.part in ("caption", "byline") and (not vote or piece.part == "caption"):
        return piece.part
    if _all_link(piece):
        return "related_link" if len(words.split()) > 4 else "furniture"
    if vote:
        return "byline" if before and _SIGNATURE.fullmatch(words) else "body"
    return piece.part or "rest"


def _is_headline(piece: Piece, vote: bool, title: str) -> bool:
    """The page's title in a heading or by itself, or a heading of the first rank that the votes hold for text."""
    if title and _plain(piece.words) == title:
        return piece.tag == "h1" or piece.part is None
    return piece.tag == "h1" and vote and len(piece.words.split()) > 3


def _all_link(piece: Piece) -> bool:
    letters = len("".join(piece.words.split()))
    return letters > 0 and piece.linked >= 0.85 * letters and not piece.words.endswith((".", ".”", '."'))


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().lower()
