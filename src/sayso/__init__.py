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
        Condition,
        Copy,
        Entry,
        Fault,
        Found,
        Hit,
        Hits,
        Hop,
        Note,
        Reading,
        Receipt,
        Refused,
        Said,
        Sighting,
        Span,
        Speaker,
        Statement,
        Words,
    )

_HOMES = {
    "sayso.desk": ("Desk", "Page", "open"),
    "sayso.errors": ("AskError", "CardError", "LedgerError", "SaysoError", "SourceError"),
    "sayso.model": (
        "Act", "Article", "Attribution", "Block", "Condition", "Copy", "Entry", "Fault", "Found", "Hit", "Hits", "Hop",
        "Note", "Reading", "Receipt", "Refused", "Said", "Sighting", "Span", "Speaker", "Statement", "Words",
    ),
}  # fmt: skip
"""Where each public name lives; loaded when first asked for, so that ``import sayso`` costs nothing."""

__all__ = [
    "Act", "Article", "AskError", "Attribution", "Block", "CardError", "Condition", "Copy", "Desk", "Entry", "Fault",
    "Found", "Hit", "Hits",
    "Hop", "LedgerError", "Note", "Page", "Reading", "Receipt", "Refused", "Said", "SaysoError", "Sighting",
    "SourceError", "Span", "Speaker", "Statement", "Words", "open",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), "open_desk" if name == "open" else name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
