"""Cards: what the lexicon knows, one frozen record an entry, from JSON lines or TOML; a bad one is a ``CardError``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sayso.errors import CardError

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class State:
    """A state, bloc, body, territory or armed movement, with the words for it."""

    id: str
    name: str
    type: str = "other"
    iso2: str | None = None
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    capital_aliases: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    """Words that stand for its government (Kremlin, Foggy Bottom)."""
    ministries: tuple[str, ...] = ()
    """Organs by their usual names; many are ambiguous without the state."""
    home: str | None = None
    """The state whose a movement is or whose territory it is claimed to be; the body that an agency is part of."""

    @property
    def adjective(self) -> str:
        """The word before an organ's name: "Russian", else the name itself."""
        return self.adjectives[0] if self.adjectives else self.name


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A word with more than one reading: the ids it may mean, the likeliest unmarked in ``note``."""

    word: str
    ids: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """One term of one office. Days as exact as known (YYYY[-MM[-DD]]); ``to`` None: not known to have ended."""

    role: str
    role_class: str
    state: str | None = None
    body: str | None = None
    from_: str | None = None
    to: str | None = None
    accredited_to: str | None = None
    uncertain: bool = False

    @property
    def speaks_for(self) -> str | None:
        """The body it belongs to, else the state."""
        return self.body or self.state

    def covers(self, day: str) -> bool:
        """Whether an ISO day lies in the term, both ends as wide as they are inexact."""
        starts = self.from_ is None or self.from_ <= day or day.startswith(self.from_)
        ends = self.to is None or day <= self.to or day.startswith(self.to)
        return starts and (ends or (self.uncertain and self.to is not None and self.to >= "2026"))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who held offices; ``short`` is the part used alone later in an article."""

    id: str
    name: str
    short: str
    family: str | None = None
    given: str | None = None
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    """he or she, by public usage."""
    state: str | None = None
    nationality: str | None = None
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """The words for an office: which class of roles they name and what must be known to find the holder."""

    title: str
    role_class: str
    variants: tuple[str, ...] = ()
    needs: str | None = None
    gender: str | None = None
    alone: bool = True
    """Whether it names somebody without a name beside it ("the president"); a rank does not ("a general")."""


@dataclass(frozen=True, slots=True)
class Organ:
    """A kind of body that states have ("foreign ministry"), and who speaks for it by office."""

    id: str
    name: str
    words: tuple[str, ...]
    role_classes: tuple[str, ...] = ()
    independent: bool = False
    """Whether it does not speak for its state (an opposition, a court, a party, media)."""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body in a state by its own name: a parliament, service, force, party, armed group, company, university …"""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    state: str | None = None
    sector: str = "GOV"
    """PLOVER's code: GOV LEG SPY MIL COP REB PRM CRM PTY JUD BUS EDU NGO …"""
    intergovernmental: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Cities, regions and peoples of a state, by name."""

    state: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for a person or group without a name ("diplomat", "officials"): the role classes it fits, all if empty."""

    word: str
    kind: str
    """person, group, or alias (stands for a state's leader, country …)."""
    fits: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    gender: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty, accord, regime, format or channel."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    kind: str = "agreement"
    signed: str | None = None
    in_force: str | None = None
    events: tuple[dict[str, Any], ...] = ()
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A recurring diplomatic wording with its force inside its domain (0 to 5) and usual polarity."""

    id: str
    formula: str
    variants: tuple[str, ...] = ()
    domain: str = "other"
    ordinal_force: int = 0
    polarity: int = 0
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news agency, outlet or broadcaster."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "outlet"
    state: str | None = None
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that signal saying or an attitude. ``precision``: share of uses that introduce somebody's words."""

    lemma: str
    forms: tuple[str, ...]
    part: str
    """verb, noun or phrase."""
    class_: str
    """say, speech, attitude, according_to …"""
    precision: float


def jsonl(path: Path, kind: type[C]) -> list[C]:
    """The cards of a JSON-lines file.

    Raises ``CardError`` naming file and line.
    """
    data = path.read_bytes()
    decoder = msgspec.json.Decoder(kind)
    try:
        return decoder.decode_lines(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return list(_line_by_line(path, data, decoder))


def _line_by_line(path: Path, data: bytes, decoder: msgspec.json.Decoder[C]) -> Iterable[C]:
    for number, line in enumerate(data.splitlines(), 1):
        try:
            if line.strip():
                yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise CardError(f"{path}, line {number}: {error}. Mend the card or take the line out.") from error


def offices(path: Path) -> list[Person]:
    """The persons of an office table, whose terms have the field ``from``, a word no dataclass can have.

    Raises ``CardError`` naming file and line.
    """
    data = path.read_bytes()
    renamed = data.replace(b'"from":', b'"from_":')
    decoder = msgspec.json.Decoder(Person)
    try:
        return decoder.decode_lines(renamed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return list(_line_by_line(path, renamed, decoder))


def cues(path: Path) -> list[Cue]:
    """The cue cards of a TOML file: one table a class, one line a lemma.

    Raises ``CardError`` naming file and, if TOML tells it, line.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return [_cue(name, lemma, card) for name, table in tables.items() for lemma, card in table.items()]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise CardError(f"{path}: {error!r}. A cue is: lemma = {{ part, forms, precision }}.") from error


def _cue(class_: str, lemma: str, card: dict[str, Any]) -> Cue:
    return Cue(lemma, tuple(card["forms"].split(", ")), card["part"], class_, float(card["precision"]))
