"""Two wordings side by side: which words of the earlier one were not kept, which of the later one are new."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from sayso.model import Span
from sayso.text.forms import fold

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
LEAST_SHARED = 0.25
"""Share of the shorter wording's words that both must have: of two that share less every word would be marked."""


def differing(earlier: str, later: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Stretches of ``earlier`` that were not kept, and stretches of ``later`` that are new, in order.

    Case, accents and marks count as nothing. Both are empty if the two have too few words in common to be compared.
    """
    old, new = list(_WORD.finditer(earlier)), list(_WORD.finditer(later))
    a, b = ([fold(m.group()).casefold() for m in words] for words in (old, new))
    steps = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    kept = sum(i2 - i1 for tag, i1, i2, *_ in steps if tag == "equal")
    if kept < LEAST_SHARED * min(len(a), len(b)) or not kept:
        return (), ()
    gone = tuple(_stretch(old, i1, i2) for tag, i1, i2, *_ in steps if tag != "equal" and i1 < i2)
    come = tuple(_stretch(new, j1, j2) for tag, _, _, j1, j2 in steps if tag != "equal" and j1 < j2)
    return gone, come


def _stretch(words: list[re.Match[str]], first: int, last: int) -> Span:
    return Span(words[first].start(), words[last - 1].end())
