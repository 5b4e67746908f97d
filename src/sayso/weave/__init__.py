"""What belongs together, and why: made as articles arrive, written through the ledger, rebuilt at any time."""

from __future__ import annotations

from sayso.ledger import Ledger
from sayso.model import Receipt
from sayso.weave.copies import Index
from sayso.weave.loom import Loom

__all__ = ["Loom", "add", "catch_up"]


def add(ledger: Ledger, receipt: Receipt, loom: Loom | None = None, *, again: bool = False) -> bool:
    """Weaves in what a receipt is about; whether anything was new. Once or often, in any order: the same comes out.

    Without a loom only copies are found; statements are compared when a loom catches up. ``again``: see ``Loom.add``.
    """
    article = ledger.article(receipt.article)
    if article is None:
        return False
    copied = Index(ledger).add(article)
    return bool(loom and loom.add(article.id, again=again)) or copied


def catch_up(ledger: Ledger, loom: Loom | None = None) -> int:
    """Weaves in what is not woven yet (a ledger of an older format, a run that was killed); how many articles."""
    missing = dict.fromkeys([*ledger.prints.missing(), *(ledger.woven.missing() if loom else ())])
    caught = sum(add(ledger, Receipt(id_), loom, again=True) for id_ in missing)
    if loom:
        loom.settle()
    return caught
