"""The ledger: what was read stays, nothing is lost and nothing doubled. The only room that knows SQLite."""

from sayso.ledger.proof import faults
from sayso.ledger.search import Named, Query, every, near, phrase
from sayso.ledger.store import Ledger
from sayso.ledger.woven import Woven

__all__ = ["Ledger", "Named", "Query", "Woven", "every", "faults", "near", "phrase"]
