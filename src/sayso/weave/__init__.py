"""What belongs together, and why: made as articles arrive, written through the ledger, rebuilt at any time."""

from __future__ import annotations

from sayso.ledger import Ledger
from sayso.model import Receipt
from sayso.weave.copies import Index

__all__ = ["add", "catch_up"]


def add(ledger: Ledger, receipt: Receipt) -> bool:
    """Weaves in what a receipt is about; whether anything was new. Once or often, in any order: the same comes out."""
    article = ledger.article(receipt.article)
    return article is not None and Index(ledger).add(article)


def catch_up(ledger: Ledger) -> int:
    """Weaves in what is not woven yet (a ledger of an older format, a run that was killed); how many articles."""
    return sum(add(ledger, Receipt(id_)) for id_ in ledger.prints.missing())
