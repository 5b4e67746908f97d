"""Days as news pages print them. Nothing is guessed: a day needs day, month and year, and must be unambiguous."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
HALF_YEAR = 184
"""Days: words without a year mean the year that brings them nearer than this."""

_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"

_CLOCK = r"(?P<clock>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(?P<zone>z\b|[+-]\d\d:?\d\d)?"

_FULL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:[t ]{_CLOCK})?",
        rf"\b{_MONTH}\s+{_DAY}\s*,?\s+(?:at\s+)?{_YEAR}",
        rf"{_DAY}\s*(?:of\s+)?[- ]?\s*{_MONTH}\s*,?[- ]?\s*{_YEAR}",
    )
)
_NUMERIC = re.compile(rf"(?<!\d)(?P<a>\d{{1,2}})(?P<dots>[/.-])(?P<b>\d{{1,2}})[/.-]{_YEAR}")
_YEARLESS = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?![\d:])", re.IGNORECASE),
    re.compile(rf"{_DAY}\s+{_MONTH}(?![a-z])", re.IGNORECASE),
)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(match: re.Match[str]) -> int:
    return MONTHS.index(match["month"].lower()) + 1


def stamp_in(words: str) -> str | None:
    """The first full day in the words as ISO 8601, with clock and zone where they stand in ISO form.

    None if there is none. Days in figures (04/05/2025) count only if they can be read one way: countries differ.
    """
    for pattern in _FULL:
        if found := pattern.search(words):
            known = found.groupdict()
            month = int(known["number"]) if known.get("number") else _month(found)
            if day := _iso(int(found["year"]), month, int(found["day"])):
                clock, zone = known.get("clock"), known.get("zone") or ""
                return f"{day}T{clock}{zone.upper()}" if clock else day
    return _numeric(words)


def _numeric(words: str) -> str | None:
    if found := _NUMERIC.search(words):
        year, a, b = int(found["year"]), int(found["a"]), int(found["b"])
        if found["dots"] == ".":
            return _iso(year, b, a)  # figures with dots are day first wherever they are written
        readings = {day for day in (_iso(year, b, a), _iso(year, a, b)) if day}
        return readings.pop() if len(readings) == 1 else None
    return None


def day_in(words: str) -> str | None:
    """The first full day in the words, as YYYY-MM-DD."""
    stamp = stamp_in(words)
    return stamp[:10] if stamp else None


def day_near(words: str, anchor: str | None) -> str | None:
    """The day that words without a year mean, taken in the year that brings it nearest to the anchor (YYYY-MM-DD)."""
    if full := day_in(words):
        return full
    if anchor is None:
        return None
    near = date.fromisoformat(anchor[:10])
    for pattern in _YEARLESS:
        if found := pattern.search(words):
            isos = (_iso(near.year + step, _month(found), int(found["day"])) for step in (-1, 0, 1))
            far = {day: abs((date.fromisoformat(day) - near).days) for day in isos if day}
            return min((day for day in far if far[day] < HALF_YEAR), key=far.__getitem__, default=None)
    return None
