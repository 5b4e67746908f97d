"""Questions to a ledger. Each reads it and gives a plain answer; none writes."""

from sayso.ask.reports import reports
from sayso.ask.said import again, history, links, saying, seen

__all__ = ["again", "history", "links", "reports", "saying", "seen"]
