"""Who a phrase means, on a day: the person, office or body, the state it belongs to, and its part of society.

``Lexicon.resolve`` is the door. Names of the cards come first, the longest; words for parts of society ("soldiers") have
their codes in ``data/sectors.toml`` (PLOVER's: GOV MIL LEG JUD SPY PTY REB CVL …; ELI for who has left office).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from sayso.lexicon.cards import Office, Organisation, Person
from sayso.lexicon.names import NameHit, Names, words
from sayso.text import lists

if TYPE_CHECKING:
    from sayso.lexicon import Lexicon

KINDS = (
    "state", "body", "capital", "seat", "ministry", "organisation", "medium", "person", "adjective", "demonym", "place", "short",
)  # fmt: skip
_SIDES = frozenset(
    {"state", "body", "capital", "seat", "ministry", "medium", "organisation", "adjective", "demonym", "place"}
)
_WEAK = frozenset({"ministry", "person", "short", "adjective", "place", "medium"})
"""Names that mean nothing of their own inside a word for a part of society ("Parliament", "Justice")."""
_TOP = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
_RULERS = frozenset({"head_of_state", "head_of_government"})
_SINGLE = _TOP | {"defence_minister", "head_of_body", "ambassador_un", "speaker_of_parliament"}
"""Classes of office with one holder at a time."""
_SOVIET_END = "1991-12-26"

_CUT = re.compile(r",|\s[-–—(]|\s(?:of|for|in|from|at|on|to|with|who|which|that|against|near|by|under|inside)\s")
_IN = re.compile(r"\b(?:in|near|at|from|outside|around)\s+(?:the\s+)?(?:\w+\s)?$", re.IGNORECASE)
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w'’-]+")
_NAMELIKE = re.compile(r"[A-ZÀ-Þ][a-zà-þ]+\s+$")
_NAMELIKE_AFTER = re.compile(r"\s+[A-ZÀ-Þ][a-zà-þ]+(?!\w)")
_FUZZY = 0.84
"""How like a name of a state a misspelt word must be (share of letters in common runs)."""
_MISSPELT = 6
"""Letters from which a misspelling is looked for."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in the world. ``state``: whose they are; ``speaks_for``: for whom they speak that day, if for anybody."""

    name: str
    kind: str
    """person, office, organ, organisation, state, medium, group; unknown if nothing was recognised."""
    id: str | None = None
    state: str | None = None
    speaks_for: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    former: bool = False
    why: str = ""


class Term(NamedTuple):
    """A word for a part of society."""

    start: int
    end: int
    sectors: tuple[str, ...]
    generic: bool


class Phrase:
    """A phrase with the names and terms in it."""

    def __init__(self, text: str, hits: list[NameHit], terms: list[Term], former: bool) -> None:
        self.text, self.hits, self.terms, self.former = text, hits, terms, former

    def words(self, hit: NameHit) -> str:
        """The words of a name."""
        return self.text[hit.start : hit.end]

    def sides(self) -> list[NameHit]:
        """The names that tell a state, where somebody sits last; who only leads or backs somebody, if nobody else."""
        named = [h for h in self.hits if h.kind in _SIDES and not self._is_name_part(h)]
        sides = [h for h in named if not self._sponsors(h)] or [h for h in named if self.text.startswith("-led", h.end)]
        return sorted(sides, key=lambda h: (self.text.startswith("-based", h.end), h.start))

    def _sponsors(self, hit: NameHit) -> bool:
        after = re.match(r"[-–]([a-z]+)", self.text[hit.end :])
        before = re.search(r"([a-z]+)[-–]$", self.text[: hit.start].lower())
        return bool(
            (after and after[1] in _list("sponsored", "words"))
            or (before and before[1] in _list("sponsored", "before"))
        )

    def _is_name_part(self, hit: NameHit) -> bool:
        """Whether a place stands beside an unknown name: it is part of a person's name then."""
        if hit.kind not in {"place", "capital"} or self.words(hit).isupper() or " " in self.words(hit):
            return False
        before, after = _NAMELIKE.search(self.text[: hit.start]), _NAMELIKE_AFTER.match(self.text, hit.end)
        beside = [m for m in (before, after) if m is not None and m[0].strip() not in _list("place", "beside")]
        known = [(o.start, o.end) for o in self.hits if o is not hit] + [(t.start, t.end) for t in self.terms]
        return any(not any(start < m.end() and m.start() < end for start, end in known) for m in beside)

    def possessive(self, hit: NameHit) -> bool:
        """Whether a name only owns what follows ("Alpha's spokesman", "the Alpha administration")."""
        rest = self.text[hit.end :]
        owned = bool(re.match(r"['’]s?\s|\s+\(?[a-z]", rest)) and any(t.start >= hit.end for t in self.terms)
        return owned and not re.match(r"\s*,|\s+(?:of|in|at|for|from|who|and)\s", rest)


@cache
def _list(part: str, name: str) -> frozenset[str]:
    return frozenset(word.strip() for word in lists.table("sectors")[part][name].split(","))


class Actors:
    """The cards asked about actors of the world, apart from any article. Tables are made when first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def resolve(self, text: str, day: str | None = None, context: str = "") -> Actor:
        """See ``Lexicon.resolve``."""
        phrase = self._phrase(" ".join(text.split()))
        person = self._person(phrase, day)
        if person is not None:
            return person
        return self._unnamed(phrase, day, context)

    # --- what stands in a phrase ---

    def _phrase(self, text: str) -> Phrase:
        found = words(text, 0, len(text))
        hits = list(self._names.find(text, found))
        terms = [
            Term(h.start, h.end, tuple(h.ids[0].split()), self._is_generic(text[h.start : h.end]))
            for h in self._terms.find(text, found)
        ]
        hits = [h for h in hits if h.kind not in _WEAK or not any(t.start <= h.start and h.end <= t.end for t in terms)]
        terms = [t for t in terms if not any(h.start <= t.start and t.end <= h.end and h.kind in _SIDES for h in hits)]
        start = re.match(r"(?:the\s+|an?\s+)?(?:\w+['’]s\s+)?([\w-]+?)[\s-]", text.lower())
        former = bool(re.search(rf"\b(?:{'|'.join(_list('former', 'words'))})\b", text.lower())) and bool(start)
        return Phrase(text, hits, terms, former)

    @staticmethod
    def _is_generic(word: str) -> bool:
        generic = _list("generic", "words")
        return word.lower() in generic or word.lower().removesuffix("s") in generic

    @cached_property
    def _names(self) -> Names:
        return Names(self._entries(), KINDS)

    def _entries(self) -> Iterator[tuple[str, str, str]]:
        yield from self.lexicon.name_entries()
        for body in self.lexicon.bodies.values():
            yield from ((name, "organisation", body.id) for name in (body.name, *body.aliases))
        for place in self.lexicon.places.values():
            yield from ((name, "place", place.state) for name in place.names)

    @cached_property
    def _terms(self) -> Names:
        table: dict[str, str] = {}
        for codes, listed in lists.table("sectors")["words"].items():
            for word in listed.split(","):
                for form in _forms(word.strip()):
                    if len(codes) > len(table.get(form.lower(), "")):
                        table[form.lower()] = codes
        return Names(((form, "sector", codes) for form, codes in table.items()), ("sector",), cased=False)

    # --- persons ---

    def _person(self, phrase: Phrase, day: str | None) -> Actor | None:
        named = [h for h in phrase.hits if h.kind == "person"]
        short = [h for h in phrase.hits if h.of("short") and h.kind == "short" and self._is_whole(phrase, h)]
        hit = next(iter(named or short), None)
        if hit is None or phrase.possessive(hit):
            return None
        person = self._pick(phrase, hit, day)
        return self._of(person, phrase, day) if person is not None else None

    def _is_whole(self, phrase: Phrase, hit: NameHit) -> bool:
        """Whether a short form stands for a whole name: no other name's part is beside it."""
        before, after = phrase.text[: hit.start], phrase.text[hit.end :]
        if _CAPITALISED.match(after.strip()):
            return False
        last = _NAMELIKE.search(before)
        known = [(o.start, o.end) for o in phrase.hits] + [(t.start, t.end) for t in phrase.terms]
        return last is None or any(start <= last.start() < end for start, end in known)

    def _pick(self, phrase: Phrase, hit: NameHit, day: str | None) -> Person | None:
        """The bearer of a name: of a state named, in an office that day, in a top office."""
        persons = [self.lexicon.persons[i] for i in (hit.of("person") or hit.of("short"))]
        sides = {side for h in phrase.sides() for side in self._sides_of(h)}
        titles = {s for t in phrase.terms for s in t.sectors}

        def rank(person: Person) -> tuple[bool, bool, bool, bool, str]:
            office = self.lexicon.office_of(person, day)
            told = {person.state, person.nationality, *(o.speaks_for for o in person.offices)}
            role = office.role_class if office else None
            fits = office is not None and bool(titles & set(self._sectors_of(office)))
            last = max((o.from_ or "" for o in person.offices), default="")
            return bool(sides & told), fits, role in _TOP, office is not None, last

        if hit.kind == "short" and not phrase.terms and not sides:
            persons = [p for p in persons if any(o.role_class in _TOP for o in p.offices)]
        return max(persons, key=rank, default=None)

    def _of(self, person: Person, phrase: Phrase, day: str | None) -> Actor:
        office = None if phrase.former else self.lexicon.office_of(person, day)
        last = max(person.offices, key=lambda o: o.from_ or "", default=None)
        state = (office.speaks_for if office else None) or person.nationality or person.state
        titled = [t for t in phrase.terms if not t.generic or t.sectors]
        if office is not None:
            sectors, why = self._sectors_of(office), f"{office.role} on {day}"
        elif day is None and last is not None and not phrase.former:
            sectors, why = self._sectors_of(last), f"last known office: {last.role}"
        elif titled and not phrase.former:
            sectors, why = titled[-1].sectors, "by the title in the words"
        else:
            sectors, why = ("ELI",), "out of office"
        side = office.speaks_for if office else None
        role = office.role if office else None
        return Actor(person.name, "person", person.id, state, side, sectors, role, office is None, why)

    def _sectors_of(self, office: Office) -> tuple[str, ...]:
        """By the words of the role, else by its class."""
        by_class = tuple(lists.table("sectors")["roles"].get(office.role_class, "GOV").split())
        if office.role_class not in {"other", "head_of_body"}:
            return by_class
        body = next((i for h in self._phrase(office.role).hits for i in h.of("organisation")), None)
        if body is not None:
            return (self.lexicon.bodies[body].sector,)
        found = list(self._terms.find(office.role, words(office.role, 0, len(office.role))))
        return tuple(found[0].ids[0].split()) if found else by_class

    # --- without a person's name ---

    def _unnamed(self, phrase: Phrase, day: str | None, context: str) -> Actor:
        sides = phrase.sides()
        hit = sides[0] if sides else None
        state = self._state(phrase, hit, day, context)
        sectors, why = self._sectors(phrase, hit)
        leaves = phrase.former and sectors and sectors[0] in _list("former", "leave")
        if leaves:
            sectors = ("ELI",)
        holder = None if phrase.former else self._holder(phrase, hit, state, day)
        if holder is not None:
            office = self.lexicon.office_of(holder, day)
            role = office.role if office else None
            return Actor(
                holder.name, "office", holder.id, state, state, sectors, role, why=f"holder of the office on {day}"
            )
        kind, id_ = self._kind(phrase, hit, state)
        told = f"{hit.kind} “{phrase.words(hit)}”" if hit else "no state is named"
        official = hit is None or not sectors or bool(set(sectors) & _list("official", "codes"))
        side = state if official and not leaves else None
        return Actor(phrase.text, kind, id_, state, side, sectors, former=bool(leaves), why=f"{told}; {why}")

    def _kind(self, phrase: Phrase, hit: NameHit | None, state: str | None) -> tuple[str, str | None]:
        head = self._head(phrase)
        if hit is not None and hit.kind == "medium":
            return hit.kind, hit.ids[0]
        if hit is not None and (body := self._body(hit)) is not None and hit.kind not in {"state", "body"}:
            return "organisation", body.id
        organ = next((h for h in self.lexicon.terms(phrase.text, 0, len(phrase.text)) if h.kind == "organ"), None)
        if organ is not None:
            return "organ", f"organ:{state}:{organ.ids[0]}" if state else None
        if head is not None:
            return "group", None
        if hit is None or state is None:
            return "unknown", None
        return ("organ", None) if hit.kind == "ministry" else ("state", state)

    def _state(self, phrase: Phrase, hit: NameHit | None, day: str | None, context: str) -> str | None:
        if hit is not None:
            return self._side(hit, phrase, day, context)
        owner = next((h for h in phrase.hits if h.kind in {"person", "short"} and phrase.possessive(h)), None)
        if owner is not None and (person := self._pick(phrase, owner, day)) is not None:
            return person.state or person.nationality
        near = self._phrase(context).sides() if context else []
        if near:
            return self._side(near[0], phrase, day, "")
        return self._misspelt(phrase)

    def _side(self, hit: NameHit, phrase: Phrase, day: str | None, context: str) -> str | None:
        """The state of a name; of several, the one that other words tell, else the likeliest."""
        ids = self._sides_of(hit)
        if len(ids) > 1:
            others = [h for h in phrase.sides() if h is not hit] + (self._phrase(context).sides() if context else [])
            told = [i for h in others for i in self._sides_of(h) if i in ids]
            soviet = "SUN" if day is not None and day < _SOVIET_END else None
            likely = lists.table("sectors")["likely"].get(phrase.words(hit)) or (soviet if soviet in ids else None)
            return next(iter(told), None) or likely or next(i for i in ids if i != "SUN")
        return ids[0] if ids else None

    def _sides_of(self, hit: NameHit) -> list[str]:
        """The states of a name as its kind."""
        if hit.kind == "organisation":
            states = [self.lexicon.bodies[i].state for i in hit.ids]
        elif hit.kind == "medium":
            states = [self.lexicon.outlets[i].state for i in hit.ids]
        else:
            states = list(hit.ids)
        return list(dict.fromkeys(s for s in states if s))

    def _sectors(self, phrase: Phrase, hit: NameHit | None) -> tuple[tuple[str, ...], str]:
        """The codes, and by what."""
        named = next((h for h in phrase.hits if h.of("organisation")), None)
        if named is not None and (body := self._body(named)) is not None:
            return (body.sector,), f"by “{phrase.words(named)}”"
        if hit is not None and hit.kind == "medium":
            return ("JRN",), "a medium"
        head = self._head(phrase)
        if head is not None:
            return head.sectors, f"by “{phrase.text[head.start : head.end]}”"
        if hit is None:
            return (), "no word tells a sector"
        if hit.kind in {"capital", "place"}:
            place = hit.kind == "place" or bool(_IN.search(phrase.text[: hit.start]))
            return ("CVL",) if place else ("GOV",), "a place" if place else "a capital for its government"
        if hit.kind in {"seat", "ministry"}:
            return ("GOV",), f"a {hit.kind}"
        return (), "the state itself"

    def _body(self, hit: NameHit) -> Organisation | None:
        """The card of a body named; of several, that of the state the name has as its own."""
        found = [self.lexicon.bodies[i] for i in hit.of("organisation")]
        return next((b for b in found if b.state in hit.ids), found[0] if found else None)

    def _head(self, phrase: Phrase) -> Term | None:
        """The word that tells the sector: the last before a cut, a generic one left to others."""
        if not phrase.terms:
            return None
        last = phrase.terms[0]
        for term in phrase.terms[1:]:
            if _CUT.search(phrase.text[last.end : term.start + 1]) or any(
                h.start >= last.end and h.end <= term.start and h.kind in _SIDES for h in phrase.hits
            ):
                break
            last = term
        if not last.generic:
            return last
        return next((t for t in phrase.terms if not t.generic), last)

    def _holder(self, phrase: Phrase, hit: NameHit | None, state: str | None, day: str | None) -> Person | None:
        """The one who holds the office that a title and a state name on a day ("the Norland foreign minister")."""
        titles = [h for h in self.lexicon.terms(phrase.text, 0, len(phrase.text)) if h.kind == "title"]
        if state is None or not titles or (hit is not None and (hit.kind == "medium" or hit.of("organisation"))):
            return None
        title = self.lexicon.titles[titles[0].ids[0]]
        roles = _RULERS if title.role_class in _RULERS else {title.role_class} & _SINGLE
        holders = {p.id: p for role in sorted(roles) for p in self.lexicon.holders(role, state, day)}
        if title.role_class in _RULERS and len(holders) > 1:
            word = title.title.split()[-1]
            holders = {
                p.id: p
                for p in holders.values()
                if any(word in o.role.lower() for o in p.offices if day is not None and o.covers(day))
            }
        return next(iter(holders.values())) if len(holders) == 1 else None

    # --- misspellings ---

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {
            name: state.id
            for state in self.lexicon.states.values()
            if state.type in {"un_member", "state_observer", "other"}
            for name in (state.name, *state.adjectives, *state.demonyms, state.capital)
            if name and len(name) >= _MISSPELT
        }

    def _misspelt(self, phrase: Phrase) -> str | None:
        """The state of a word that is nearly a name of one; known names and titles are none."""
        if any(h.kind != "short" for h in phrase.hits) or len(_CAPITALISED.findall(phrase.text)) > 1:
            return None
        for match in _CAPITALISED.finditer(phrase.text):
            near = get_close_matches(match[0], self._spellings, 1, _FUZZY) if len(match[0]) >= _MISSPELT else []
            if near and near[0][0] == match[0][0]:
                return self._spellings[near[0]]
        return None


def _forms(word: str) -> Iterable[str]:
    """A word and its plural."""
    yield word
    if word.endswith("man"):
        yield word[:-3] + "men"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        yield word[:-1] + "ies"
    elif word.endswith(("s", "sh", "ch", "x")):
        yield word + "es"
    else:
        yield word + "s"
