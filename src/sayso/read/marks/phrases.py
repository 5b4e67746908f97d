"""Noun phrases that name an actor, from neighbouring items: "Norland Deputy Foreign Minister Jane Alpha" is one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.lexicon import Lexicon, Title
from sayso.read.marks.items import PERSONAL, SIDES, Item
from sayso.text import word_lists

_PRE = re.compile(r"\.?(?P<poss>['’]s?)?\s+(?P<mods>(?:[\w-]+\s+){0,3})")
_POST = re.compile(r",?\s+(?P<word>of|for|at|from|in|to|with)\s+(?:the\s+)?(?:[a-z-]+\s+)?")
_COMMA = re.compile(r",\s+(?:(?:Mr|Mrs|Ms|Dr|Sir)\.?\s+)?")
_HONORIFIC = re.compile(r"\s+(?:Mr|Mrs|Ms|Dr|Sir|Ayatollah|Sheikh)\.?\s+")
_LEAD = re.compile(
    r"(?:\b(?P<det>the|a|an|one|another|his|her|its|their|our|some|several|many|two|three|four|five|both|unnamed|anonymous)\s+)?"
    r"(?P<mods>(?:(?:former|ex|then|now|acting|senior|top|high-ranking|ranking|high-level|new|newly|outgoing|incoming|unnamed|"
    r"anonymous|chief|deputy|official|visiting|veteran|late|current|past|key|local|leading|government|military|defen[cs]e|"
    r"security|intelligence|state|regional|western|european|embattled|longtime|influential|retired|elected|right-wing)[\s-]+)*)$",
    re.IGNORECASE,
)
_HONOUR_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Sir|President-elect|Ayatollah)\.?\s+)$")
_FORMER = re.compile(r"\b(?:former|ex|late|ousted|retired|deposed)\b", re.IGNORECASE)
_LISTS = word_lists("marks")
_SAYS = re.compile(r"\s*(?:,|\.|\s(?:said|says|told|added|has|had|was|is|wrote|warned)\b)")
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "several", "many", "two", "three", "four", "five"})


@dataclass(slots=True)
class Phrase:
    """A noun phrase with what it says of its actor; who that is is decided when it is chained."""

    start: int
    end: int
    items: list[Item]
    person: Item | None = None
    titles: list[Title] = field(default_factory=list)
    role: str | None = None
    noun: Item | None = None
    organ: Item | None = None
    sides: tuple[str, ...] = ()
    """States or bodies it names as the one spoken for; several if the word is ambiguous."""
    place: str | None = None
    sent: bool = False
    """Whether the place is where somebody is sent ("envoy to Norland")."""
    determiner: str = ""
    lead: str = ""
    former: bool = False
    possessive: bool = False
    """Whether an 's follows."""
    owner: bool = False
    """Whether a person's 's stands right before it ("Alpha's spokesman")."""

    @property
    def definite(self) -> bool:
        """Whether it points to someone known: the, his, or a state's possessive or bare title."""
        return self.determiner not in _INDEFINITE


def phrases(text: str, found: list[Item], start: int, end: int, lexicon: Lexicon) -> list[Phrase]:
    """The noun phrases over the items of a block: in order, none overlapping."""
    made: list[Phrase] = []
    at = 0
    while at < len(found):
        last = at
        while last + 1 < len(found) and _joins(text, found[at : last + 1], found[last + 1], end):
            last += 1
        left = made[-1].end if made else start
        made.append(_phrase(text, found[at : last + 1], left, end, lexicon))
        at = last + 1
    return made


def _joins(text: str, chunk: list[Item], item: Item, end: int) -> bool:
    """Whether the next item goes on with the phrase."""
    last = chunk[-1]
    gap = text[last.end : item.start]
    if len(gap) > 40 or "\n" in gap or any(i.kind in PERSONAL for i in chunk[:-1]):
        return False
    if (pre := _PRE.fullmatch(gap)) and _goes_before(text, chunk, item, bool(pre["poss"]), pre["mods"].split()):
        return True
    if (post := _POST.fullmatch(gap)) and _goes_after(text, chunk, item, post["word"]):
        return True
    if last.kind == "person" and item.kind == "unknown" and gap == " ":
        return True
    titled = any(i.kind == "title" for i in chunk)
    if titled and item.kind in PERSONAL and _HONORIFIC.fullmatch(gap):
        return True
    return (
        titled
        and item.kind in {"person", "unknown"}
        and bool(_COMMA.fullmatch(gap))
        and _closed(text, item, end)
        and _is_definite(text, chunk[0])
    )


def _is_definite(text: str, first: Item) -> bool:
    before = text[max(0, first.start - 12) : first.start].lower()
    return not before.endswith((" a ", " an ")) and before not in {"a ", "an "}


def _closed(text: str, item: Item, end: int) -> bool:
    """Whether a name in apposition ends as one: at a comma, or at a verb of saying."""
    return bool(_SAYS.match(text, item.end, min(end, item.end + 12)))


def _goes_before(text: str, chunk: list[Item], item: Item, poss: bool, mods: list[str]) -> bool:
    """Whether the last item stands before the next one in a phrase, with at most a few plain modifiers between."""
    last = chunk[-1]
    if any(m.lower() in _LISTS["stop"] or (m[:1].isupper() and m not in {"Supreme", "Communist"}) for m in mods):
        return False
    if mods and last.kind == "capital":
        return False
    if any(m.endswith(("ed", "ing", "s")) and m not in _LISTS["inner"] for m in mods):
        return False
    if last.kind in PERSONAL:
        return not poss and not mods and item.kind == "organ" and item.ids[0] in _LISTS["personal"]
    if last.kind in SIDES or last.kind == "capital":
        if item.kind in PERSONAL:
            return poss and not mods and item.kind != "unknown"
        return item.kind in {"title", "organ", "noun", "ministry"} or (item.kind == "medium" and poss)
    if last.kind in {"organ", "ministry", "seat", "medium"}:
        return (item.kind in {"title", "noun"} and len(mods) < 2) or (poss and not mods and item.kind in PERSONAL)
    if last.kind in {"title", "noun"} and not poss:
        plain = not mods
        return plain and (
            item.kind in PERSONAL
            or (item.kind == "title" and _ranked(text, last, item))
            or (item.kind in {"medium", "outlet"} and last.kind == "noun")
        )
    return False


def _ranked(text: str, last: Item, item: Item) -> bool:
    """Whether two titles are one string of them ("spokesman Maj. Gen."): the second is written as a name's part."""
    return text[item.start].isupper() or text[last.start].islower()


def _goes_after(text: str, chunk: list[Item], item: Item, word: str) -> bool:
    """Whether an "of X", "for X", "in X" belongs to the phrase."""
    last = chunk[-1]
    if last.kind not in {"title", "noun", "organ"} or text[last.end : last.end + 1] == ",":
        return False
    if word == "to":
        return last.kind in {"title", "noun"} and item.kind in {"state", "body", "capital"} and _sent(text, last)
    if word in {"in", "at", "from"}:
        fits = {"capital", "state", "ministry", "organ", "seat", "body"}
        return last.kind != "title" and item.kind in fits and not (last.kind == "organ" and item.kind == "organ")
    if word == "with":
        return False
    return item.kind in {"state", "body", "ministry", "organ", "seat", "adjective"}


def _sent(text: str, title: Item) -> bool:
    words = text[title.start : title.end].lower()
    return any(w in words for w in ("ambassador", "envoy", "representative"))


def _phrase(text: str, chunk: list[Item], left: int, end: int, lexicon: Lexicon) -> Phrase:
    first, last = chunk[0], chunk[-1]
    window = text[max(left, first.start - 60) : first.start]
    window = window[window.rfind("\n") + 1 :]
    honour = _HONOUR_BEFORE.search(window) if first.kind in PERSONAL else None
    cut = window[: honour.start()] if honour else window
    lead = _LEAD.search(cut)
    words = lead[0] if lead else ""
    start = first.start - len(words) - (len(honour[0]) if honour else 0)
    phrase = Phrase(start, last.end, chunk, determiner=((lead and lead["det"]) or "").lower(), lead=words)
    phrase.former = bool(_FORMER.search(_before_person(text, phrase)))
    phrase.possessive = bool(re.match(r"['’]s?(?!\w)", text[last.end : min(end, last.end + 3)]))
    phrase.owner = bool(re.fullmatch(r"['’]s?\s+", text[left:start]))
    _fill(text, phrase, lexicon)
    return phrase


def _before_person(text: str, phrase: Phrase) -> str:
    person = next((i for i in phrase.items if i.kind in PERSONAL), None)
    return text[phrase.start : person.start if person else phrase.end]


def _fill(text: str, phrase: Phrase, lexicon: Lexicon) -> None:
    """Tell who, as what, for whom from the phrase's items."""
    after_to = False
    for number, item in enumerate(phrase.items):
        gap = text[phrase.items[number - 1].end : item.start] if number else ""
        after_to = bool(re.search(r"\bto\s", gap))
        if item.kind in PERSONAL:
            if phrase.person is None:
                phrase.person = item
        elif item.kind == "title":
            phrase.titles.append(lexicon.titles[item.ids[0]])
            phrase.sides = phrase.sides or item.within
        elif item.kind == "noun":
            phrase.noun = item
        elif item.kind in {"organ", "ministry", "seat"}:
            phrase.organ = phrase.organ or item
            if item.kind != "organ":
                phrase.sides = phrase.sides or item.ids
        elif item.kind == "capital":
            phrase.place = item.ids[0]
        elif not after_to:
            phrase.sides = phrase.sides or item.ids
        else:
            phrase.place, phrase.sent = item.ids[0], True
    if phrase.titles:
        phrase.role = _role(text, phrase)
    if not phrase.sides and phrase.place and (phrase.organ or phrase.noun) and not (phrase.titles or phrase.sent):
        phrase.sides = (phrase.place,)


def _role(text: str, phrase: Phrase) -> str:
    """The office as the page gives it, with its organ, without the state and the name."""
    parts = [i for i in phrase.items if i.kind in {"title", "organ", "ministry", "seat"}]
    return text[parts[0].start : parts[-1].end]
