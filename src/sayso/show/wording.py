"""What records hold, put into the words of the page: acts, days, counts. English alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from sayso.model import Copy, Said

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table of ``wording.toml``."""
    found: Mapping[str, Any] = _tables()[name]
    return found


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files("sayso.show").joinpath("wording.toml").read_text("utf-8"))


def untold() -> str:
    """What stands in the place of an answer that cannot be given."""
    return str(_tables()["cannot_tell"])


def clean(text: str) -> str:
    """The text with every character that no page may hold replaced by one that it may, so that offsets stay."""
    return _UNSHOWABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text on one line, runs of white space as one space."""
    return " ".join(clean(text).split())


def short(text: str, most: int) -> str:
    """The text on one line, cut between words behind about ``most`` characters."""
    line = one_line(text)
    if len(line) <= most:
        return line
    head = line[:most].rsplit(" ", 1)[0] or line[:most]
    return head.rstrip(" ,;:–—-") + " …"


def act(value: str | None) -> str:
    """The act as a verb behind the speaker's name."""
    return str(table("acts").get(value, value)) if value else "says"


def relation(value: str) -> str:
    """What a later saying is to an earlier one ("said again")."""
    return str(table("relations").get(value, value.replace("_", " ")))


def tone(value: int | None) -> tuple[str, str]:
    """The class of a polarity (neg, neu, pos or none) and its word."""
    if value is None:
        return "none", "tone: " + untold()
    return ("neg" if value < 0 else "pos" if value > 0 else "neu"), str(table("tones").get(str(value), value))


def word(value: object) -> str:
    """A value of a field in words."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return str(table("values").get(str(value), str(value).replace("_", " ")))


# --- numbers -----------------------------------------------------------------------------------------------------------


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``3 sayings``; thousands parted by a comma."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def ordinal(number: int) -> str:
    """``third``; figures from thirteen on."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return str(table("ordinals").get(str(number), f"{number}{ending}"))


# --- copies ------------------------------------------------------------------------------------------------------------

CHANGED = 0.03
"""Share of a text below which it is a changed line."""


def apart(copy: Copy) -> str:
    """``43% of it is not here; 5% of this text is not there``: how the other printing and this one differ."""
    parts = [(copy.cut, "of it is not here"), (copy.added, "of this text is not there")]
    return "; ".join(f"{share:.0%} {told}" for share, told in parts if share >= CHANGED) or "the same text"


# --- days --------------------------------------------------------------------------------------------------------------


def _parts(day: str) -> tuple[str, ...]:
    """Year, month and day of an ISO day, as far as it goes; empty if it is none."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", day)
    parts = tuple(part for part in found.groups() if part) if found else ()
    return parts if len(parts) < 2 or 1 <= int(parts[1]) <= 12 else parts[:1]


def day_long(day: str) -> str:
    """``10 February 2025``."""
    year, *rest = _parts(day) or (day,)
    return " ".join([*(str(int(n)) for n in rest[1:]), *(MONTHS[int(n) - 1] for n in rest[:1]), year])


def day_short(day: str) -> str:
    """``10 Feb 2025``."""
    return re.sub(r"([A-Z][a-z]{2})[a-z]+", r"\1", day_long(day))


def month(day: str) -> str:
    """``February 2025``."""
    return day_long(day[:7])


def weekday(day: str) -> str | None:
    """``Monday``; None for what is no full day."""
    try:
        return WEEKDAYS[date.fromisoformat(day[:10]).weekday()]
    except ValueError:
        return None


def between(first: str, last: str) -> str:
    """``8–10 February 2025``: an interval without saying the same month or year twice."""
    if first[:10] == last[:10]:
        return day_long(last)
    if first[:7] == last[:7] and len(first) > 7 and len(last) > 7:
        return f"{int(first[8:10])}–{day_long(last)}"
    if first[:4] == last[:4]:
        return f"{day_long(first).rsplit(' ', 1)[0]} to {day_long(last)}"
    return f"{day_long(first)} to {day_long(last)}"


def said(when: Said) -> str:
    """The day said in words: a day, an interval, an end, or that it cannot be told."""
    from_, to = when.from_, when.to
    if from_ and to:
        named = weekday(to) if from_ == to else None
        return f"{named}, {day_long(to)}" if named else between(from_, to)
    if to:
        return f"not after {day_long(to)}"
    return f"not before {day_long(from_)}" if from_ else untold()


def later(first: str, last: str) -> str:
    """``17 days later``; empty where the days are not known exactly."""
    try:
        passed = (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return ""
    if passed <= 60:
        return f"{count(passed, 'day')} later" if passed else "the same day"
    long = count(round(passed / 30.44), "month") if passed < 730 else count(round(passed / 365.25), "year")
    return f"{long} later"
