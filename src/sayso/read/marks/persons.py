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
_LATELY = 8
"""Years for which a former ruler is still named without a title."""
_WORD_NAMES = word_lists("marks")["word_names"]


def rulers(titles: list[Title]) -> set[str]:
    """The words for a ruler in titles: "president" and "king" have one class of role, but name different persons."""
    return {title.title.split()[-1] for title in titles if title.role_class in _RULERS}


class Persons:
    """The office table, asked for one article's day. ``named``: whom it names in full, in its spelling."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        day: str | None,
        named: dict[str, str],
        near: frozenset[str] = frozenset(),
    ) -> None:
        """``near``: the states of the place and of the outlet that an article was written for."""
        self.text, self.lexicon, self.day, self.named, self.near = text, lexicon, day, named, near

    def pick(self, item: Item, phrase: Phrase, *, plainly: bool = False) -> Person | None:
        """Which person a name means; None if it cannot be told, or if it may be none (unless ``plainly``)."""
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
        return None if classes else self._alone(self.text[item.start : item.end], persons, plainly)

    def _alone(self, words: str, persons: list[Person], plainly: bool) -> Person | None:
        """The only one of them whom a short form can mean: in an office that needs no introduction, now or till lately.

        ``plainly``: the words name a person for sure, so any office will do.
        """
        if words in _WORD_NAMES and not plainly:
            return None
        top = [p for p in persons if self._serves(p, TOP)]
        holders = [p for p in persons if plainly and self._serves(p, None)]
        close = [p for p in holders if _sides(p) & self.near]
        lately = [p for p in persons if self._served_lately(p, TOP)]
        likely = next((some for some in (top, close, lately, holders) if some), [])
        return likely[0] if len(likely) == 1 else None

    def _serves(self, person: Person, roles: frozenset[str] | None) -> bool:
        return any(
            (roles is None or o.role_class in roles) and (self.day is None or o.covers(self.day))
            for o in person.offices
        )

    def _served_lately(self, person: Person, roles: frozenset[str]) -> bool:
        since = str(int(self.day[:4]) - _LATELY) if self.day else ""
        return any(
            o.role_class in roles and since <= (o.to or "") and (o.from_ or "") <= (self.day or "9")
            for o in person.offices
        )

    def _had(self, person: Person, classes: set[str], sides: set[str]) -> bool:
        return any(
            (not classes or o.role_class in classes) and (not sides or {o.state, o.body} & sides)
            for o in self.offices(person)
        )

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
        if not words and classes - _SINGLE - {"other"}:
            return None  # "a diplomat" may be of many ranks
        roles = sorted((classes & _SINGLE) | (_RULERS if words else frozenset()))
        holders = {p.id: p for role in roles for p in self.lexicon.holders(role, side, day)}
        if words:
            holders = {
                p.id: p
                for p in holders.values()
                if any(w in o.role.lower() for o in p.offices if o.covers(day) for w in words)
            }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def named_holder(self, classes: set[str], side: str | None) -> Person | None:
        """The only one named in the article who holds a role that several may hold (a deputy minister)."""
        told = classes - {"other"}
        holders = [
            p
            for p in (self.lexicon.persons[i] for i in self.named)
            if any(
                o.role_class in told and o.speaks_for == side and self.day is not None and o.covers(self.day)
                for o in p.offices
            )
        ]
        return holders[0] if len(holders) == 1 else None


def _sides(person: Person) -> set[str | None]:
    return {person.state, person.nationality, *(office.speaks_for for office in person.offices)}


def _near(office: Office, day: str) -> bool:
    """Whether a term covers a day, or began or ended in the same year (a title in the text beats a date by days)."""
    return office.covers(day) or day[:4] in {(office.from_ or "")[:4], (office.to or "")[:4]}
