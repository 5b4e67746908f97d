"""sayso: who said what – a ledger of statements between states, read from the news.

>>> import sayso
>>> with sayso.open("sayso.db") as desk:
...     for page in desk.read(["page.html"]): ...
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.desk import Desk, Page
    from sayso.desk import open_desk as open  # noqa: A004 - read as sayso.open
    from sayso.errors import AskError, CardError, LedgerError, SaysoError, SourceError
    from sayso.model import (
        Act,
        Article,
        Attribution,
        Block,
        Bounds,
        Condition,
        Copy,
        Entry,
        Fault,
        First,
        Found,
        History,
        Hit,
        Hits,
        Hop,
        Judgement,
        Link,
        News,
        Note,
        Reading,
        Receipt,
        Refused,
        Said,
        Saying,
        Sighting,
        Span,
        Speaker,
        Statement,
        Thread,
        Why,
        Words,
    )

_HOMES = {
    "sayso.desk": ("Desk", "Page", "open"),
    "sayso.errors": ("AskError", "CardError", "LedgerError", "SaysoError", "SourceError"),
    "sayso.model": (
        "Act", "Article", "Attribution", "Block", "Bounds", "Condition", "Copy", "History", "Entry", "Fault",
        "First", "Found", "Hit", "Hits", "Hop", "Judgement", "Link", "News", "Note", "Reading", "Receipt",
        "Refused", "Said", "Saying", "Sighting", "Span", "Speaker", "Statement", "Thread", "Why", "Words",
    ),
}  # fmt: skip
"""Where each public name lives; loaded when first asked for, so that ``import sayso`` costs nothing."""

__all__ = [
    "Act",
    "Article",
    "AskError",
    "Attribution",
    "Block",
    "Bounds",
    "CardError",
    "Condition",
    "Copy",
    "Desk",
    "Entry",
    "Fault",
    "First",
    "Found",
    "History",
    "Hit",
    "Hits",
    "Hop",
    "Judgement",
    "LedgerError",
    "Link",
    "News",
    "Note",
    "Page",
    "Reading",
    "Receipt",
    "Refused",
    "Said",
    "Saying",
    "SaysoError",
    "Sighting",
    "SourceError",
    "Span",
    "Speaker",
    "Statement",
    "Thread",
    "Why",
    "Words",
    "open",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), "open_desk" if name == "open" else name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
