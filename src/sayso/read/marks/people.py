"""Persons with a name: who they are, and what the page says of them (office, state, gender)."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.lexicon import Person
from sayso.read.marks.book import Book
from sayso.read.marks.entities import Entity
from sayso.read.marks.items import Item
from sayso.read.marks.persons import Persons
from sayso.read.marks.phrases import Phrase
from sayso.text import word_lists

_APPOSED = re.compile(r"\s*[,.;)\"”—–]|\s(?:who|in|at|and|that|said)\b")
_FAMILY_FIRST = word_lists("marks")["family_first"]


class People:
    """Puts named persons into the book."""

    def __init__(self, book: Book, persons: Persons) -> None:
        self.book, self.persons, self.lexicon = book, persons, book.lexicon

    def phrase(self, phrase: Phrase) -> bool:
        """Add the mention of a phrase with a name; False if the name turns out to be none."""
        item = phrase.person
        assert item is not None
        if phrase.organ is phrase.items[-1] and not phrase.titles:
            self._organ(phrase, item)
            return True
        entity = self._entity(phrase, item)
        if entity is None:
            return False
        self._learn(entity, phrase)
        sure = entity.certainty * (0.9 if item.kind == "short" and not phrase.titles else 1.0)
        self.book.put(phrase.start, phrase.end, entity, "person", sure, "name", former=phrase.former)
        return True

    def apposition(self, before: Phrase | None, phrase: Phrase) -> bool:
        """Whether a phrase goes on about the person before ("Jane Alpha, a ministry spokeswoman,"); then add it."""
        if before is None or before.person is None or not self.book.mentions:
            return False
        last = self.book.mentions[-1]
        gap, after = self.book.text[before.end : phrase.start], self.book.text[phrase.end : phrase.end + 6]
        if last.end != before.end or gap != ", " or phrase.owner or not _APPOSED.match(after):
            return False
        entity = self.book.entities.all[last.entity]
        if entity.kind != "person":
            return False
        self._learn(entity, phrase)
        self.book.put(phrase.start, phrase.end, entity, "person", 0.9, "apposition", former=phrase.former)
        if entity.state is not None and last.state is None and not (last.former or phrase.former):
            self.book.mentions[-2] = replace(last, state=entity.state, role=entity.role)
        return True

    def _organ(self, phrase: Phrase, item: Item) -> None:
        """A body named after a person ("the Alpha administration")."""
        person = self.persons.pick(item, phrase) if item.ids else None
        office = self.lexicon.office_of(person, self.book.day) if person else None
        side = (office.speaks_for if office else None) or (person.state if person else None)
        name = f"{self.book.words(item)} {self.book.words(phrase.items[-1])}"
        self.book.put(phrase.start, phrase.end, self.book.body(name, name, side), "body", 0.9, "named after a person")

    def _entity(self, phrase: Phrase, item: Item) -> Entity | None:
        words = self.book.words(item)
        if item.kind == "unknown":
            return self._unknown(words, phrase)
        before = self.book.entities.called(words) if item.kind == "short" else None
        if before is not None and (not phrase.sides or before.state in {*phrase.sides, None}):
            return before
        honoured = phrase.start < item.start and bool(_honorific(self.book.text[phrase.start : item.start]))
        plainly = honoured or self.book.speech.speaks(item.start, item.end)
        person = self.persons.pick(item, phrase, plainly=plainly)
        if person is None:
            return self._unknown(words, phrase) if phrase.titles or honoured else None
        return self.of(person, words, full=item.kind == "person")

    def of(self, person: Person, words: str = "", *, full: bool = True) -> Entity:
        """A person of the office table as an actor, in the page's spelling; ``words``: a short form used."""
        entity = self.book.entities.known(("id", person.id), "person", self.persons.named.get(person.id, person.name))
        if entity.seen < 0:
            self._introduce(entity, person, full)
        if full and words and " " not in words:
            entity.shorts.add(words)
        return entity

    def _introduce(self, entity: Entity, person: Person, full: bool) -> None:
        day = self.book.day
        office = self.lexicon.office_of(person, day)
        held = [o for o in person.offices if day is None or o.covers(day)]
        entity.id, entity.gender = person.id, person.gender
        entity.certainty = 1.0 if full or person.id in self.persons.named else 0.85
        entity.shorts |= {person.short, person.family or person.short, person.name.split()[-1], f"Sir {person.given}"}
        entity.roles |= {o.role_class for o in held}
        entity.offices |= {o.role.lower() for o in self.persons.offices(person)}
        entity.state = person.state if day is None else office.speaks_for if office else None

    def _unknown(self, words: str, phrase: Phrase) -> Entity | None:
        """Somebody no card knows: met before by name or short form, else new."""
        short = " " not in words or words.startswith("Sir ")
        before = self.book.entities.get(("name", words)) or (self.book.entities.called(words) if short else None)
        honoured = _honorific(self.book.text[phrase.start : phrase.end])
        closes = self.book.speech.closes(phrase.start, phrase.end)
        if before is not None or (short and not (phrase.titles or honoured or closes)):
            return before
        entity = self.book.entities.add(("name", words), "person", words)
        parts = words.split()
        family_first = len(parts) <= 3 and self.book.side_of(phrase) in _FAMILY_FIRST
        entity.shorts = {parts[-1], parts[0]} if family_first else {parts[-1]}
        entity.gender = self.lexicon.gender_of.get(parts[0]) if len(parts) > 1 else None
        entity.certainty = 0.95 if phrase.titles or phrase.noun else 0.7
        return entity

    def _learn(self, entity: Entity, phrase: Phrase) -> None:
        """Take over what the page says of a person; a former office says nothing of the present."""
        gender = next((t.gender for t in phrase.titles if t.gender), None)
        entity.gender = entity.gender or gender or _honorific(self.book.text[phrase.start : phrase.end])
        if phrase.former:
            return
        entity.roles |= {t.role_class for t in phrase.titles}
        entity.offices |= {t.title for t in phrase.titles}
        entity.role = entity.role or phrase.role
        self.book.employ(entity, phrase)
        if phrase.titles or phrase.noun is not None or phrase.sides:
            entity.state = self._side(entity, phrase) or entity.state

    def _side(self, entity: Entity, phrase: Phrase) -> str | None:
        """The state that a titled phrase gives its person: named in it, its organ's, its owner's, else the one near."""
        if phrase.sides or entity.state is not None:
            return self.book.side_of(phrase) or entity.state
        if entity.id is not None and phrase.titles:
            return self.lexicon.persons[entity.id].state
        if phrase.organ is not None:
            return self.book.organ(phrase)[0].state
        if phrase.owner:
            return self.book.owner_side(phrase.start)
        needs = any(t.needs == "state" or t.role_class.startswith("spokesperson") for t in phrase.titles)
        abroad = any(t.role_class in {"ambassador", "ambassador_un", "special_envoy"} for t in phrase.titles)
        return self.book.context(phrase.start, abroad=abroad, but=phrase.place) if needs or abroad else None


def _honorific(words: str) -> str | None:
    found = re.match(r"(?:(Mr|Sir)|(Mrs|Ms|Lady))\b", words)
    return None if found is None else "he" if found[1] else "she"
