"""Questions to a ledger. Each reads it and gives a plain answer; none writes."""

from sayso.ask.find import seen

__all__ = ["seen"]
