"""What a page tells about itself: title, outlet, agency, author, dateline and day, each from words that stand there.

Unknown stays unknown: a wrong day makes a false "said before".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sayso.intake.blocks import Line
from sayso.intake.cards import outlet_at, outlet_named
from sayso.intake.dates import day_in, day_near, stamp_in
from sayso.lexicon import Outlet
from sayso.model import DateCandidate, Dateline

TRUST = ("jsonld", "meta", "time", "url", "line", "date_line", "dateline", "htmldate")
"""Where a day of publication can stand, most trusted first."""

_DATE_LINES = ("meta-day", "dateline-day", "cut-day-underscore")
_PLACE = re.compile(r",? (?:in|from) (?:the )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*")
_NAMES = re.compile(r" and |, | ?[/|;] ?| with ", re.IGNORECASE)
_STAFF = re.compile(r"((?:[A-Z][A-Za-z]+ ){1,3})(?:[a-z]+ )?(?:writer|reporter|correspondent|journalist)s?\b")
_EMPLOYED = re.compile(r"(?:,| for| of| \||/) ?(?:the )?(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page's mark-up tells: nothing for plain text."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    dates: tuple[DateCandidate, ...] = ()
    changed: str | None = None
    """When it was last changed, as its mark-up says."""
    live: bool = False
    paid: bool = False
    amp: bool = False


@dataclass(slots=True)
class Facts:
    """The fields of an article beside its text."""

    title: str | None = None
    deck: str | None = None
    outlet: str | None = None
    agency: str | None = None
    author: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    published_basis: str | None = None
    published_candidates: tuple[DateCandidate, ...] = field(default=())


def facts(lines: Sequence[Line], given: Mapping[str, str], page: Page, fetched: str | None = None) -> Facts:
    """The facts of a text from its labelled lines, its mark-up and what came with it; what is given wins."""
    url = given.get("url") or page.url or ""
    candidates = tuple(_not_later(_ranked([*page.dates, *_dates_in(lines)]), fetched))
    chosen = _day(given.get("published"), candidates)
    outlet = given.get("outlet") or _outlet(lines) or page.outlet or _name(outlet_at(url))
    credit = _credits(lines)
    agency = next((card.name if card else words for words, card in credit if _is_agency(card)), None)
    return Facts(
        title=given.get("title") or page.title or _words(lines, "headline"),
        deck=_words(lines, "deck"),
        outlet=outlet,
        agency=agency if agency != outlet or not url else None,
        author=given.get("author") or _author(lines) or _person(page.author, outlet) or _signature(lines, outlet),
        dateline=_dateline(lines, chosen[0]),
        published=chosen[0],
        published_basis=chosen[1],
        published_candidates=candidates,
    )


def _words(lines: Sequence[Line], label: str) -> str | None:
    return next((line.words for line in lines if line.label == label), None)


def _name(card: Outlet | None) -> str | None:
    return card.name if card else None


# --- who -------------------------------------------------------------------------------------------------------------


def _is_agency(card: Outlet | None) -> bool:
    return card is None or card.kind == "agency"


def _credits(lines: Sequence[Line]) -> list[tuple[str, Outlet | None]]:
    """Names credited with the text, surest first, with their cards; a name without a card only from a dateline."""
    found = [(words, outlet_named(words), line.label == "dateline") for line in lines for words in _credited(line)]
    ordered = sorted(found, key=lambda credit: not credit[2])
    return [(words, card) for words, card, in_dateline in ordered if card is not None or in_dateline]


def _credited(line: Line) -> Iterator[str]:
    """Names of publishers in a line's credit, byline or copyright; a photo's credit is none of the text's."""
    if line.label in ("caption", "body", "related_link"):
        return
    for name in (line.told.get("credit"), line.told.get("holder")):
        if name:
            yield from [name, *_NAMES.split(name)]
    if author := line.told.get("author"):
        yield from filter(None, (_employer(author), author, *_NAMES.split(author)))
    if line.card == "byline-contributed":
        yield from (found[1].strip() for found in _STAFF.finditer(line.words))


def _employer(author: str) -> str | None:
    """The known publisher at the end of a byline ("Jane Alpha Reuters")."""
    words = author.split()
    tails = (" ".join(words[-size:]) for size in (4, 3, 2, 1) if size < len(words))
    return next((tail for tail in tails if outlet_named(tail)), None)


def _author(lines: Sequence[Line]) -> str | None:
    for line in lines:
        if author := line.told.get("author"):
            employer = _employer(author)
            names = author.removesuffix(employer) if employer else author
            names = _PLACE.sub(
                "", _EMPLOYED.split(names)[0] if line.card == "byline-by" and " for " in names else names
            )
            names = re.sub(r"[\s,|/&–—-]+$", "", names).removesuffix(" for the").removesuffix(" for")
            if names and outlet_named(names) is None and not re.search(r"(?i)\b(?:staff|agenc|desk|news|team)", names):
                return names
    return None


def _person(name: str | None, outlet: str | None) -> str | None:
    """The name, unless it is the site's own."""
    return None if name is None or outlet_named(name) or (outlet and (name in outlet or outlet in name)) else name


def _signature(lines: Sequence[Line], outlet: str | None) -> str | None:
    """A name that the page's mark-up sets as byline."""
    for line in lines:
        if line.label == "byline" and not line.card:
            name = re.sub(r"^(?i:by|written by|story by)[\s:]+", "", line.words)
            if re.fullmatch(r"(?:[A-Z][\w.’'-]+(?:,| and| &|/)?\s?){2,8}", name):
                return _person(name, outlet)
    return None


def _outlet(lines: Sequence[Line]) -> str | None:
    """The site's name where the page prints it: at its foot, in its source line, in its copyright."""
    for line in lines:
        if line.told.get("outlet"):
            return line.told["outlet"]
        named = outlet_named(line.words) if line.card == "foot" else None
        cards = [card for words in _credited(line) if line.label != "dateline" and (card := outlet_named(words))]
        if card := named or next((card for card in cards if card.kind != "agency"), None):
            return card.name
    return None


# --- when ------------------------------------------------------------------------------------------------------------


def _dates_in(lines: Sequence[Line]) -> Iterator[DateCandidate]:
    under_headline = False
    for line in lines:
        under_headline = under_headline or line.label == "headline"
        words = line.told.get("published") or line.told.get("day") or line.told.get("credit")
        if line.loose and not under_headline:
            continue  # a page's head shows the day of reading
        if line.label in ("meta", "byline", "dateline") and words and (stamp := stamp_in(words)):
            where = "date_line" if line.card in _DATE_LINES else "dateline" if "place" in line.told else "line"
            yield DateCandidate(stamp, where)


def _ranked(candidates: list[DateCandidate]) -> list[DateCandidate]:
    unique = list(dict.fromkeys(candidates))
    return sorted(unique, key=lambda candidate: TRUST.index(candidate.where))


def _not_later(candidates: list[DateCandidate], fetched: str | None) -> Iterator[DateCandidate]:
    """Without days more than one day (time zones) after the page was fetched: they are misprints."""
    last = day_in(fetched or "")
    for candidate in candidates:
        if last is None or (date.fromisoformat(candidate.date[:10]) - date.fromisoformat(last)).days <= 1:
            yield candidate


def _day(given: str | None, candidates: Sequence[DateCandidate]) -> tuple[str | None, str | None]:
    """The day of publication and where it was read."""
    if given:
        return given, "given"
    trusted = [candidate for candidate in candidates if candidate.where != "htmldate"]
    if trusted:
        return trusted[0].date[:10], trusted[0].where
    return None, None


def _dateline(lines: Sequence[Line], published: str | None) -> Dateline | None:
    """Place and day that open the story; a day without a year takes the year of publication."""
    opening = [line for line in lines if line.label == "dateline"]
    place = next((line.told["place"] for line in opening if "place" in line.told), None)
    words = next((line.told["day"] for line in opening if "day" in line.told), None)
    day = day_near(words, published) if words else None
    return Dateline(place, day) if place or day else None
