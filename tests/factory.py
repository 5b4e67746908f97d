"""Small articles and statements made by hand: the fields a test does not name are undetermined."""

from __future__ import annotations

from typing import Any

from sayso import ids
from sayso.model import (
    Act,
    Article,
    Block,
    Condition,
    Found,
    Hop,
    Reading,
    Said,
    Sighting,
    Span,
    Speaker,
    Statement,
    Words,
)

TEXT = """Ties with Eastland on the brink, says Norland

MOUNTAINTON, March 3. Talks go nowhere, Minister Jane Alpha said on Monday. "We see no reason to hope," she added.
Eastland could neither confirm nor deny the call.
"""


def article(text: str = TEXT, **fields: Any) -> Article:
    sha256 = ids.sha256_of(text)
    given = fields.get("published") if fields.get("published_basis") == "given" else None
    blocks = [Block(0, len(text), "body")] if text.strip() else []
    return Article(ids.article_id(sha256, given), text, sha256, tuple(fields.pop("blocks", blocks)), **fields)


def sighting(of: Article, ref: str = "page.txt", **fields: Any) -> Sighting:
    return Sighting(ids.sighting_id(of.id, ref), of.id, ref, raw=of.text.encode(), **fields)


def words(of: Article, *pieces: str) -> Words:
    spans = []
    for piece in pieces:
        start = of.text.index(piece)
        spans.append(Span(start, start + len(piece)))
    return Words(tuple(spans), " … ".join(pieces))


def statement(of: Article, *content: str, source: str | None = None, **fields: Any) -> Statement:
    said, spoken = words(of, *content), words(of, source) if source else None
    day = fields.pop("said", None)
    from_, to = day if isinstance(day, tuple) else (day, day)
    name = fields.pop("speaker", source)
    hop = Hop("speaker", name, None, 0.9, "named in the sentence", spoken and spoken.spans) if name else None
    plain = {
        "cue": None,
        "certainty": 0.9,
        "speaker": Speaker(name, fields.pop("speaker_id", None), "person", None, 0.9, "named", spoken and spoken.spans),
        "chain": (hop,) if hop else (),
        "said": Said(from_, to, "weekday" if to else "none", 0.8, "'on Monday' before the dateline's day"),
        "condition": None,
        "act": Act(fields.pop("act", None), 0.7, "its cue says so", said.spans, ("describe",)),
    }
    for name in ("kind", "form", "core", "state", "addressee", "polarity", "modality", "status", "dyad"):
        plain[name] = Found(fields.pop(name, None), 0.6, f"{name}: as read", said.spans)
    for name in ("agreements", "channels", "topics"):
        plain[name] = Found(fields.pop(name, ()), 0.6, f"{name}: as read")
    spans = spoken.spans if spoken else ()
    return Statement(ids.statement_id(of.id, said.spans, spans), of.id, said, source=spoken, **(plain | fields))


def condition(of: Article, antecedent: str, controls: str | None = None) -> Condition:
    return Condition(words(of, antecedent), None, controls, 0.7, "opens with a conditional word")


def reading(of: Article, *statements: Statement, reader: str = "reader-1", **fields: Any) -> Reading:
    return Reading(of.id, reader, statements=statements, **fields)


def example() -> tuple[Article, Sighting, Reading]:
    """One article with three statements, one of them below the usual threshold."""
    page = article(title="Ties with Eastland on the brink, says Norland", outlet="Example Post", published="2025-03-03")
    alpha = {"source": "Minister Jane Alpha", "state": "NOR", "dyad": ("NOR", "EAS"), "said": "2025-03-03"}
    first = statement(page, "Talks go nowhere", act="criticise", polarity=-1, core=True, topics=("dialogue",), **alpha)
    second = statement(
        page, '"We see no reason to hope,"', **alpha | {"source": "she", "speaker": "Jane Alpha"}, act="doubt"
    )
    third = statement(page, "the call", source="Eastland", certainty=0.3, act="leave_open", status="neither")
    return page, sighting(page), reading(page, first, second, third)
