"""Who each phrase and pronoun of an article means: the chain of mentions of one actor, and for whom it speaks that day.

Rules in order of trust: what the page says (a title, a state's name in the phrase); the office table on the article's
day; what was said before in the article; the place it was written.
"""

from __future__ import annotations

import re

from sayso.model import MentionKind
from sayso.read.marks.book import Book
from sayso.read.marks.entities import RECENT, Entity
from sayso.read.marks.items import Item
from sayso.read.marks.people import People
from sayso.read.marks.persons import Persons
from sayso.read.marks.phrases import Phrase
from sayso.read.marks.unnamed import Unnamed
from sayso.text import word_lists

_LISTS = word_lists("marks")
_MEDIA = frozenset({"medium", "outlet"})
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|around|across|throughout|inside|leave|left|visit|visited|visiting|for|via)\s+"
    r"(?:central\s+)?(?:[A-Z]\w+,?\s+(?:and|or)\s+)?$"
)
_TOWARDS = re.compile(r"\b(?:to|from|of|into)\s+(?:the\s+)?$")
_PLACE_AFTER = re.compile(r",\s+(?=[A-Z])|-based\b|\s+(?:airport|residents|time|suburb|streets?)\b|\s*[-–—]")
_ACTOR_AFTER = re.compile(r"['’]s?(?!\w)|\s+(?:and|or)\s|[-–][A-Z]")
_GENDER = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}


class Chain:
    """Chains the phrases of an article as they come, in order of the text."""

    def __init__(self, book: Book, persons: Persons) -> None:
        self.book = book
        self.text = book.text
        self.people = People(book, persons)
        self.unnamed = Unnamed(book, self.people)
        self.before: Phrase | None = None

    def phrase(self, phrase: Phrase) -> None:
        """Add the mention that a phrase makes; if it names no actor as a whole, those of the states in it."""
        if not self._whole(phrase):
            for item in phrase.items:
                self._plain(phrase, item)
        self.before = phrase

    def _whole(self, phrase: Phrase) -> bool:
        if phrase.person is not None:
            return self.people.phrase(phrase)
        if not phrase.titles and any(item.kind in _MEDIA for item in phrase.items):
            return self._medium(phrase)
        if phrase.titles or phrase.noun is not None:
            return self.people.apposition(self.before, phrase) or self.unnamed.phrase(phrase)
        return phrase.organ is not None and self._organ(phrase, phrase.organ)

    # --- states ---

    def _plain(self, phrase: Phrase, item: Item) -> None:
        with_article = item is phrase.items[0] and _the(phrase) and self._takes_the(item)
        start = phrase.start if with_article else item.start
        if item.kind in _MEDIA:
            self.book.put(start, item.end, self.book.medium(item), "medium", 1.0, "name of a medium")
        elif item.kind == "capital":
            self._capital(start, item)
        elif item.kind in {"state", "body", "adjective", "demonym"}:
            self._side(start, item)

    def _takes_the(self, item: Item) -> bool:
        """Whether a name goes with its article ("the United States", not "the Norland crisis")."""
        words = self.book.words(item)
        if item.kind in {"adjective", "capital"} or self._in_compound(item):
            return False
        return words.endswith(("s", ".")) or words.isupper() or " " in words or item.kind in {"medium", "body"}

    def _side(self, start: int, item: Item) -> None:
        side = self.book.side(item.ids)
        kind: MentionKind = {"body": "body", "demonym": "group"}.get(item.kind, "state")  # type: ignore[assignment]
        sure = {"adjective": 0.6, "demonym": 0.8}.get(item.kind, 0.95 if len(item.ids) > 1 else 1.0)
        why = f"{item.kind} of {side}"
        if self._in_compound(item):
            sure, why = min(sure, 0.6), "part of a compound"
        self.book.put(start, item.end, self.book.side_entity(side), kind, sure, why)

    def _in_compound(self, item: Item) -> bool:
        """Whether the name is half of an adjective ("Norland-backed"), and no pair ("Norland-Southland ties")."""
        before, after = self.text[max(0, item.start - 2) : item.start], self.text[item.end : item.end + 2]
        paired = re.match(r"[-–][A-Z]", after) or re.match(r"[A-Z.]?[-–]$", before[-2:])
        lone = re.match(r"-[a-z]", after) or re.search(r"[a-z]-$", before)
        return bool(lone) and not paired and not self._after_side(item.start)

    def _after_side(self, start: int) -> bool:
        """Whether another actor ends right before the hyphen."""
        return bool(self.book.mentions) and self.book.mentions[-1].end == start - 1

    def _capital(self, start: int, item: Item) -> None:
        """A capital: its government where it acts, a place after "in" and the like."""
        before, after = self.text[max(0, item.start - 24) : item.start], self.text[item.end : item.end + 14]
        sure, why = 0.8, "capital for its government"
        if self.book.speech.speaks(item.start, item.end) or _ACTOR_AFTER.match(after):
            sure = 0.9
        if _PLACE.search(before) or (_PLACE_AFTER.match(after) and not _ACTOR_AFTER.match(after)):
            sure, why = 0.2, "capital as a place"
        elif sure < 0.9 and _TOWARDS.search(before):
            sure, why = 0.5, "capital, place or government"
        self.book.put(start, item.end, self.book.side_entity(self._seat_of(item)), "state", sure, why)

    def _seat_of(self, item: Item) -> str:
        """The state or body that a capital stands for: Brussels is the EU unless Belgium is named."""
        if "EU" in item.of("seat") and self.book.entities.get(("id", "BEL")) is None:
            return "EU"
        return self.book.side(item.ids)

    # --- organs and media ---

    def _organ(self, phrase: Phrase, item: Item) -> bool:
        described = item.kind == "organ" and item.ids[0] in _LISTS["modifying"] and self.book.speech.modifies(item.end)
        anchored = phrase.sides or phrase.lead or phrase.owner
        bare = item.kind == "organ" and not (anchored or self.book.bare(phrase)) and self.text[item.start].islower()
        if described or bare:
            return False
        entity, sure, why = self.book.organ(phrase)
        if (
            item.kind == "seat"
            and self.book.words(item) not in _LISTS["governments"]
            and not self.book.speech.speaks(phrase.start, phrase.end)
        ):
            sure, why = 0.3, "seat as a place"
        self.book.put(phrase.start, phrase.end, entity, "body", sure, why)
        return True

    def _medium(self, phrase: Phrase) -> bool:
        """A medium's name with words before it is the medium; "a TASS correspondent" is its man."""
        last = phrase.items[-1]
        noun = self.book.lexicon.nouns[last.ids[0]] if last.kind == "noun" else None
        if noun is not None and noun.kind != "medium":
            self.unnamed.group(phrase, many=noun.word != self.book.words(last).lower())
            return True
        if len(phrase.items) == 1:
            return False
        named = next(item for item in phrase.items if item.kind in _MEDIA)
        self.book.put(phrase.start, phrase.end, self.book.medium(named), "medium", 1.0, "name of a medium")
        return True

    # --- pronouns ---

    def pronoun(self, start: int, end: int, quoted: bool) -> None:
        """Add the mention of a pronoun, if somebody fits; "it" and "they" only where they say something."""
        word = self.text[start:end].lower()
        speech = self.book.speech
        if word in _GENDER:
            self._he_or_she(start, end, word, quoted)
        elif not quoted and (speech.said_after(end) or speech.said_before(start)):
            kinds = {"state", "body", "medium"} if word == "it" else {"group", "state", "body", "office"}
            entity = self.book.entities.focus(start, lambda e: e.kind in kinds)
            if entity is not None:
                sure = 0.75 if word == "it" else 0.5
                self.book.put(start, end, entity, "pronoun", sure, f"{word}: last such subject of saying")

    def _he_or_she(self, start: int, end: int, word: str, quoted: bool) -> None:
        """The last who spoke, for a subject outside quotation marks; else the nearest. Known gender goes first."""
        gender, subject = _GENDER[word], word in {"he", "she"} and not quoted
        choose = self.book.entities.focus if subject else self.book.entities.nearest

        def fits(e: Entity) -> bool:
            return e.kind in {"person", "office"} and e.gender in {gender, None}

        entity = choose(start, lambda e: fits(e) and e.gender is not None and start - e.seen < 2 * RECENT) or choose(
            start, fits
        )
        if entity is None:
            return
        sure = 0.45 if quoted else 0.8 if subject else 0.6
        if entity.gender is None and entity.kind == "person":
            entity.gender, sure = gender, sure - 0.1
        self.book.put(start, end, entity, "pronoun", sure, f"{word}: {'last who spoke' if subject else 'nearest'}")


def _the(phrase: Phrase) -> bool:
    return phrase.lead.strip().lower() == "the"
