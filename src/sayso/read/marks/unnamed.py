"""Actors without a name: "the diplomat" is somebody named before, "a Norland official" is not.

Nothing is supplied that the page does not give: the holder of an office whom the article nowhere names lends no name.
"""

from __future__ import annotations

import re

from sayso.lexicon import Noun
from sayso.model import MentionKind
from sayso.read.marks.book import Book
from sayso.read.marks.entities import Entity
from sayso.read.marks.people import People
from sayso.read.marks.persons import rulers
from sayso.read.marks.phrases import Phrase

_ARTICLE = re.compile(r"^(?:the|an?|some|several|many|two|three|four|five|one|another)\s+", re.IGNORECASE)
_MANY = frozenset({"two", "three", "four", "five", "several", "some", "many"})
_TOP = re.compile(r"\b(?:the\s+)?(?:[\w.]+['’]s?\s+)?top\b", re.IGNORECASE)
_OWN = frozenset({"his", "her", "its", "their"})
_MINISTERS = frozenset({"foreign_minister", "defence_minister", "deputy_foreign_minister", "other"})
_ABROAD = frozenset({"ambassador", "ambassador_un", "special_envoy"})
_SENT = frozenset({"diplomat", "envoy"})
"""Nouns for people whom a state sends abroad."""
_FOR_STATES = _SENT | {"official", "negotiator"}
"""Nouns for people who act for a state, if none is named the one meant near by."""
_IN_OFFICE = frozenset({"adviser", "commander", "leader", "minister", "chief", "deputy", "officer", "delegate"})
"""Nouns that do so where a headline leaves out the state."""


class Unnamed:
    """Puts persons and groups without a name into the book."""

    def __init__(self, book: Book, people: People) -> None:
        self.book, self.people, self.lexicon = book, people, book.lexicon

    def phrase(self, phrase: Phrase) -> bool:
        """Add the mention of a phrase without a name; False if it names no actor as a whole."""
        noun = self.lexicon.nouns[phrase.noun.ids[0]] if phrase.noun else None
        if noun is not None and noun.kind in {"country", "medium", "press"}:
            return self._thing(phrase, noun.kind)
        many = self._many(phrase)
        rank = noun is None and not any(title.alone for title in phrase.titles)
        anchored = phrase.lead or phrase.sides or phrase.organ or phrase.owner or phrase.place or self.book.bare(phrase)
        if not (anchored and not rank) and not (many and self.book.speech.speaks(phrase.start, phrase.end)):
            return False
        if many or not phrase.definite:
            self.group(phrase, many)
        else:
            self._description(phrase, noun)
        return True

    def _many(self, phrase: Phrase) -> bool:
        """Whether a phrase names several."""
        head = next(item for item in reversed(phrase.items) if item.kind in {"title", "noun"})
        words = self.book.words(head)
        return phrase.determiner in _MANY or (words.endswith("s") and not words.endswith("ss"))

    def _thing(self, phrase: Phrase, kind: str) -> bool:
        """ "the country", "the newspaper": the one that spoke last; "… — newspaper": one without a name."""
        if (
            kind != "country"
            and self.book.in_headline(phrase.start)
            and self.book.speech.closes(phrase.start, phrase.end)
        ):
            name = self.book.text[phrase.start : phrase.end]
            self.book.put(
                phrase.start, phrase.end, self.book.entities.add(None, "medium", name), "medium", 0.7, "unnamed"
            )
            return True
        if kind == "press":
            return False
        kinds = {"medium"} if kind == "medium" else {"state", "body"}
        subject = kind == "medium" or self.book.speech.acts(phrase.end)
        if phrase.lead.strip().lower() != "the" or len(phrase.items) > 1 or not subject:
            return False
        entity = self.book.entities.focus(phrase.start, lambda e: e.kind in kinds and e.organ is None)
        if entity is None:
            return False
        self.book.put(phrase.start, phrase.end, entity, entity.kind, 0.6, "description")
        return True

    def group(self, phrase: Phrase, many: bool) -> None:
        """Somebody new, one or several, who stays without a name."""
        name = _ARTICLE.sub("", self.book.text[phrase.start : phrase.end])
        kind: MentionKind = "group" if many else "office"
        if phrase.organ is not None and phrase.organ.ids == ("ministry",) and not phrase.sides:
            name = self.book.organ(phrase)[0].name + self.book.text[phrase.organ.end : phrase.end]
        before = self._same(phrase, name)
        entity = before or self.book.entities.known(("group", name.lower()), kind, name)
        entity.state = None if phrase.former else entity.state or self._side(phrase)
        entity.roles |= {t.role_class for t in phrase.titles} | ({"official"} if phrase.noun else set())
        entity.role = entity.role or phrase.role
        self.book.employ(entity, phrase)
        entity.gender = next((t.gender for t in phrase.titles if t.gender), None)
        sure = 0.9 if entity.state else 0.6
        self.book.put(phrase.start, phrase.end, entity, kind, sure, "unnamed", former=phrase.former)

    def _same(self, phrase: Phrase, name: str) -> Entity | None:
        """Somebody of whom more was told before: "a defence source" after "a Norland defence source"."""
        if phrase.sides or phrase.organ or phrase.owner:
            return None
        ending = " " + name.lower()
        return self.book.entities.nearest(
            phrase.start, lambda e: e.kind in {"group", "office"} and e.name.lower().endswith(ending)
        )

    def _side(self, phrase: Phrase) -> str | None:
        """The state that somebody unnamed acts for."""
        organ = self.lexicon.organs.get(phrase.organ.ids[0]) if phrase.organ is not None else None
        if organ is not None and organ.independent:
            return None
        if phrase.sides:
            return self.book.side(phrase.sides)
        if phrase.organ is not None:
            return self.book.organ(phrase)[0].state
        if phrase.owner or phrase.determiner in _OWN:
            return self.book.owner_side(phrase.start) or self.book.context(phrase.start)
        noun = phrase.noun.ids[0] if phrase.noun is not None else None
        acts = noun in _FOR_STATES or (noun in _IN_OFFICE and self.book.bare(phrase))
        if not phrase.titles and not acts:
            return None
        abroad = noun in _SENT or any(title.role_class in _ABROAD for title in phrase.titles)
        return self.book.context(phrase.start, abroad=abroad, but=phrase.place)

    def _description(self, phrase: Phrase, noun: Noun | None) -> None:
        """ "the diplomat", "the Norland president": the fitting person of the article, else an office without a name."""
        classes = {t.role_class for t in phrase.titles} | set(noun.fits if noun else ())
        if any(t.title == "minister" for t in phrase.titles):
            classes |= _MINISTERS
        if noun is not None and noun.word == "diplomat" and _TOP.match(phrase.lead or self.book.words(phrase.items[0])):
            classes = {"foreign_minister"}
        side = self.book.side_of(phrase) or (self.book.organ(phrase)[0].state if phrase.organ else None)
        entity = self._described(phrase, noun, classes, side)
        if entity is None:
            self._office(phrase, classes, side)
        else:
            self.book.put(phrase.start, phrase.end, entity, entity.kind, 0.85 if side else 0.75, "description")

    def _described(self, phrase: Phrase, noun: Noun | None, classes: set[str], side: str | None) -> Entity | None:
        if (
            phrase.former
            or phrase.owner
            or phrase.determiner in _OWN
            or (not phrase.determiner and self.book.bare(phrase))
        ):
            return None
        if noun is not None and not classes and noun.word != "official":
            return self._same(phrase, self.book.text[phrase.items[0].start : phrase.end]) or self._same(
                phrase, noun.word
            )
        words, gender = rulers(phrase.titles), next((t.gender for t in phrase.titles if t.gender), None)

        def fits(e: Entity) -> bool:
            role = bool(classes & e.roles) if classes else e.kind == "office" or e.state is not None
            if words:
                role = any(word in office for word in words for office in e.offices)
            return (
                e.kind in {"person", "office"}
                and role
                and not e.former
                and side in {e.state, None}
                and (gender is None or e.gender in {gender, None})
            )

        return self.book.entities.focus(phrase.start, fits)

    def _office(self, phrase: Phrase, classes: set[str], side: str | None) -> None:
        """An office whose holder is not named up to here: the holder if the article names him further on."""
        side = None if phrase.former else side or self._side(phrase)
        persons = self.people.persons
        holder = None if phrase.former else persons.holder(classes, side, phrase.titles)
        if holder is None and side is not None and phrase.titles and not phrase.former:
            holder = persons.named_holder(classes, side)
        if holder is not None and holder.id in persons.named:
            why = f"holder of the office on {self.book.day}"
            self.book.put(phrase.start, phrase.end, self.people.of(holder), "person", 0.8, why)
            return
        name = _ARTICLE.sub("", self.book.text[phrase.start : phrase.end])
        key = f"{sorted(classes) if classes else name} {side} {phrase.former}"
        entity = self.book.entities.known(("office", key), "office", name)
        entity.state, entity.former = side, phrase.former
        entity.id = holder.id if holder is not None else None
        entity.roles |= classes
        entity.role = entity.role or phrase.role
        self.book.put(phrase.start, phrase.end, entity, "office", 0.7, "office without a name", former=phrase.former)
