"""Which of the persons known has a name, and who holds an office: by day, title and state."""

from __future__ import annotations

from sayso.lexicon import Lexicon, Office, Person, Title
from sayso.read.marks.items import Item
from sayso.read.marks.phrases import Phrase
from sayso.text import word_lists

TOP = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
"""Roles whose holders are named without a title."""
_RULERS = frozenset({"head_of_state", "head_of_government"})
_SINGLE = TOP | {"defence_minister", "head_of_body", "ambassador_un"}
"""Roles with one holder at a time."""
_WORD_NAMES = word_lists("marks")["word_names"]


def rulers(titles: list[Title]) -> set[str]:
    """The words for a ruler in titles: "president" and "king" have one class of role, but name different persons."""
    return {title.title.split()[-1] for title in titles if title.role_class in _RULERS}


class Persons:
    """The office table, asked for one article's day. ``named``: whom it names in full, in its spelling."""

    def __init__(self, text: str, lexicon: Lexicon, day: str | None, named: dict[str, str]) -> None:
        self.text, self.lexicon, self.day, self.named = text, lexicon, day, named

    def pick(self, item: Item, phrase: Phrase) -> Person | None:
        """Which person a name means; None if it cannot be told or the words are likely no person."""
        persons = [self.lexicon.persons[i] for i in item.ids]
        classes, sides = {t.role_class for t in phrase.titles}, set(phrase.sides)
        if len(persons) > 1 and sides:
            persons = [p for p in persons if _sides(p) & sides] or persons
        named = [p for p in persons if p.id in self.named]
        if item.kind == "person" or named:
            return self._best(named or persons, classes)
        fitting = [p for p in persons if self._had(p, classes, sides)] if classes or sides else []
        if fitting:
            return self._best(fitting, classes)
        return None if classes else self._prominent(self.text[item.start:item.end], persons)

    def _prominent(self, words: str, persons: list[Person]) -> Person | None:
        """The only one of them in an office whose holder needs no introduction."""
        if words in _WORD_NAMES:
            return None
        offices = [(p, self.lexicon.office_of(p, self.day)) for p in persons]
        prominent = [p for p, office in offices if office is not None and office.role_class in TOP]
        return prominent[0] if len(prominent) == 1 else None

    def _had(self, person: Person, classes: set[str], sides: set[str]) -> bool:
        return any((not classes or o.role_class in classes) and (not sides or {o.state, o.body} & sides)
                   for o in self.offices(person))

    def offices(self, person: Person) -> list[Office]:
        """The offices that a title in a text of the day may mean: all if there is no day."""
        return [office for office in person.offices if self.day is None or _near(office, self.day)]

    def _best(self, persons: list[Person], classes: set[str]) -> Person:
        def rank(person: Person) -> tuple[bool, bool, bool]:
            office = self.lexicon.office_of(person, self.day)
            role = office.role_class if office else None
            return bool(classes & {o.role_class for o in person.offices}), office is not None, role in TOP
        return max(persons, key=rank)

    def holder(self, classes: set[str], side: str | None, titles: list[Title]) -> Person | None:
        """The one who holds an office of a state on the day; None if nobody or several do."""
        if side is None or self.day is None:
            return None
        words, day = rulers(titles), self.day
        roles = sorted((classes & _SINGLE) | (_RULERS if words else frozenset()))
        holders = {p.id: p for role in roles for p in self.lexicon.holders(role, side, day)}
        if words:
            holders = {p.id: p for p in holders.values()
                       if any(w in o.role.lower() for o in p.offices if o.covers(day) for w in words)}
        return next(iter(holders.values())) if len(holders) == 1 else None


def _sides(person: Person) -> set[str | None]:
    return {person.state, person.nationality, *(office.speaks_for for office in person.offices)}


def _near(office: Office, day: str) -> bool:
    """Whether a term covers a day, or began or ended in the same year (a title in the text beats a date by days)."""
    return office.covers(day) or day[:4] in {(office.from_ or "")[:4], (office.to or "")[:4]}
