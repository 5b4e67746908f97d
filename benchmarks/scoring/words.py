"""The word lists of ``words.toml``, and when two names mean one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_SPELLINGS: dict[str, str] = _DATA["names"]["spellings"]
_EMPTY = frozenset(_DATA["names"]["empty"].split())


def cue_words(name: str) -> frozenset[str]:
    """One list of the table ``cues``."""
    return frozenset(_DATA["cues"][name].split())


def speech_pattern() -> re.Pattern[str]:
    """Matches a form of a verb of speech in lower case."""
    stems = sorted(map(re.escape, _DATA["cues"]["speech_stems"].split()), key=len, reverse=True)
    endings = "|".join(_DATA["cues"]["speech_endings"].split())
    return re.compile(rf"(?:{'|'.join(stems)})(?:{endings})?$")


def words_of(name: str) -> list[str]:
    """A name's telling words: lower case, one spelling, without titles (unless nothing else is left)."""
    plain = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\b([a-z])\.", r"\1", plain).replace("'s", "")
    words = " ".join(_SPELLINGS.get(w, w) for w in re.findall(r"[a-z0-9]+", plain)).split()
    return [w for w in words if w not in _EMPTY] or words


def same_name(gold: str | None, found: str | None) -> bool:
    """Alike by words; a person also by last name when neither first name speaks against it."""
    g, p = words_of(gold or ""), words_of(found or "")
    if not g or not p:
        return not g and not p
    if set(g) == set(p):
        return True
    if g[-1] == p[-1] and (len(g) == 1 or len(p) == 1 or g[0][0] == p[0][0]):
        return True
    return len(set(g) & set(p)) / len(set(g) | set(p)) >= 0.6
