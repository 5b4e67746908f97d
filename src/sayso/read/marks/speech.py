"""Whether words of a text are the subject of saying: told from the words beside them alone."""

from __future__ import annotations

import re

from sayso.lexicon import Lexicon
from sayso.text import word_lists

_FUNCTION = word_lists("marks")["function"]
_NEXT = re.compile(
    r"(?:,[^,.;:\"“”]{3,80})?,?\s+"
    r"(?:(?:has|had|have|also|later|repeatedly|then|earlier|further|again|is|was|were|did|not|now|would|will|could|may|must|"
    r"should|strongly|openly|publicly|on|late|\w+day)\s+){0,3}([a-z]+)"
)
_AUXILIARY = re.compile(r"\s+(?:has|had|have|is|was|were|did|does|would|will|could|can|may|must|should|said|says)\b")
_DASH = re.compile(r"\S.{7,}\s(?:—|–|-)\s+(?:the\s+)?$")
_LINE_END = re.compile(r"[\s.]*(?:\n|$)")
_BEFORE = re.compile(r"(?:(\w+)|(according to|as reported by))\s+(?:the\s+)?$")


class Speech:
    """The verbs beside a mention."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.cues = text, lexicon.cues

    def speaks(self, start: int, end: int) -> bool:
        """Whether the words are the subject of saying: "X said", "said X", "according to X", "words — X"."""
        return self.said_after(end) or self.said_before(start) or self.closes(start, end)

    def closes(self, start: int, end: int) -> bool:
        """Whether the words end a line behind a dash, as headlines name who says what stands before."""
        return bool(
            _LINE_END.match(self.text, end) and _DASH.search(self.text[max(0, start - 80) : start].split("\n")[-1])
        )

    def said_after(self, end: int) -> bool:
        """Whether a verb of saying follows, an apposition or adverbs between."""
        after = _NEXT.match(self.text, end, end + 140)
        return after is not None and self._is_cue(after[1])

    def said_before(self, start: int) -> bool:
        """Whether a verb of saying stands right before."""
        before = _BEFORE.search(self.text, max(0, start - 24), start)
        return before is not None and bool(before[2] or (self._is_cue(before[1]) and not before[1].endswith("ing")))

    def acts(self, end: int) -> bool:
        """Whether any finite verb follows."""
        return bool(_AUXILIARY.match(self.text[end : end + 12])) or self.said_after(end)

    def modifies(self, end: int) -> bool:
        """Whether the word after an organ is a noun that it describes ("military operation", "opposition to")."""
        after = re.match(r"[-\s]([a-z]+)", self.text[end : end + 30])
        if after is None:
            return False
        word = after[1]
        if word == "to" and self.text[:end].endswith("opposition"):
            return True
        return not (word in _FUNCTION or word.endswith(("ed", "ly", "ing")) or self._is_cue(word))

    def _is_cue(self, word: str) -> bool:
        cue = self.cues.get(word)
        return cue is not None and cue.part != "noun" and cue.precision >= 0.4
