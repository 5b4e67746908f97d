"""What has been read of one article so far: its actors, their mentions, and the state meant where none is named."""

from __future__ import annotations

import re

from sayso.lexicon import Lexicon, State
from sayso.model import Mention, MentionKind
from sayso.read.marks.entities import Entities, Entity
from sayso.read.marks.items import Item
from sayso.read.marks.phrases import Phrase
from sayso.read.marks.speech import Speech

_PART_OF = {"UNSC": "UN", "UNGA": "UN"}
"""Organs with a card of their own that speak for a wider body."""
_IN_THE_NEWS = "USA"
"""The state whose organ is meant by a name that several share ("Congress"), unless the article tells another."""
_LEADS = 16
"""Characters of a sentence within which a state's name leads it."""
_SOVIET_END = "1991-12-26"
_VERB = re.compile(r"\s[a-z]+s\s")
"""What follows who opens a headline and does something."""
_OFFICIAL = re.compile(r"ministry|office|department|council|agency|bank|assembly", re.IGNORECASE)
"""Organs whose name is written with capitals."""


class Book:
    """The record of one article's actors."""

    def __init__(self, text: str, lexicon: Lexicon, day: str | None, home: str | None, own: str | None = None) -> None:
        """``day``: the article's; ``home``: state of the place or outlet it was written for; ``own``: the outlet's."""
        self.text, self.lexicon, self.day, self.home, self.own = text, lexicon, day, home, own
        self.speech = Speech(text, lexicon)
        self.entities = Entities()
        self.mentions: list[Mention] = []
        self.governments: list[tuple[int, tuple[str, ...]]] = []
        """Where capitals and seats stand that mean governments."""
        self.sentence_starts: set[int] = set()
        self.ahead: list[tuple[int, tuple[str, ...]]] = []
        """Where states are named in the whole article, for a headline that names an organ first."""

    headlines: tuple[tuple[int, int], ...] = ()
    """Where headlines stand."""

    def words(self, item: Item) -> str:
        """The words of an item."""
        return self.text[item.start : item.end]

    def put(
        self, start: int, end: int, entity: Entity, kind: MentionKind, sure: float, why: str, *, former: bool = False
    ) -> None:
        """Add a mention, cut where it would overlap the one before; note whether its actor speaks here."""
        if self.mentions and start < self.mentions[-1].end:
            start = self.mentions[-1].end
            start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        if start >= end:
            return
        entity.seen = start
        if start in self.sentence_starts:
            entity.led = start
        if self.speech.speaks(start, end):
            entity.spoke = start
        state = None if former and kind == "person" else entity.state
        self.mentions.append(
            Mention(
                start,
                end,
                kind,
                entity.name,
                entity.number,
                entity.id,
                state,
                entity.role,
                former or entity.former,
                round(sure, 2),
                why,
            )
        )

    # --- states ---

    def side(self, ids: tuple[str, ...]) -> str:
        """The likeliest of several states: of the time, of the article, of the place, else the one most in the news."""
        soviet = self.day is not None and self.day < _SOVIET_END
        if soviet and "SUN" in ids:
            return "SUN"
        timely = [i for i in ids if i != "SUN"] or list(ids)
        named = (i for i in timely if self.entities.get(("id", i)) is not None)
        likely = next((i for i in (self.home, _IN_THE_NEWS) if i in timely), None)
        return next(named, None) or likely or timely[0]

    def side_of(self, phrase: Phrase) -> str | None:
        """The state a phrase names as spoken for."""
        return self.side(phrase.sides) if phrase.sides else None

    def side_entity(self, side: str) -> Entity:
        """A state or body itself as an actor."""
        card = self.lexicon.states[side]
        entity = self.entities.known(("id", side), "body" if card.type == "body" else "state", card.name)
        entity.id, entity.state = side, _PART_OF.get(side, side)
        return entity

    def in_headline(self, at: int) -> bool:
        """Whether a place lies in a headline, where articles and states are left out."""
        return any(start <= at < end for start, end in self.headlines)

    def bare(self, phrase: Phrase) -> bool:
        """Whether a headline has somebody say something without an article ("diplomat warns", "… — diplomat")."""
        if not self.in_headline(phrase.start):
            return False
        opens = any(phrase.start == start for start, _ in self.headlines)
        return self.speech.speaks(phrase.start, phrase.end) or (opens and bool(_VERB.match(self.text, phrase.end)))

    def _in_headline(self, at: int, abroad: bool, but: str | None) -> str | None:
        """The state left out in a headline: the outlet's own for its diplomats and where it is at home; else the place's.

        A state that the headline names goes before one that it does not.
        """
        first, last = next(span for span in self.headlines if span[0] <= at < span[1])
        told = sorted(((where, ids) for where, ids in (*self.ahead, *self.governments) if first <= where < last))
        named = [self.side(ids) for _, ids in told]
        own, home = (side if side != but else None for side in (self.own, self.home))
        if own is not None and (home == own or (abroad and named[:1] != [home])):
            return own
        likely = next((side for side in (home, own) if side in named), None)
        return likely or next((side for side in named if side != but), None) or home or own

    def context(self, at: int, *, abroad: bool = False, but: str | None = None) -> str | None:
        """The state meant where none is named: who spoke last near by, else the last state named, else the place's.

        ``abroad``: it is one of those whom a state sends abroad; ``but``: a state that it is not.
        """
        if self.in_headline(at):
            return self._in_headline(at, abroad, but)
        spoke = self.entities.focus(at, lambda e: e.state is not None and e.spoke >= 0 and e.kind != "medium")
        if spoke is not None and at - spoke.spoke < 500:
            return spoke.state
        leading = self._leading(at)
        if leading is not None:
            return leading
        side = self.entities.nearest(at, lambda e: e.kind == "state" and e.state is not None) or self.entities.nearest(
            at, lambda e: e.kind == "body" and e.state is not None
        )
        if side is not None and at - side.seen < 400:
            return side.state
        ahead = next((ids for where, ids in self.ahead if at < where < at + 120), None)
        return self.home or (side.state if side else None) or (self.side(ahead) if ahead else None)

    def _leading(self, at: int) -> str | None:
        """The state that leads the sentence: in "Norland buys from Southland, the ministry said" the ministry is its."""
        start = next((before for before in range(at, 0, -1) if before in self.sentence_starts), 0)
        first = None
        for m in reversed(self.mentions):
            if m.start < start:
                break
            first = m if m.state and m.kind in ("state", "body") else first
        return first.state if first is not None and first.start - start <= _LEADS else None

    def owner_side(self, at: int) -> str | None:
        """The state of the one whose possessive stands right before."""
        owner = self.mentions[-1] if self.mentions else None
        return owner.state if owner is not None and at - owner.end < 40 else None

    # --- bodies and media ---

    def medium(self, item: Item) -> Entity:
        """A medium as an actor; it speaks for no state."""
        if item.kind == "outlet":
            return self.entities.known(("name", self.words(item)), "medium", self.words(item))
        outlet = self.lexicon.outlets[item.ids[0]]
        entity = self.entities.known(("id", outlet.id), "medium", outlet.name)
        entity.id = outlet.id
        return entity

    def body(self, organ: str, name: str, side: str | None) -> Entity:
        """An organ of a state as an actor."""
        entity = self.entities.known(("organ", f"{organ} {side}"), "body", name)
        card = self.lexicon.organs.get(organ)
        entity.organ, entity.state = organ, None if card is not None and card.independent else side
        return entity

    def organ(self, phrase: Phrase) -> tuple[Entity, float, str]:
        """The body that a phrase's organ means, with certainty and reason."""
        item = phrase.organ
        assert item is not None
        sides = phrase.sides or ((phrase.place,) if phrase.place else ())
        words = self.words(item)
        if item.kind != "organ":
            side = self.side(sides or item.ids)
            return self.body(words, words, side), 0.9 if len({*item.ids} - {"SUN"}) == 1 else 0.7, f"organ of {side}"
        if sides:
            side = self.side(sides)
            return self._organ_of(item, side), 0.95, f"named with its state: {side}"
        return self._organ_alone(item, phrase.owner)

    def employ(self, entity: Entity, phrase: Phrase) -> None:
        """Note the ministry that somebody's title names, so that "the ministry" means it."""
        side = entity.state or self.side_of(phrase)
        role = (phrase.role or "").lower()
        if side is None or "ministry" not in role:
            return
        for organ in self.lexicon.organs.values():
            words = next((w for w in organ.words if " " in w and "ministry" in w and w in role), None)
            if words is not None:
                entity.employer = self._named_organ(organ.id, words, side)
                return

    def _employer(self, at: int) -> Entity | None:
        """The ministry of the person named last, if it has one."""
        person = self.entities.focus(at, lambda e: e.employer is not None)
        return person.employer if person is not None and at - person.seen < 900 else None

    def _organ_alone(self, item: Item, owned: bool) -> tuple[Entity, float, str]:
        """An organ named without its state: the one named before, else that of the state meant."""
        employer = self._employer(item.start) if item.ids[0] == "ministry" else None
        before = self._organ_before(item.ids[0], item.start) or employer
        if before is not None:
            return before, 0.8, "named before"
        side = (self.owner_side(item.start) if owned else None) or self.context(item.start)
        if side is None:
            return self.body(item.ids[0], _cased(self.words(item)), None), 0.4, "no state named near"
        return self._organ_of(item, side), 0.6, f"nearest state: {side}"

    def _organ_before(self, organ: str, at: int) -> Entity | None:
        ministry = organ == "ministry"
        return self.entities.focus(
            at, lambda e: e.organ is not None and (e.organ == organ or (ministry and "inist" in e.name))
        )

    def _organ_of(self, item: Item, side: str) -> Entity:
        return self._named_organ(item.ids[0], self.words(item), side)

    def _named_organ(self, organ: str, words: str, side: str) -> Entity:
        """An organ of a state, named after both ("Norland Foreign Ministry")."""
        name = self.lexicon.organs[organ].name if words.isupper() else words
        cased = _cased(name) if _OFFICIAL.search(name) else name
        state = self.lexicon.states.get(side)
        # What stands before it may be a medium ("Reuters ministry sources"): no organ of a state then.
        return self.body(organ, f"{_adjective(state)} {cased}", side) if state else self.body(organ, cased, None)


def _cased(words: str) -> str:
    return " ".join(w if w in {"of", "for", "the", "and"} else w[:1].upper() + w[1:] for w in words.split())


def _adjective(card: State) -> str:
    return "US" if "US" in card.adjectives else card.adjective
