"""Who each phrase and pronoun of an article means: the chain of mentions of one actor, and for whom it speaks that day.

Rules in order of trust: what the page says (a title, a state's name in the phrase); the office table on the article's day; what
was said before in the article; the place it was written. Nothing is supplied that the page does not give: a holder who is
nowhere named lends no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.lexicon import Lexicon, Noun, Office, Person, State
from sayso.model import Mention, MentionKind
from sayso.read.marks.entities import RECENT, Entities, Entity
from sayso.read.marks.items import Item
from sayso.read.marks.phrases import Phrase

TOP = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
_UNIQUE = TOP | {"defence_minister", "head_of_body", "ambassador_un"}
_PART_OF = {"UNSC": "UN", "UNGA": "UN"}
"""Organs with a card of their own that speak for a wider body."""
_EAST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM"})
_PLACE = re.compile(r"\b(?:in|at|near|outside|around|across|throughout|inside|leave|left|visit|visited|visiting|for|via)\s+(?:central\s+)?(?:[A-Z]\w+,?\s+(?:and|or)\s+)?$")
_TOWARDS = re.compile(r"\b(?:to|from|of|into)\s+(?:the\s+)?$")
_COUNTRY_AFTER = re.compile(r",\s+(?=[A-Z])|-based\b|\s+(?:airport|residents|time|suburb|streets?)\b")
_NEXT = re.compile(r"(?:,[^,.;:\"“”]{3,80})?,?\s+((?:(?:has|had|have|also|later|repeatedly|then|earlier|further|again|is|was|were|did|not|now|would|will|"
                   r"could|may|must|should|strongly|openly|publicly|on|late|\w+day)\s+){0,3})([a-z]+)")
_AUXILIARY = re.compile(r"\s+(?:has|had|have|is|was|were|did|does|would|will|could|can|may|must|should|said|says)\b")
_BEFORE = re.compile(r"(?:(\w+)|(according to|as reported by))\s+(?:the\s+)?$")
_FUNCTION = frozenset(
    """and or but that which who of for to in on at by with from as is was were are be been has have had not will would could may
    can should must over against about after before under into than when while if also still today since during amid says did
    does told what why how it he she they until because through among between upon per without like so again yet""".split()
)
_GOVERNMENTS = frozenset({"Kremlin", "White House", "Pentagon", "Vatican", "Capitol", "Elysee", "Elysée", "Élysée"})
"""Seats that mean who sits there wherever they stand."""
_MODIFYING = frozenset({"military", "government", "intelligence", "diplomacy", "opposition", "police", "party", "delegation",
                        "administration", "court", "parliament"})
_WORD_NAMES = frozenset({"May", "Hope", "Power", "Price", "Rice", "Will", "Mark", "Long", "Young", "Case", "Major", "Church",
                         "King", "Hill", "Cook", "Green", "White", "Brown", "Black", "Day", "Moon", "Key", "Ford", "Bush"})
_LINES = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}


MINISTRY = re.compile(r"ministry|office|department|council|agency|bank|assembly", re.IGNORECASE)


class Chain:
    """Chains the phrases of an article as they come, in order of the text."""

    def __init__(self, text: str, lexicon: Lexicon, day: str | None, home: str | None, named: dict[str, str]) -> None:
        """``day``: the article's; ``home``: state of its place or outlet; ``named``: persons whom it names in full, with its spelling."""
        self.text, self.lexicon, self.day, self.home = text, lexicon, day, home
        self.named = named
        self.entities = Entities()
        self.mentions: list[Mention] = []
        self.sentence_starts: set[int] = set()
        self.ahead: list[tuple[int, tuple[str, ...]]] = []
        """Where states are named in the whole article, for a headline that names an organ first."""

    # --- one phrase ---

    def phrase(self, phrase: Phrase) -> None:
        """Add the mention that a phrase makes, if it makes one."""
        if phrase.person is not None:
            self._person_phrase(phrase)
        elif not phrase.titles and any(item.kind in {"medium", "outlet"} for item in phrase.items):
            self._medium(phrase)
        elif phrase.titles or phrase.noun is not None:
            self._unnamed(phrase)
        elif phrase.organ is not None:
            self._organ(phrase)
        else:
            for item in phrase.items:
                self._plain(phrase, item)

    def _plain(self, phrase: Phrase, item: Item) -> None:
        start = phrase.start if item is phrase.items[0] and self._the(phrase) and self._takes_the(item) else item.start
        if item.kind in {"medium", "outlet"}:
            self._put(start, item.end, self._medium_entity(item), "medium", 1.0, "name of a medium")
        elif item.kind in {"state", "body", "adjective", "demonym", "capital", "seat"}:
            self._side_mention(start, item)

    def _medium(self, phrase: Phrase) -> None:
        """"the state-run news agency TASS" is the medium, "a TASS correspondent" its man."""
        last = phrase.items[-1]
        noun = self.lexicon.nouns[last.ids[0]] if last.kind == "noun" else None
        if noun is not None and noun.kind != "medium":
            self._group(phrase, plural=noun.word != self.text[last.start:last.end].lower())
            return
        if len(phrase.items) == 1:
            self._plain(phrase, last)
            return
        named = next(item for item in phrase.items if item.kind in {"medium", "outlet"})
        entity = self._medium_entity(named)
        self._put(phrase.start, phrase.end, entity, "medium", 1.0, "name of a medium")

    def _medium_entity(self, item: Item) -> Entity:
        if item.kind == "outlet":
            words = self.text[item.start:item.end]
            return self.entities.known(("name", words), "medium", words)
        outlet = self.lexicon.outlets[item.ids[0]]
        entity = self.entities.known(("id", outlet.id), "medium", outlet.name)
        entity.id = outlet.id
        return entity

    @staticmethod
    def _the(phrase: Phrase) -> bool:
        return phrase.lead.strip().lower() == "the"

    def _takes_the(self, item: Item) -> bool:
        """Whether a name goes with its article ("the United States", not "the Norland crisis")."""
        words = self.text[item.start:item.end]
        return item.kind not in {"adjective", "capital"} and (words.endswith(("s", ".")) or words.isupper() or " " in words
                                                              or item.kind in {"medium", "body"})

    def _side_mention(self, start: int, item: Item) -> None:
        if item.kind == "capital":
            self._capital(start, item)
            return
        side = self.side(item.ids)
        kind: MentionKind = "body" if item.kind == "body" else "group" if item.kind == "demonym" else "state"
        compound = bool(re.match(r"-[a-z]", self.text[item.end:item.end + 2])) or self.text[item.start - 1:item.start] == "-"
        sure = {"adjective": 0.6, "demonym": 0.8}.get(item.kind, 0.95 if len(item.ids) > 1 else 1.0)
        adjective = item.kind == "adjective" or (compound and not self._country_pair(item))
        self._put(start, item.end, self._side_entity(side), kind, min(sure, 0.6) if adjective else sure,
                  f"{item.kind} {'in a compound' if adjective and item.kind != 'adjective' else 'of ' + side}")

    def _country_pair(self, item: Item) -> bool:
        """Whether a hyphen beside a name joins two sides ("Norland-Southland ties")."""
        return bool(re.match(r"[-–][A-Z]", self.text[item.end:item.end + 2])) or \
            bool(re.search(r"[A-Za-z.][-–]$", self.text[max(0, item.start - 2):item.start]))

    def _capital(self, start: int, item: Item) -> None:
        before, after = self.text[max(0, item.start - 24):item.start], self.text[item.end:item.end + 14]
        if _PLACE.search(before) or _COUNTRY_AFTER.match(after) or after.lstrip()[:1] in {"-", "—", "–"}:
            sure, why = 0.2, "capital as a place"
        elif self._speaks(item.start, item.end) or re.match(r"['’]s?\b|\s+(?:and|or)\s", after):
            sure, why = 0.9, "capital for its government"
        else:
            sure, why = (0.5, "capital, place or government") if _TOWARDS.search(before) else (0.8, "capital for its government")
        self._put(start, item.end, self._side_entity(self._seat_of(item)), "state", sure, why)

    def _seat_of(self, item: Item) -> str:
        """The state or body that a capital stands for: Brussels is the EU unless Belgium is named."""
        if "EU" in item.of("seat") and self.entities.get(("id", "BEL")) is None:
            return "EU"
        return self.side(item.ids)

    def _side_entity(self, side: str) -> Entity:
        card = self.lexicon.states[side]
        kind: MentionKind = "body" if card.type == "body" else "state"
        entity = self.entities.known(("id", side), kind, card.name)
        entity.id, entity.state = side, _PART_OF.get(side, side)
        return entity

    def side(self, ids: tuple[str, ...]) -> str:
        """The likeliest of several states: of the time, of the article, else the first."""
        timely = [i for i in ids if i != "SUN" or (self.day or "9") < "1991-12-26"] or list(ids)
        if self.day and self.day < "1991-12-26" and "SUN" in timely:
            return "SUN"
        for i in timely:
            if self.entities.get(("id", i)) is not None:
                return i
        return timely[0]

    # --- organs ---

    def _organ(self, phrase: Phrase) -> None:
        item = phrase.organ
        assert item is not None
        modified = item.kind == "organ" and item.ids[0] in _MODIFYING and self._modifies(item.end)
        bare = item.kind == "organ" and not phrase.sides and not phrase.lead and not phrase.owner \
            and self.text[item.start].islower()
        if modified or bare:
            for other in phrase.items:
                self._plain(phrase, other)
            return
        if item.kind == "seat" and not phrase.sides[1:] and self._place_seat(item):
            return
        entity, sure, why = self.organ_of(item, phrase.sides, phrase.place, phrase.owner)
        if item.kind == "seat" and self.text[item.start:item.end] not in _GOVERNMENTS and not self._speaks(phrase.start, phrase.end):
            sure, why = 0.3, "seat as a place"
        self._put(phrase.start, phrase.end, entity, "body", sure, why)

    def _modifies(self, end: int) -> bool:
        """Whether the word after an organ is a noun that it describes ("military operation")."""
        after = re.match(r"[-\s]([a-z]+)", self.text[end:end + 30])
        if after is None:
            return False
        word = after[1]
        if word == "to" and self.text[end - 10:end].endswith("opposition"):
            return True
        return not (word in _FUNCTION or word.endswith(("ed", "ly", "ing")) or self._is_cue(word) or word in {"says", "wants"})

    def _place_seat(self, item: Item) -> bool:
        before = self.text[max(0, item.start - 24):item.start]
        return self.text[item.start:item.end] not in _GOVERNMENTS and bool(_PLACE.search(before))

    def organ_of(self, item: Item, sides: tuple[str, ...], place: str | None = None, owner: bool = False) -> tuple[Entity, float, str]:
        """The body that an organ's name means, with certainty and reason."""
        sides = sides or ((place,) if place else ())
        words = self.text[item.start:item.end]
        if item.kind != "organ":
            side = self.side(sides or item.ids)
            return self._body(words, words, side), 0.9 if len({*item.ids} - {"SUN"}) == 1 else 0.7, f"organ of {side}"
        organ = self.lexicon.organs[item.ids[0]]
        if sides:
            side = self.side(sides)
            return self._body(organ.id, self._organ_name(words, organ.name, side), side), 0.95, f"{organ.name} of {side}"
        before = self._organ_before(organ.id, item.start)
        if before is not None:
            return before, 0.8, "named before"
        side_ = (self._owner_side(item.start) if owner else None) or self.context(item.start)
        if side_ is None:
            return self._body(organ.id, self._cased(words), None), 0.4, "no state named near"
        return self._body(organ.id, self._organ_name(words, organ.name, side_), side_), 0.6, f"nearest state: {side_}"

    def _organ_before(self, organ: str, at: int) -> Entity | None:
        generic = organ == "ministry"
        return self.entities.focus(at, lambda e: e.organ is not None and (e.organ == organ or (generic and "inist" in e.name)))

    def _body(self, organ: str, name: str, side: str | None) -> Entity:
        entity = self.entities.known(("organ", f"{organ} {side}"), "body", name)
        card = self.lexicon.organs.get(organ)
        entity.organ, entity.state = organ, None if card is not None and card.independent else side
        return entity

    def _organ_name(self, words: str, name: str, side: str) -> str:
        card = self.lexicon.states[side]
        return f"{_adjective(card)} {name if words.isupper() else self._cased(words) if MINISTRY.search(words) else words}"

    @staticmethod
    def _cased(words: str) -> str:
        return " ".join(w if w in {"of", "for", "the"} else w[:1].upper() + w[1:] for w in words.split())

    def context(self, at: int) -> str | None:
        """The state meant where none is named: of who spoke last near by, else of the last side named, else of the place."""
        spoke = self.entities.focus(at, lambda e: e.state is not None and e.spoke >= 0 and e.kind != "medium")
        if spoke is not None and at - spoke.spoke < 500:
            return spoke.state
        side = self.entities.nearest(at, lambda e: e.kind == "state" and e.state is not None) \
            or self.entities.nearest(at, lambda e: e.kind == "body" and e.state is not None)
        if side is not None and at - side.seen < 400:
            return side.state
        ahead = next((ids for where, ids in self.ahead if at < where < at + 120), None)
        return self.home or (side.state if side else None) or (self.side(ahead) if ahead else None)

    def _owner_side(self, at: int) -> str | None:
        owner = self.mentions[-1] if self.mentions else None
        return owner.state if owner is not None and at - owner.end < 40 else None

    # --- persons ---

    def _person_phrase(self, phrase: Phrase) -> None:
        item = phrase.person
        assert item is not None
        if phrase.organ is not None and phrase.items[-1] is phrase.organ and not phrase.titles:
            self._persons_organ(phrase, item)
            return
        entity = self._person(phrase, item)
        if entity is None:
            for other in phrase.items:
                if other is not item:
                    self._plain(phrase, other)
            return
        self._learn(entity, phrase)
        former = phrase.former
        state = None if former else entity.state
        sure = entity.certainty * (0.9 if item.kind == "short" and not phrase.titles else 1.0)
        self._put(phrase.start, phrase.end, entity, "person", sure, "name", state=state, former=former)

    def _persons_organ(self, phrase: Phrase, item: Item) -> None:
        """"the Alpha administration": a body named after a person."""
        person = self._pick(item, phrase) if item.ids else None
        organ = self.lexicon.organs[phrase.items[-1].ids[0]]
        office = self.lexicon.office_of(person, self.day) if person else None
        side = (office.speaks_for if office else None) or (person.state if person else None)
        name = f"{self.text[item.start:item.end]} {organ.name}"
        self._put(phrase.start, phrase.end, self._body(name, name, side), "body", 0.9, "named after a person")

    def _person(self, phrase: Phrase, item: Item) -> Entity | None:
        words = self.text[item.start:item.end]
        if item.kind == "unknown":
            return self._unknown(words, phrase)
        before = self.entities.called(words) if item.kind == "short" else None
        if before is not None and (not phrase.sides or before.state in {*phrase.sides, None}):
            return before
        person = self._pick(item, phrase)
        if person is None:
            return self._unknown(words, phrase) if phrase.titles and " " not in words else None
        return self._entity_of(person, item.kind == "person", words)

    def _entity_of(self, person: Person, full: bool, words: str) -> Entity:
        entity = self.entities.known(("id", person.id), "person", self.named.get(person.id, person.name))
        if entity.seen < 0:
            entity.id, entity.gender = person.id, person.gender
            entity.certainty = 1.0 if full or person.id in self.named else 0.85
            entity.shorts |= {person.short, person.family or person.short, person.name.split()[-1], f"Sir {person.given}"}
            entity.offices |= {o.role.lower() for o in person.offices if self.day is None or _near(o, self.day)}
            office = self.lexicon.office_of(person, self.day)
            entity.roles |= {o.role_class for o in person.offices if self.day and o.covers(self.day)}
            entity.state = office.speaks_for if office else None if self.day else person.state
            if self.day is None:
                entity.roles |= {o.role_class for o in person.offices}
        entity.shorts |= {words} if full and " " not in words else set()
        return entity

    def _pick(self, item: Item, phrase: Phrase) -> Person | None:
        """Which of the persons with a name is meant; None if it cannot be told or is likely no person."""
        persons = [self.lexicon.persons[i] for i in (item.ids or ())]
        classes = {t.role_class for t in phrase.titles}
        sides = set(phrase.sides)
        if len(persons) > 1 and sides:
            persons = [p for p in persons if self._for(p) & sides] or persons
        named = [p for p in persons if p.id in self.named]
        if item.kind == "person" or named:
            return self._best(named or persons, classes)
        if classes or sides:
            fitting = [p for p in persons if self._had(p, classes, sides)]
            if fitting:
                return self._best(fitting, classes)
        if self.text[item.start:item.end] in _WORD_NAMES and not classes:
            return None
        prominent = [p for p in persons if (o := self.lexicon.office_of(p, self.day)) and o.role_class in TOP]
        return prominent[0] if len(prominent) == 1 and not classes else None

    def _for(self, person: Person) -> set[str | None]:
        return {person.state, person.nationality, *(o.speaks_for for o in person.offices)}

    def _had(self, person: Person, classes: set[str], sides: set[str]) -> bool:
        offices = [o for o in person.offices if self.day is None or _near(o, self.day)]
        return any((not classes or o.role_class in classes) and (not sides or {o.state, o.body} & sides) for o in offices)

    def _best(self, persons: list[Person], classes: set[str]) -> Person:
        def rank(person: Person) -> tuple[bool, bool, bool]:
            office = self.lexicon.office_of(person, self.day)
            return (bool(classes & {o.role_class for o in person.offices}), office is not None,
                    office is not None and office.role_class in TOP)
        return max(persons, key=rank)

    def _unknown(self, words: str, phrase: Phrase) -> Entity | None:
        """Somebody no card knows: met before by name or short form, else new."""
        before = self.entities.get(("name", words)) or (self.entities.called(words) if " " not in words or words.startswith("Sir ") else None)
        if before is not None:
            return before
        if " " not in words and not phrase.titles:
            return None
        entity = self.entities.add(("name", words), "person", words)
        parts = words.split()
        entity.shorts = {parts[-1]} | ({parts[0]} if len(parts) <= 3 and self.side_of(phrase) in _EAST else set())
        entity.gender = self.lexicon.gender_of.get(parts[0]) if len(parts) > 1 else None
        entity.certainty = 0.95 if phrase.titles or phrase.noun else 0.7
        return entity

    def side_of(self, phrase: Phrase) -> str | None:
        """The state a phrase names as spoken for, or that its organ has."""
        return self.side(phrase.sides) if phrase.sides else None

    def _learn(self, entity: Entity, phrase: Phrase) -> None:
        """Take over what the page says of a person: office, state, gender."""
        gender = next((t.gender for t in phrase.titles if t.gender), None) or _honorific(self.text[phrase.start:phrase.end])
        entity.gender = entity.gender or gender
        if phrase.former:
            return
        entity.roles |= {t.role_class for t in phrase.titles}
        entity.role = entity.role or phrase.role
        entity.offices |= {t.title for t in phrase.titles}
        if phrase.titles or phrase.noun is not None or phrase.sides:
            entity.state = self._said_side(entity, phrase) or entity.state

    def _said_side(self, entity: Entity, phrase: Phrase) -> str | None:
        """The state that a titled phrase gives its person: named in it, its organ's, its owner's, else what is near."""
        if phrase.sides:
            return self.side(phrase.sides)
        if entity.state is not None:
            return entity.state
        if entity.id is not None and phrase.titles:
            return self.lexicon.persons[entity.id].state
        if phrase.organ is not None:
            return self.organ_of(phrase.organ, ())[0].state
        if phrase.owner:
            return self._owner_side(phrase.start)
        needs = any(t.needs == "state" or t.role_class.startswith("spokesperson") for t in phrase.titles)
        return self.context(phrase.start) if needs else None

    # --- those without a name ---

    def _unnamed(self, phrase: Phrase) -> None:
        noun = self.lexicon.nouns[phrase.noun.ids[0]] if phrase.noun else None
        head = phrase.items[-1] if phrase.items[-1].kind in {"title", "noun"} else next(
            (i for i in phrase.items if i.kind in {"title", "noun"}), phrase.items[-1])
        words = self.text[head.start:head.end]
        plural = words.endswith("s") and not words.endswith("ss") or phrase.determiner in {"two", "three", "several", "some", "many"}
        ranks = noun is None and not any(t.alone for t in phrase.titles)
        anchored = not ranks and (phrase.lead or phrase.sides or phrase.organ or phrase.owner or phrase.place)
        if noun is not None and noun.kind in {"country", "medium"}:
            self._country_or_medium(phrase, noun.kind)
        elif not anchored and not (plural and self._speaks(phrase.start, phrase.end)):
            self._parts(phrase)
        elif plural or not phrase.definite:
            self._group(phrase, plural)
        else:
            self._description(phrase, noun)

    def _parts(self, phrase: Phrase) -> None:
        """The states in a phrase that names no actor as a whole."""
        for item in phrase.items:
            self._plain(phrase, item)

    def _country_or_medium(self, phrase: Phrase, kind: str) -> None:
        named = next((i for i in phrase.items if i.kind == "medium"), None)
        if named is not None or not self._the(phrase):
            self._parts(phrase)
            return
        kinds = {"medium"} if kind == "medium" else {"state", "body"}
        entity = self.entities.focus(phrase.start, lambda e: e.kind in kinds and e.organ is None)
        if entity is not None and len(phrase.items) == 1 and (kind == "medium" or self._subject(phrase.end)):
            self._put(phrase.start, phrase.end, entity, entity.kind, 0.6, "description")
        else:
            self._parts(phrase)

    def _subject(self, end: int) -> bool:
        return bool(_AUXILIARY.match(self.text[end:end + 12])) or self._said_after(end)

    def _group(self, phrase: Phrase, plural: bool) -> None:
        words = self.text[phrase.start:phrase.end]
        name = re.sub(r"^(?:the|an?|some|several|many|two|three|four|five|one|another)\s+", "", words, flags=re.IGNORECASE)
        kind: MentionKind = "group" if plural else "office"
        if phrase.organ is not None and phrase.organ.ids == ("ministry",) and not phrase.sides:
            name = self.organ_of(phrase.organ, ())[0].name + self.text[phrase.organ.end:phrase.end]
        entity = self._same_group(phrase, name) or self.entities.known(("group", name.lower()), kind, name)
        entity.state = None if phrase.former else entity.state or self._groups_side(phrase)
        entity.roles |= {t.role_class for t in phrase.titles} | ({"official"} if phrase.noun else set())
        entity.role = entity.role or phrase.role
        entity.gender = next((t.gender for t in phrase.titles if t.gender), None)
        self._put(phrase.start, phrase.end, entity, kind, 0.9 if entity.state else 0.6, "unnamed", former=phrase.former)

    def _same_group(self, phrase: Phrase, name: str) -> Entity | None:
        """Somebody unnamed of whom more was told before: "a defence source" after "a Norland defence source"."""
        if phrase.sides or phrase.organ or phrase.owner:
            return None
        return self.entities.nearest(phrase.start, lambda e: e.kind in {"group", "office"} and e.name.lower().endswith(" " + name.lower()))

    def _groups_side(self, phrase: Phrase) -> str | None:
        organ = self.lexicon.organs.get(phrase.organ.ids[0]) if phrase.organ is not None else None
        if organ is not None and organ.independent:
            return None
        if phrase.sides:
            return self.side(phrase.sides)
        if phrase.organ is not None:
            return self.organ_of(phrase.organ, (), phrase.place, phrase.owner)[0].state
        if phrase.owner or phrase.determiner in {"its", "their", "his", "her"}:
            return self._owner_side(phrase.start) or self.context(phrase.start)
        noun = phrase.noun.ids[0] if phrase.noun else ""
        return self.context(phrase.start) if noun in {"official", "diplomat", "negotiator"} or phrase.titles else None

    def _description(self, phrase: Phrase, noun: Noun | None) -> None:
        """"the diplomat", "the Russian president": the fitting person of the article, else an office without a name."""
        classes = {t.role_class for t in phrase.titles} | set(noun.fits if noun else ())
        if any(t.title == "minister" for t in phrase.titles):
            classes |= {"foreign_minister", "defence_minister", "deputy_foreign_minister", "other"}
        side = self.side_of(phrase) or (self.organ_of(phrase.organ, ())[0].state if phrase.organ else None)
        gender = next((t.gender for t in phrase.titles if t.gender), None)
        own = phrase.determiner in {"his", "her", "its", "their"} or phrase.owner
        if own or phrase.former:
            entity = None
        elif noun is not None and not classes and noun.word != "official":
            entity = self._same_group(phrase, noun.word) or self._same_group(phrase, self.text[phrase.items[0].start:phrase.end])
        else:
            entity = self._described(phrase, classes, side, gender)
        if entity is not None:
            kind: MentionKind = "person" if entity.kind == "person" else entity.kind
            self._put(phrase.start, phrase.end, entity, kind, 0.85 if side else 0.75, "description")
            return
        self._office(phrase, classes, side)

    def _described(self, phrase: Phrase, classes: set[str], side: str | None, gender: str | None) -> Entity | None:
        rulers = {t.title.split()[-1] for t in phrase.titles if t.role_class in {"head_of_state", "head_of_government"}}

        def fitting(e: Entity) -> bool:
            fits = bool(classes & e.roles) if classes else e.kind == "office" or e.state is not None
            if rulers:
                fits = any(word in office for word in rulers for office in e.offices)
            return e.kind in {"person", "office"} and fits and not e.former \
                and (side is None or e.state == side) and (gender is None or e.gender in {gender, None})
        return self.entities.focus(phrase.start, fitting)

    def _office(self, phrase: Phrase, classes: set[str], side: str | None) -> None:
        """An office whose holder is not named up to here: the holder if the article names him anywhere."""
        side = None if phrase.former else side or self._groups_side(phrase)
        holder = self._holder(classes, side, phrase)
        if holder is not None and holder.id in self.named and not phrase.former:
            entity = self._entity_of(holder, True, holder.short)
            self._put(phrase.start, phrase.end, entity, "person", 0.8, f"holder of the office on {self.day}")
            return
        name = re.sub(r"^the\s+", "", self.text[phrase.start:phrase.end], flags=re.IGNORECASE)
        entity = self.entities.known(("office", f"{sorted(classes)} {side} {phrase.former} {name if not classes else ''}"), "office", name)
        entity.state, entity.former = side, phrase.former
        entity.id = holder.id if holder is not None else None
        entity.roles |= classes
        entity.role = entity.role or phrase.role
        self._put(phrase.start, phrase.end, entity, "office", 0.7, "office without a name", former=phrase.former)

    def _holder(self, classes: set[str], side: str | None, phrase: Phrase) -> Person | None:
        if side is None:
            return None
        rulers = {t.title.split()[-1] for t in phrase.titles if t.role_class in {"head_of_state", "head_of_government"}}
        roles = sorted(classes & _UNIQUE | ({"head_of_state", "head_of_government"} if rulers else set()))
        holders = [p for role in roles for p in self.lexicon.holders(role, side, self.day)]
        if rulers:
            holders = [p for p in holders if any(w in o.role.lower() for o in p.offices for w in rulers if o.covers(self.day or ""))]
        return holders[0] if len({p.id for p in holders}) == 1 else None

    # --- pronouns ---

    def pronoun(self, start: int, end: int, quoted: bool) -> None:
        """Add the mention of a pronoun, if somebody fits."""
        word = self.text[start:end].lower()
        if word in _LINES:
            self._he_or_she(start, end, word, quoted)
        elif word in {"it", "they"} and not quoted and (self._said_after(end) or self._said_before(start)):
            kinds = {"state", "body", "medium"} if word == "it" else {"group", "state", "body", "office"}
            entity = self.entities.focus(start, lambda e: e.kind in kinds)
            if entity is not None:
                self._put(start, end, entity, "pronoun", 0.75 if word == "it" else 0.5, f"{word}: last such subject of saying")

    def _he_or_she(self, start: int, end: int, word: str, quoted: bool) -> None:
        def fits(e: Entity) -> bool:
            return e.kind in {"person", "office"} and e.gender in {_LINES[word], None}
        subject = word in {"he", "she"} and not quoted
        choose = self.entities.focus if subject else self.entities.nearest
        entity = choose(start, lambda e: fits(e) and e.gender is not None and start - e.seen < 2 * RECENT) or choose(start, fits)
        if entity is None:
            return
        sure = 0.45 if quoted else 0.8 if subject else 0.6
        if entity.gender is None and entity.kind == "person":
            entity.gender, sure = _LINES[word], sure - 0.1
        self._put(start, end, entity, "pronoun", sure, f"{word}: {'last who spoke' if subject else 'nearest'}")

    # --- what all share ---

    def _put(self, start: int, end: int, entity: Entity, kind: MentionKind, sure: float, why: str, *,
             state: str | None = None, former: bool = False) -> None:
        if self.mentions and start < self.mentions[-1].end:
            start = self.mentions[-1].end
            start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        if start >= end:
            return
        entity.seen = start
        if self._opens(start):
            entity.led = start
        if self._speaks(start, end):
            entity.spoke = start
        spoken_for = state if former else entity.state
        self.mentions.append(Mention(start, end, kind, entity.name, entity.number, entity.id, spoken_for, entity.role,
                                     former or entity.former, round(sure, 2), why))

    def _opens(self, start: int) -> bool:
        return start in self.sentence_starts

    def _is_cue(self, word: str) -> bool:
        cue = self.lexicon.cues.get(word)
        return cue is not None and cue.part != "noun" and cue.precision >= 0.4

    def _said_after(self, end: int) -> bool:
        after = _NEXT.match(self.text, end, end + 140)
        return after is not None and self._is_cue(after[2])

    def _said_before(self, start: int) -> bool:
        before = _BEFORE.search(self.text, max(0, start - 24), start)
        return before is not None and bool(before[2] or (self._is_cue(before[1]) and not before[1].endswith("ing")))

    def _speaks(self, start: int, end: int) -> bool:
        """Whether the words are the subject of saying: "X said", "said X", "according to X"."""
        return self._said_after(end) or self._said_before(start)


def _near(office: Office, day: str) -> bool:
    """Whether a term covers a day, or began or ended in the same year (a title in the text beats a date by days)."""
    year = day[:4]
    return office.covers(day) or (office.from_ or "")[:4] == year or (office.to or "")[:4] == year


def _honorific(words: str) -> str | None:
    found = re.match(r"(?:(Mr|Sir)|(Mrs|Ms|Lady))\b", words)
    return None if found is None else "he" if found[1] else "she"


def _adjective(card: State) -> str:
    short = [a for a in card.adjectives if a == "US"]
    return short[0] if short else card.adjective


