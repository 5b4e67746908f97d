"""Cards from files that users have: people, offices and bodies from FollowTheMoney or Wikidata JSON lines.

FollowTheMoney (OpenSanctions and others): ``Person`` with ``Occupancy`` of a ``Position``, ``Membership`` and
``Representation``, and organisations. Wikidata: lines of a dump, or of a part of it, with humans (P31 Q5), the offices
they held (P39 with P580, P582), and the items of those offices, whose labels are needed. States are told by their codes;
those of offices also by the words of their labels.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import CardError
from sayso.lexicon import Lexicon
from sayso.lexicon.cards import Office, Organisation, Person
from sayso.text import fold

Entity = Mapping[str, Any]

_BODIES = {"PublicBody": "GOV", "Organization": "NGO", "Company": "BUS", "LegalEntity": "NGO"}
_LINKS = {
    "Occupancy": ("holder", "post"),
    "Membership": ("member", "organization"),
    "Representation": ("agent", "client"),
}
_HUMAN, _HE, _SHE = "Q5", "Q6581097", "Q6581072"
_ALIASES = 12
"""Other spellings kept of one name: sanction lists have hundreds."""
_WITH_CARD = 3
"""Letters from which an alias is kept: initials mean too many."""


@dataclass
class Imported:
    """What a file gave."""

    persons: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    without_name: int = 0
    """Entities left out, as nothing names them in Latin letters."""
    without_post: int = 0
    """Offices left out, as the file does not tell what they are."""
    without_days: int = 0
    """Offices left out, as the file does not tell when they were held: nobody speaks for a state for ever."""


def convert(source: Path, folder: Path, lexicon: Lexicon) -> Imported:
    """Writes ``offices.jsonl`` and ``bodies.jsonl`` into a folder, for ``--cards``; tells what was found.

    A person whom sayso knows by the same id gets the new spellings and offices besides the old ones. ``CardError`` if
    the file cannot be read, is neither form, or names nobody.
    """
    first = next(_entities(source), None)
    if first is None:
        raise CardError(f"{source}: no JSON lines here. Give FollowTheMoney or Wikidata entities, one a line.")
    if "schema" in first and "properties" in first:
        found = FollowTheMoney(source, lexicon).read()
    elif "claims" in first or "labels" in first:
        found = Wikidata(source, lexicon).read()
    else:
        raise CardError(f"{source}: neither FollowTheMoney (schema, properties) nor Wikidata (labels, claims).")
    if not (found.persons or found.bodies):
        raise CardError(f"{source}: it names no person or body. Give a file that holds some.")
    folder.mkdir(parents=True, exist_ok=True)
    merged = (_merged(person, lexicon.persons.get(person.id)) for person in found.persons.values())
    _write(folder / "offices.jsonl", (_plain(person) for person in merged))
    _write(folder / "bodies.jsonl", (asdict(body) for body in found.bodies.values()))
    return found


def _write(path: Path, cards: Iterable[Mapping[str, Any]]) -> None:
    lines = "".join(json.dumps(card, ensure_ascii=False) + "\n" for card in cards)
    if lines:
        path.write_text(lines, "utf-8")


def _plain(person: Person) -> dict[str, Any]:
    card = asdict(person)
    card["offices"] = [{"from" if k == "from_" else k: v for k, v in office.items()} for office in card["offices"]]
    return card


def _merged(person: Person, ours: Person | None) -> Person:
    """Our card with what is new: aliases, and offices of a class and state that it has not from that year."""
    if ours is None:
        return person
    known = {(o.role_class, o.speaks_for, (o.from_ or "")[:4]) for o in ours.offices}
    new = (o for o in person.offices if (o.role_class, o.speaks_for, (o.from_ or "")[:4]) not in known)
    names = dict.fromkeys((*ours.aliases, *(n for n in (person.name, *person.aliases) if n != ours.name)))
    return replace(ours, aliases=tuple(names), offices=(*ours.offices, *new))


def _entities(source: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, packed or not; the brackets and commas of a Wikidata dump are no harm."""
    try:
        with _opened(source) as lines:
            for number, line in enumerate(lines, 1):
                bare = line.strip().rstrip(b",")
                if bare and bare not in (b"[", b"]"):
                    yield _parsed(bare, source, number)
    except (OSError, EOFError) as error:
        raise CardError(
            f"{source}: it cannot be read ({getattr(error, 'strerror', None) or error}). Check the path."
        ) from error


def _opened(source: Path) -> AbstractContextManager[Iterable[bytes]]:
    return gzip.open(source) if source.suffix == ".gz" else source.open("rb")


def _parsed(line: bytes, source: Path, number: int) -> dict[str, Any]:
    try:
        entity = json.loads(line)
    except ValueError as error:
        raise CardError(f"{source}, line {number}: {error}. Mend the line or take it out.") from error
    if not isinstance(entity, dict):
        raise CardError(f"{source}, line {number}: no object. Give one entity a line.")
    return entity


# --- what both forms need ---------------------------------------------------------------------------------------------


class _Source:
    """A file of entities and the cards that tell states and classes of office."""

    def __init__(self, source: Path, lexicon: Lexicon) -> None:
        self.source, self.lexicon = source, lexicon
        self.found = Imported()
        self.by_code = {c.iso2.lower(): c.id for c in lexicon.states.values() if c.iso2} | {"eu": "EU", "suhh": "SUN"}

    def state(self, codes: Iterable[str]) -> str | None:
        """The state of the first code known, of two letters or three."""
        for code in codes:
            if code.lower() in self.by_code:
                return self.by_code[code.lower()]
            if code.upper() in self.lexicon.states:
                return code.upper()
        return None

    def office(self, role: str, state: str | None, start: str | None, end: str | None) -> Office:
        """An office by the words for it, which tell its class and, where no code does, its state."""
        hits = self.lexicon.terms(role, 0, len(role))
        title = next((self.lexicon.titles[h.ids[0]] for h in hits if h.kind == "title"), None)
        side = state or self.lexicon.resolve(role).state
        card = self.lexicon.states.get(side or "")
        body = side if card is not None and card.type == "body" else None
        role_class = title.role_class if title is not None else "other"
        return Office(role, role_class, None if body else side, body, start, end, None, start is None)

    def person(
        self, names: list[str], gender: str | None, nationality: str | None, offices: list[Office], family: str | None
    ) -> None:
        """Adds a person; the first name is the one to show."""
        dated = [office for office in offices if office.from_ or office.to]
        self.found.without_days += len(offices) - len(dated)
        latin = list(dict.fromkeys(n for n in map(_name, names) if _is_latin(n)))
        if not latin:
            self.found.without_name += 1
            return
        name, parts = latin[0], latin[0].split()
        short = family if family in parts else parts[-1]
        aliases = tuple(n for n in latin[1:] if len(n) >= _WITH_CARD)[:_ALIASES]
        sides = [o.speaks_for for o in dated if o.speaks_for]
        person = Person(
            f"person:{_slug(name)}", name, short, short, " ".join(p for p in parts if p != short) or None, aliases,
            gender, sides[-1] if sides else nationality, nationality, tuple(dated),
        )  # fmt: skip
        before = self.found.persons.get(person.id)
        self.found.persons[person.id] = _merged(person, before)

    def body(self, names: list[str], state: str | None, sector: str) -> None:
        """Adds a body."""
        latin = list(dict.fromkeys(n for n in map(_name, names) if _is_latin(n)))
        if not latin:
            self.found.without_name += 1
            return
        aliases = tuple(n for n in latin[1:] if len(n) >= _WITH_CARD)[:_ALIASES]
        body = Organisation(f"body:{_slug(latin[0])}", latin[0], aliases, state, sector)
        self.found.bodies.setdefault(body.id, body)


@cache
def _name(name: str) -> str:
    """A name with its words in order: "ALPHA, Jane" is "Jane Alpha"."""
    family, comma, given = name.partition(", ")
    words = f"{given} {family}".split() if comma and "," not in given else name.split()
    return " ".join(w.capitalize() if w.isupper() and len(w) > 3 else w for w in words)


def _is_latin(name: str) -> bool:
    return bool(re.fullmatch(r"[\x20-\x7e]+", fold(name))) and any(c.isalpha() for c in name)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


def _day(value: str | None) -> str | None:
    """A day, month or year; what is no date is none."""
    match = re.match(r"\+?(\d{4}(?:-\d\d(?:-\d\d)?)?)", value or "")
    return re.sub(r"(?:-00)+$", "", match[1]) if match else None


# --- FollowTheMoney ---------------------------------------------------------------------------------------------------


class FollowTheMoney(_Source):
    """Entities with ``schema`` and ``properties``; nested ones (OpenSanctions' "nested" files) are taken apart."""

    def read(self) -> Imported:
        """The persons with their offices, and the bodies. The file is held in memory."""
        entities = {str(e["id"]): e for e in self._all() if "id" in e}
        offices: dict[str, list[Office]] = {}
        for entity in entities.values():
            holder, post = _LINKS.get(str(entity.get("schema")), ("", ""))
            for person in _ids(entity, holder) if holder else ():
                office = self._office(entity, entities, post)
                if office is not None:
                    offices.setdefault(person, []).append(office)
        for id_, entity in entities.items():
            self._entity(id_, entity, offices)
        return self.found

    def _all(self) -> Iterator[Entity]:
        for entity in _entities(self.source):
            yield from _taken_apart(entity)

    def _office(self, link: Entity, entities: Mapping[str, Entity], post: str) -> Office | None:
        """The office that a link names by its role, its post, or who is represented."""
        of = next((entities[i] for i in _ids(link, post) if i in entities), None)
        label = next(iter(_values(link, "role")), None)
        if of is not None and (of.get("schema") == "Position" or label is None):
            label = next(iter(_values(of, "name")), None) or of.get("caption")
        if label is None:
            self.found.without_post += 1
            return None
        state = self.state(
            [*_values(of or {}, "country"), *_values(of or {}, "jurisdiction"), *_values(link, "country")]
        )
        ends = _day(next(iter(_values(link, "endDate")), None))
        return self.office(str(label), state, _day(next(iter(_values(link, "startDate")), None)), ends)

    def _entity(self, id_: str, entity: Entity, offices: Mapping[str, list[Office]]) -> None:
        schema = str(entity.get("schema"))
        names = [*filter(None, [entity.get("caption")]), *_values(entity, "name"), *_values(entity, "alias")]
        if schema == "Person":
            held = list(offices.get(id_, ()))
            state = self.state(
                [*_values(entity, "nationality"), *_values(entity, "citizenship"), *_values(entity, "country")]
            )
            if not held:
                held = [self.office(p, state, None, None) for p in _values(entity, "position")]
            gender = {"male": "he", "female": "she"}.get(next(iter(_values(entity, "gender")), ""))
            self.person(names, gender, state, held, next(iter(_values(entity, "lastName")), None))
        elif schema in _BODIES:
            state = self.state([*_values(entity, "country"), *_values(entity, "jurisdiction")])
            self.body(names, state, _BODIES[schema])


def _taken_apart(entity: Entity) -> Iterator[Entity]:
    """An entity, and before it those that stand inside its properties; they keep their ids as links to it."""
    flat: dict[str, list[Any]] = {}
    for name, values in dict(entity.get("properties") or {}).items():
        flat[name] = []
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict) and "id" in value:
                inner = dict(value)
                link = _LINKS.get(str(inner.get("schema")))
                if link:
                    inner["properties"] = {link[0]: [entity.get("id")], **dict(inner.get("properties") or {})}
                yield from _taken_apart(inner)
                flat[name].append(value["id"])
            else:
                flat[name].append(value)
    yield {**entity, "properties": flat}


def _values(entity: Entity, name: str) -> list[str]:
    return [v for v in (entity.get("properties") or {}).get(name, ()) if isinstance(v, str)]


def _ids(entity: Entity, name: str) -> list[str]:
    return _values(entity, name)


# --- Wikidata ---------------------------------------------------------------------------------------------------------


class Wikidata(_Source):
    """Items of a dump. Read twice: for the humans, then for the offices and states they point at."""

    def read(self) -> Imported:
        """The persons with the offices whose items the file holds."""
        humans = [e for e in _entities(self.source) if _HUMAN in _targets(e, "P31")]
        wanted = {q for e in humans for name in ("P39", "P27") for q in _targets(e, name)}
        items = {str(e["id"]): e for e in _entities(self.source) if e.get("id") in wanted}
        wanted = {q for e in items.values() for name in ("P17", "P1001") for q in _targets(e, name)} - set(items)
        items |= {str(e["id"]): e for e in _entities(self.source) if e.get("id") in wanted}
        for human in humans:
            self._human(human, items)
        return self.found

    def _human(self, human: Entity, items: Mapping[str, Entity]) -> None:
        offices = [o for claim in _claims(human, "P39") if (o := self._held(claim, items)) is not None]
        genders = _targets(human, "P21")
        gender = "he" if _HE in genders else "she" if _SHE in genders else None
        codes = [c for q in _targets(human, "P27") if q in items for c in _strings(items[q], "P298", "P297")]
        self.person(_labels(human), gender, self.state(codes), offices, None)

    def _held(self, claim: Entity, items: Mapping[str, Entity]) -> Office | None:
        item = items.get(_target(claim.get("mainsnak")) or "")
        label = next(iter(_labels(item)), None) if item is not None else None
        if item is None or label is None:
            self.found.without_post += 1
            return None
        places = [items[q] for name in ("P1001", "P17") for q in _targets(item, name) if q in items]
        state = self.state(c for place in places for c in _strings(place, "P298", "P297"))
        start, end = (_time(claim, name) for name in ("P580", "P582"))
        return self.office(label[0].upper() + label[1:], state, start, end)


def _labels(item: Entity) -> list[str]:
    """The English label and aliases; without one, any label in Latin letters."""
    labels = item.get("labels") or {}
    found = [labels[key]["value"] for key in ("en", "mul", "en-gb") if key in labels]
    found += [label["value"] for label in labels.values() if _is_latin(label["value"])][:1]
    return [*found, *(a["value"] for a in (item.get("aliases") or {}).get("en", ()))]


def _claims(item: Entity, name: str) -> list[Entity]:
    """The claims of a property that hold, those marked as wrong or outdated left out."""
    return [c for c in (item.get("claims") or {}).get(name, ()) if c.get("rank") != "deprecated"]


def _value(snak: Any) -> Any:
    return ((snak or {}).get("datavalue") or {}).get("value")


def _target(snak: Any) -> str | None:
    value = _value(snak)
    return value.get("id") if isinstance(value, dict) else None


def _targets(item: Entity, name: str) -> list[str]:
    return [q for claim in _claims(item, name) if (q := _target(claim.get("mainsnak")))]


def _strings(item: Entity, *names: str) -> list[str]:
    values = (_value(claim.get("mainsnak")) for name in names for claim in _claims(item, name))
    return [v for v in values if isinstance(v, str)]


def _time(claim: Entity, name: str) -> str | None:
    """A qualifier's day, as exact as its precision: 9 a year, 10 a month, 11 a day."""
    snaks = (claim.get("qualifiers") or {}).get(name) or [None]
    value = _value(snaks[0])
    if not isinstance(value, dict) or "time" not in value:
        return None
    day = _day(str(value["time"]))
    length = {9: 4, 10: 7}.get(int(value.get("precision", 11)), 10)
    return day[:length] if day else None
