"""Time words of an article, resolved against its day: each an interval of days with the rule that gave it, no guess.

A bare weekday is the last such day not after the article's; "next" looks forward; a month or year alone is all of it.
Without an article's day only full dates and years resolve.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from sayso.model import Day

_MONTH_NAMES = "January February March April May June July August September October November December".split()  # noqa: SIM905
_MONTHS = {name[:length].lower(): number for number, name in enumerate(_MONTH_NAMES, 1) for length in (3, 4, len(name))}
_DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_WEEKDAYS = {name.lower(): number for number, name in enumerate(_DAY_NAMES)}
_COUNTS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_NUMBERS = {word: number for number, word in enumerate(_COUNTS, 1)} | {"a": 1, "an": 1}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_LENGTH = {"day": 1, "week": 7, "month": 30, "year": 365}

_MONTH = rf"(?:{'|'.join(_MONTH_NAMES)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_WEEKDAY = rf"(?:{'|'.join(_DAY_NAMES)})"
_COUNT = rf"(?:\d{{1,2}}|an?|{'|'.join(_COUNTS)})"
_PART = r"(?i:(?:late|early|earlier|later|mid)[\s-]+(?:on\s+|in\s+)?)?"
_YEAR = r"(?:19|20)\d\d"
_UNIT = r"(?:day|week|month|year)"

_TIME = re.compile(
    rf"""(?<![\w-])(?:
    (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
  | (?:{_WEEKDAY},\s+)?(?P<mdm>{_MONTH})\s+(?P<mdd>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)(?:,?\s+(?P<mdy>{_YEAR}))?
  | (?:{_WEEKDAY},?\s+)?(?P<dmd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dmm>{_MONTH})(?:,?\s+(?P<dmy>{_YEAR}))?
  | {_PART}(?P<lastm>(?i:last|next|this)\s+)?(?P<month>{_MONTH})(?:,?\s+(?:of\s+)?(?P<my>{_YEAR}))?(?![\w-])
  | {_PART}(?P<which>(?i:last|next|this|this\s+past))?\s*(?P<weekday>{_WEEKDAY})(?:['’]s?)?
    (?:\s+(?:morning|afternoon|evening|night))?
  | (?P<today>(?i:earlier\s+)?(?i:today|tonight)
      |(?i:earlier\s+)?(?i:this|on\s+the\s+same)\s+(?:morning|afternoon|evening|day)|(?i:the)\s+same\s+day)
  | (?P<dby>(?i:the)\s+day\s+before\s+yesterday)
  | (?P<yesterday>(?i:late\s+)?(?i:yesterday)|(?i:last)\s+night|(?i:a|one)\s+day\s+(?:earlier|ago|before\b(?!\s+\w))
      |(?i:the)\s+(?:previous\s+day|day\s+before\b(?!\s+\w)))
  | (?P<tomorrow>(?i:tomorrow))
  | (?P<n>(?i:{_COUNT}))\s+(?P<unit>{_UNIT})s?\s+(?:ago|earlier|previously|before\b(?!\s+\w))
  | (?i:over|in|during|for|within)\s+the\s+(?:past|last)\s+(?P<pastn>{_COUNT}\s+)?(?P<pastunit>{_UNIT})s?
  | (?:(?P<edge>(?i:earlier|later|early|late))\s+)?(?P<rel>(?i:this|last|next)|(?i:the)\s+(?:previous|past))\s+
    (?P<relunit>weekend|week|month|year)
  | (?i:last|this|next)\s+(?P<season>spring|summer|autumn|fall|winter)
  | (?i:in|since|by|until|from|of|during|before|after|for|early|late|mid-?|end\s+of)\s+(?P<year>{_YEAR})(?![\d-])
)(?!\w)""",
    re.VERBOSE,
)
_IN = re.compile(r"\b(?:in|since|by|until|from|of|during|before|after|to|and|for|early|late|mid-?)\s+$", re.IGNORECASE)
_FORWARD = r"\b(?:will|would|expires?|due|scheduled|set\s+to|expected\s+to|planned|upcoming)\b"

Interval = tuple[str | None, str | None, str]


def days(text: str, start: int, end: int, anchor: str | None) -> list[Day]:
    """The time words of ``text[start:end]`` in order; ``anchor``: the article's day (ISO) or None."""
    today = date.fromisoformat(anchor) if anchor else None
    found = []
    for match in _TIME.finditer(text, start, end):
        first = match.start("year") if match["year"] else match.start()
        interval = _resolve(match, today, text)
        if interval is not None:
            found.append(Day(first, match.end(), *interval))
    return found


def _resolve(match: re.Match[str], today: date | None, text: str) -> Interval | None:
    for group, rule in _RULES.items():
        if match[group]:
            return rule(match, today, text)
    return None


def _one(day: date, rule: str) -> Interval:
    return day.isoformat(), day.isoformat(), rule


def _open(rule: str) -> Interval:
    return None, None, rule


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(match: re.Match[str], _: date | None, __: str) -> Interval | None:
    day = _safe(*map(int, match["iso"].split("-")))
    return _one(day, "explicit_date") if day else None


def _dated(month: str, day: str, year: str | None, today: date | None) -> Interval | None:
    number = _MONTHS[month.lower().rstrip(".")]
    if year is None and today is None:
        return _open("explicit_date")
    found = _safe(int(year) if year else today.year, number, int(day))  # type: ignore[union-attr]
    if found is None:
        return None
    if year is None and today is not None and (found - today).days > 183:
        found = _safe(found.year - 1, found.month, found.day) or found
    return _one(found, "explicit_date")


def _month_day(match: re.Match[str], today: date | None, _: str) -> Interval | None:
    return _dated(match["mdm"], match["mdd"], match["mdy"], today)


def _day_month(match: re.Match[str], today: date | None, _: str) -> Interval | None:
    return _dated(match["dmm"], match["dmd"], match["dmy"], today)


def _month(match: re.Match[str], today: date | None, text: str) -> Interval | None:
    """A month alone: the latest one begun; "May" and "March" need a word before that makes them months."""
    word = match["month"]
    if (
        not (match["my"] or match["lastm"])
        and word in {"May", "March", "Mar", "Jan", "Jun", "Dec", "Sep"}
        and not _IN.search(text, max(0, match.start() - 12), match.start())
    ):
        return None
    number = _MONTHS[word.lower().rstrip(".")]
    if match["my"]:
        return _whole_month(int(match["my"]), number)
    if today is None:
        return _open("month")
    which = (match["lastm"] or "").strip().lower()
    year = today.year
    if which == "next":
        year += number <= today.month
    elif number > today.month or (which == "last" and number >= today.month):
        year -= 1
    if not which and _ahead(text, match.start()) and number > today.month:
        year = today.year
    return _whole_month(year, number)


def _ahead(text: str, at: int) -> bool:
    """Whether the words before look forward ("will … in May", "by May", "until")."""
    before = text[max(0, at - 70) : at]
    return bool(re.search(_FORWARD + r"[^.]*$|\b(?:by|until)\s+$", before))


def _whole_month(year: int, month: int) -> Interval:
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return first.isoformat(), (after - timedelta(1)).isoformat(), "month"


def _weekday(match: re.Match[str], today: date | None, text: str) -> Interval | None:
    if today is None:
        return _open("weekday")
    back = (today.weekday() - _WEEKDAYS[match["weekday"].lower()]) % 7
    which = (match["which"] or "").lower()
    if which == "next" or (not which and _ahead_soon(text, match.start())):
        ahead = (7 - back) % 7 or 7 * (which == "next")
        return _one(today + timedelta(ahead), "weekday")
    if which == "last" and back == 0:
        back = 7
    return _one(today - timedelta(back), "weekday")


def _ahead_soon(text: str, at: int) -> bool:
    """Whether a weekday lies ahead: "will meet on Friday", "scheduled for Friday"; not "said on Friday he will"."""
    before = text[max(0, at - 45) : at]
    ahead = re.search(_FORWARD + r"([^.,\"”]*)$", before)
    return ahead is not None and not re.search(r"\b(?:said|told)\b", ahead[1])


def _today(match: re.Match[str], today: date | None, _: str) -> Interval:
    if "same" in match["today"]:
        return _open("relative")
    return _one(today, "today") if today else _open("today")


def _yesterday(_: re.Match[str], today: date | None, __: str) -> Interval:
    return _one(today - timedelta(1), "relative") if today else _open("relative")


def _tomorrow(_: re.Match[str], today: date | None, __: str) -> Interval:
    return _one(today + timedelta(1), "relative") if today else _open("relative")


def _before_yesterday(_: re.Match[str], today: date | None, __: str) -> Interval:
    return _one(today - timedelta(2), "relative") if today else _open("relative")


def _ago(match: re.Match[str], today: date | None, _: str) -> Interval:
    if today is None:
        return _open("relative")
    count = _NUMBERS.get(match["n"].lower()) or int(match["n"].lower())
    if match["unit"] == "day":
        return _one(today - timedelta(count), "relative")
    if match["unit"] == "week":
        monday = today - timedelta(today.weekday() + 7 * count)
        return monday.isoformat(), (monday + timedelta(6)).isoformat(), "relative"
    if match["unit"] == "month":
        return _months_back(today, count)
    return f"{today.year - count}-01-01", f"{today.year - count}-12-31", "relative"


def _months_back(today: date, count: int) -> Interval:
    index = today.year * 12 + today.month - 1 - count
    return (*_whole_month(index // 12, index % 12 + 1)[:2], "relative")


def _past(match: re.Match[str], today: date | None, _: str) -> Interval:
    if today is None:
        return _open("relative")
    word = (match["pastn"] or "one").strip()
    count = _NUMBERS.get(word) or int(word)
    return (today - timedelta(count * _LENGTH[match["pastunit"]])).isoformat(), today.isoformat(), "relative"


def _relative_unit(match: re.Match[str], today: date | None, _: str) -> Interval:
    if today is None:
        return _open("relative")
    shift = {"this": 0, "next": 1}.get(match["rel"].lower(), -1)
    edge = (match["edge"] or "").lower() if shift == 0 else ""
    since, until = _unit(today, match["relunit"], shift)
    if edge == "earlier":
        until = max(since, today - timedelta(1))
        since = min(since, until)
    if edge == "later":
        since = today
    return since.isoformat(), until.isoformat(), "relative"


def _unit(today: date, unit: str, shift: int) -> tuple[date, date]:
    monday = today - timedelta(today.weekday()) + timedelta(7 * shift)
    if unit == "week":
        return monday, monday + timedelta(6)
    if unit == "weekend":
        saturday = monday + timedelta(5)
        if shift == 0 and saturday > today:
            saturday -= timedelta(7)
        return saturday, saturday + timedelta(1)
    if unit == "month":
        index = today.year * 12 + today.month - 1 + shift
        since, until, _ = _whole_month(index // 12, index % 12 + 1)
        return date.fromisoformat(str(since)), date.fromisoformat(str(until))
    return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)


def _season(match: re.Match[str], today: date | None, _: str) -> Interval:
    if today is None:
        return _open("relative")
    month = _SEASONS[match["season"]]
    word = match[0][:4].lower()
    year = today.year + (word == "next") - (word == "last" and month + 2 >= today.month)
    last = _whole_month(year + (month + 2 > 12), (month + 1) % 12 + 1)[1]
    return f"{year}-{month:02d}-01", last, "relative"


def _year(match: re.Match[str], _: date | None, __: str) -> Interval:
    return f"{match['year']}-01-01", f"{match['year']}-12-31", "year"


_RULES: dict[str, Callable[[re.Match[str], date | None, str], Interval | None]] = {
    "iso": _iso,
    "mdd": _month_day,
    "dmd": _day_month,
    "month": _month,
    "weekday": _weekday,
    "today": _today,
    "dby": _before_yesterday,
    "yesterday": _yesterday,
    "tomorrow": _tomorrow,
    "n": _ago,
    "pastunit": _past,
    "relunit": _relative_unit,
    "season": _season,
    "year": _year,
}
