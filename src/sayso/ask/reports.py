"""Reports of one saying: statements that stand in copies of one text and say the same, a word or two changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from sayso.ledger import Ledger, Query
from sayso.model import Entry, Statement
from sayso.text import lists, normal

_TOKEN = re.compile(r"\w+(?:'\w+)?")


@cache
def rule() -> dict[str, Any]:
    """How much contents must have in common, and what must not differ: ``[saying]`` of ``data/copies.toml``."""
    table: dict[str, Any] = lists.table("copies")["saying"]
    return table | {"veto": frozenset(table["veto"])}


def reports(ledger: Ledger, entry: Entry) -> Iterator[Entry]:
    """The other reports of a statement's saying, in the copies of its article."""
    for copy in ledger.copies(entry.article.id):
        for other in ledger.entries(Query(article=copy.of)):
            if one_saying(entry.statement, other.statement):
                yield other


def one_saying(a: Statement, b: Statement) -> bool:
    """Whether two statements in copies of one text are reports of one saying.

    Copies may have words changed, so contents need only overlap; but a number, a negation or a condition that one has
    and the other lacks says something else, and so does another speaker.
    """
    return _one_speaker(a, b) and _one_content(_words(a.content.text), _words(b.content.text))


def _one_speaker(a: Statement, b: Statement) -> bool:
    if a.speaker.id and b.speaker.id:
        return a.speaker.id == b.speaker.id
    names = [_words(each.speaker.name or "") for each in (a, b)]
    return not all(names) or names[0][-1] == names[1][-1]


def _one_content(a: list[str], b: list[str]) -> bool:
    if a == b:
        return True
    shorter, longer = sorted((len(a), len(b)))
    if not shorter or shorter < rule()["length"] * longer or _vetoed(a, b):
        return False
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return bool(sum(block.size for block in blocks) >= rule()["words"] * shorter)


def _vetoed(a: list[str], b: list[str]) -> bool:
    veto = rule()["veto"]
    telling = [sorted(word for word in words if word in veto or word[0].isdigit()) for words in (a, b)]
    return telling[0] != telling[1]


def _words(text: str) -> list[str]:
    return _TOKEN.findall(normal(text))
