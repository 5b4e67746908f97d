"""Answers shown: as text for a terminal, or as records for other programs. Knows no ledger."""
