"""Questions to a ledger. Each reads it and gives a plain answer; none writes."""

from sayso.ask.find import seen
from sayso.ask.reports import reports

__all__ = ["reports", "seen"]
