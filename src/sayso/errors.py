"""What can go wrong by the caller's doing. What is odd in an article is no error but a ``Note`` in its Reading.

SaysoError
├── SourceError   a text could not be taken in
├── CardError     a lexicon card is malformed
├── LedgerError   the ledger file cannot be used
└── AskError      a question cannot be understood
"""


class SaysoError(Exception):
    """Every error that sayso raises on purpose: one line that names the input, the reason and what to do."""


class SourceError(SaysoError):
    """A text could not be taken in."""


class CardError(SaysoError):
    """A lexicon card is malformed."""


class LedgerError(SaysoError):
    """The ledger file cannot be opened, read or written."""


class AskError(SaysoError):
    """A question cannot be understood."""
