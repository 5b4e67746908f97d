"""What sayso knows: states, persons and their offices by date, titles, agreements, formulas, outlets, cues.

The cards are files in ``sayso/data``; a folder of the user's cards is laid over them, file by file, card by card (one
with the same key replaces ours, another is added). The fingerprint covers every byte of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.errors import CardError
from sayso.lexicon import cards
from sayso.lexicon.cards import (
    Agreement,
    Ambiguous,
    Cue,
    Formula,
    Noun,
    Office,
    Organ,
    Organisation,
    Outlet,
    Person,
    Places,
    State,
    Title,
)
from sayso.lexicon.names import NameHit, Names, Word, words

if TYPE_CHECKING:
    from sayso.lexicon.actors import Actor, Actors

__all__ = [
    "Agreement",
    "Ambiguous",
    "Cue",
    "Formula",
    "Lexicon",
    "NameHit",
    "Noun",
    "Office",
    "Organ",
    "Organisation",
    "Outlet",
    "Person",
    "Places",
    "State",
    "Title",
    "Word",
    "words",
]

DATA = Path(__file__).parent.parent / "data"
C = TypeVar("C")

FILES = (
    "states.jsonl",
    "ambiguous.jsonl",
    "offices.jsonl",
    "titles.jsonl",
    "organs.jsonl",
    "bodies.jsonl",
    "places.jsonl",
    "nouns.jsonl",
    "agreements.jsonl",
    "formulas.jsonl",
    "outlets.jsonl",
    "cues.toml",
)
"""The card files, in the order of the fingerprint."""

LISTS = (
    "blocks.toml",
    "markup.toml",
    "text.toml",
    "marks.toml",
    "patterns.toml",
    "who.toml",
    "days.toml",
    "force.toml",
    "tone.toml",
    "scope.toml",
    "condition.toml",
    "about.toml",
    "sectors.toml",
)
"""Word lists and rules that rooms read for themselves: no user lays his own over them, yet they change what is read."""

NAME_KINDS = ("state", "body", "capital", "seat", "ministry", "medium", "person", "adjective", "demonym", "short")
TERM_KINDS = ("title", "organ", "noun")


class Lexicon:
    """All cards, and the questions asked of them. Made by ``Lexicon.load``."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """``folders``: card folders, each laid over the one before."""
        self.folders = folders

    @staticmethod
    def load(extra: Path | None = None) -> Lexicon:
        """Our cards, with a user's folder laid over them. Loaded once a process; parts are read when first asked for.

        Raises ``CardError`` if the folder is missing, holds no card file, or (then or later) a card is malformed.
        """
        return _loaded(extra.resolve() if extra else None)

    # --- the cards ---

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits over the bytes of every card file and word list."""
        digest = hashlib.sha256()
        for path in (*self._paths(*FILES), *(DATA / name for name in LISTS)):
            data = path.read_bytes()
            digest.update(f"{path.name} {len(data)}\n".encode())
            digest.update(data)
        return digest.hexdigest()[:16]

    def _paths(self, *names: str) -> Iterator[Path]:
        return (folder / name for name in names for folder in self.folders if (folder / name).is_file())

    def _table(self, name: str, kind: type[C], key: Callable[[C], str]) -> dict[str, C]:
        return {key(card): card for path in self._paths(name) for card in cards.jsonl(path, kind)}

    @cached_property
    def states(self) -> dict[str, State]:
        """States, bodies and movements by id (``RUS``, ``EU``, ``HAMAS``)."""
        return self._table("states.jsonl", State, lambda card: card.id)

    @cached_property
    def ambiguous(self) -> dict[str, Ambiguous]:
        """Words with more than one reading."""
        return self._table("ambiguous.jsonl", Ambiguous, lambda card: card.word)

    @cached_property
    def persons(self) -> dict[str, Person]:
        """Office holders by id."""
        return {card.id: card for path in self._paths("offices.jsonl") for card in cards.offices(path)}

    @cached_property
    def titles(self) -> dict[str, Title]:
        """The words for offices by title in small letters."""
        return self._table("titles.jsonl", Title, lambda card: card.title.lower())

    @cached_property
    def organs(self) -> dict[str, Organ]:
        """Kinds of bodies that states have, by id."""
        return self._table("organs.jsonl", Organ, lambda card: card.id)

    @cached_property
    def bodies(self) -> dict[str, Organisation]:
        """Bodies with a name of their own by id, for ``resolve``."""
        return self._table("bodies.jsonl", Organisation, lambda card: card.id)

    @cached_property
    def places(self) -> dict[str, Places]:
        """Cities, regions and peoples by state, for ``resolve``."""
        return self._table("places.jsonl", Places, lambda card: card.state)

    @cached_property
    def state_of_place(self) -> dict[str, str]:
        """The state of a city or region, where only one has the name."""
        states: dict[str, set[str]] = {}
        for card in self.places.values():
            for name in card.names:
                states.setdefault(name, set()).add(card.state)
        return {name: of.copy().pop() for name, of in states.items() if len(of) == 1 and "" not in of}

    @cached_property
    def nouns(self) -> dict[str, Noun]:
        """Nouns for persons and groups without a name, by word."""
        return self._table("nouns.jsonl", Noun, lambda card: card.word)

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """Treaties, regimes, formats by id."""
        return self._table("agreements.jsonl", Agreement, lambda card: card.id)

    @cached_property
    def formulas(self) -> dict[str, Formula]:
        """Recurring wordings by id."""
        return self._table("formulas.jsonl", Formula, lambda card: card.id)

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        """Agencies, outlets and broadcasters by id."""
        return self._table("outlets.jsonl", Outlet, lambda card: card.id)

    @cached_property
    def cues(self) -> dict[str, Cue]:
        """Cue cards by form in small letters ("said", "according to"); of two with one form, the more precise."""
        every = [cue for path in self._paths("cues.toml") for cue in cards.cues(path)]
        return {form: cue for cue in sorted(every, key=lambda cue: cue.precision) for form in cue.forms}

    # --- offices by date ---

    @cached_property
    def _by_role(self) -> dict[tuple[str, str], list[tuple[Office, Person]]]:
        table: dict[tuple[str, str], list[tuple[Office, Person]]] = {}
        for person in self.persons.values():
            for office in person.offices:
                for side in {office.state, office.body} - {None}:
                    table.setdefault((office.role_class, str(side)), []).append((office, person))
        return table

    def holders(self, role_class: str, side: str, day: str | None) -> list[Person]:
        """Who held a role of a state or body on an ISO day (None: no day, nobody)."""
        if day is None:
            return []
        terms = self._by_role.get((role_class, side), ())
        return list({p.id: p for office, p in terms if office.covers(day)}.values())

    def office_of(self, person: Person, day: str | None) -> Office | None:
        """The office a person held on a day, the latest begun if several; None if none, or no day."""
        if day is None:
            return None
        held = [office for office in person.offices if office.covers(day)]
        return max(held, key=lambda office: (not office.uncertain, office.from_ or ""), default=None)

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Given names of the persons known, to tell a person's name from others."""
        return frozenset(person.given.split()[0] for person in self.persons.values() if person.given)

    @cached_property
    def gender_of(self) -> dict[str, str]:
        """He or she by given name, where all the persons known who bear it agree."""
        seen: dict[str, set[str]] = {}
        for person in self.persons.values():
            if person.given and person.gender:
                seen.setdefault(person.given.split()[0], set()).add(person.gender)
        return {given: genders.pop() for given, genders in seen.items() if len(genders) == 1}

    # --- actors in the world ---

    def resolve(self, words: str, day: str | None = None, context: str = "") -> Actor:
        """Whom words mean on an ISO day: "the Norland foreign minister" is who held the office.

        ``context``: words around them, asked for the state where they name none. Nobody known: an actor of kind
        ``unknown``, never an error.
        """
        return self._actors.resolve(words, day, context)

    @cached_property
    def _actors(self) -> Actors:
        from sayso.lexicon.actors import Actors

        return Actors(self)

    # --- names in a text ---

    def names(self, text: str, start: int, end: int, found: list[Word] | None = None) -> list[NameHit]:
        """Names of states, persons, organs and outlets: longest, in order. ``found``: the words, if at hand."""
        return list(self._names.find(text, found if found is not None else words(text, start, end)))

    def terms(self, text: str, start: int, end: int, found: list[Word] | None = None) -> list[NameHit]:
        """Titles, organs and nouns for persons, whatever their case: longest, in order."""
        return list(self._terms.find(text, found if found is not None else words(text, start, end)))

    def agreements_in(self, text: str, start: int, end: int) -> list[NameHit]:
        """Agreements named: longest, in order; ``ids`` holds every candidate."""
        return list(self._agreements.find(text, words(text, start, end)))

    def build(self) -> None:
        """Makes the tables of names now, which else are made when first asked for."""
        for table in (self._names, self._terms, self._agreements):
            assert table.table

    def called(self, name: str) -> tuple[tuple[str, str], ...]:
        """Every reading (kind, id) of a whole name."""
        hits = self.names(name, 0, len(name))
        return hits[0].readings if len(hits) == 1 and hits[0].end >= len(name.rstrip(".")) else ()

    @cached_property
    def _names(self) -> Names:
        return Names(self.name_entries(), NAME_KINDS)

    def name_entries(self) -> Iterator[tuple[str, str, str]]:
        """Every (name, kind, id) that names somebody in a text."""
        common = {word for organ in self.organs.values() for word in organ.words}
        for state in self.states.values():
            yield from (e for e in _names_of_state(state) if e[1] != "ministry" or e[0].lower() not in common)
        for outlet in self.outlets.values():
            yield from ((name, "medium", outlet.id) for name in (outlet.name, *outlet.aliases))
        for person in self.persons.values():
            yield from ((name, "person", person.id) for name in (person.name, *person.aliases))
            yield person.short, "short", person.id
            if person.short[:1].islower():  # "von der Leyen" at the head of a sentence
                yield person.short[0].upper() + person.short[1:], "short", person.id

    @cached_property
    def _terms(self) -> Names:
        return Names(self._term_entries(), TERM_KINDS, cased=False)

    def _term_entries(self) -> Iterator[tuple[str, str, str]]:
        for title in self.titles.values():
            yield from ((name, "title", title.title.lower()) for name in (title.title, *title.variants))
        for organ in self.organs.values():
            yield from ((name, "organ", organ.id) for name in organ.words)
        for noun in self.nouns.values():
            yield from ((name, "noun", noun.word) for name in (noun.word, *noun.forms))

    @cached_property
    def _agreements(self) -> Names:
        entries = ((n, "agreement", a.id) for a in self.agreements.values() for n in (a.name, *a.aliases))
        return Names(entries, ("agreement",))


def _names_of_state(state: State) -> Iterable[tuple[str, str, str]]:
    kind = "state" if state.type != "body" else "body"
    named: dict[str, Iterable[Any]] = {
        kind: (state.name, *state.aliases),
        "adjective": state.adjectives,
        "demonym": state.demonyms,
        "capital": (state.capital, *state.capital_aliases),
        "seat": state.seats,
        "ministry": state.ministries,
    }
    for kind_, names in named.items():
        if state.type == "un_member" and kind_ == "state":
            names = (*names, f"Kingdom of {state.name}")
        yield from ((form, kind_, state.id) for name in names if name for form in _forms(name))


def _forms(name: str) -> tuple[str, ...]:
    """A name without a note in brackets; one that needs its article ("the Quad") as it also starts a sentence."""
    bare = name.split(" (")[0]
    return (bare, "T" + bare[1:]) if bare.startswith("the ") else (bare,)


@lru_cache(maxsize=8)
def _loaded(extra: Path | None) -> Lexicon:
    if extra is None:
        return Lexicon((DATA,))
    if not any((extra / name).is_file() for name in FILES):
        raise CardError(f"{extra}: no card file here. Give a folder with one of {', '.join(FILES)}.")
    return Lexicon((DATA, extra))
