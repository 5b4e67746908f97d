"""Slots: what of a statement is compared with another, made once and cheap to compare.

A slot that could not be read is *unknown*, which is not "none": decisions over it are less certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sayso.lexicon import Lexicon, NameHit
from sayso.model import CLASS_OF, Span, Statement
from sayso.text.lists import table
from sayso.text.phrases import Normal, Phrases, normal
from sayso.text.roots import root
from sayso.weave import notions
from sayso.weave.notions import Notion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEAD = re.compile(r"(?:^|[.!?:;]\s+|[“\"‘(]\s*|—\s*)$")
GAP = " … "
"""Stands between the pieces of an interrupted content (``Words``)."""
_PLACES = ("state", "body", "capital", "adjective", "demonym", "seat")
_NUMBER = re.compile(r"\d[\d,.]*$")


class Term(NamedTuple):
    """A word that carries a notion: what it stands for, as it was written, and how it stands."""

    notion: str
    word: str
    kind: str
    """thing, deed, or empty where no table has it."""
    negated: bool
    joined: bool
    """Whether "and", a comma or the like joins it to what stands before."""
    at: int


class Number(NamedTuple):
    """A number with the notion it counts, if one follows."""

    value: float
    of: str | None


@dataclass(frozen=True, slots=True)
class Slots:
    """One statement as it is compared."""

    id: str
    text: str
    side: str | None
    speaker: str | None
    said: tuple[str | None, str | None]
    act: str | None
    polarity: int | None
    modality: str | None
    status: str | None
    words: tuple[str, ...]
    """All of them in normal form, in order."""
    terms: tuple[Term, ...]
    """What is said, without its condition."""
    notions: frozenset[str]
    names: Mapping[str, str]
    """What it names besides its own side: id or name, with the kind of name."""
    first_names: frozenset[str]
    """Words with a capital letter that may only be the first of their sentence."""
    terms_of_office: Mapping[str, tuple[tuple[str, str], ...]]
    """From when to when the persons it names were in office."""
    topics: frozenset[str]
    channels: frozenset[str]
    levels: Mapping[str, tuple[float, str]]
    """Where it stands on each scale of ``scales.toml``, with the words that say so."""
    condition: frozenset[str] | None
    """Notions and names of the antecedent; None if it hangs on nothing."""
    condition_words: str | None
    controls: str | None
    free: bool
    """Whether it says itself that it hangs on nothing."""
    marks: frozenset[str]
    """Which lists of marking words (universal, some, only, loose …) it has words of."""
    numbers: tuple[Number, ...]
    frame: tuple[tuple[str, int], ...]
    """Its words by their roots with their places, without articles and auxiliary verbs: what two near wordings are aligned by."""
    formulas: Mapping[str, tuple[str, int, int]]
    """Formula cards found: domain, force in it, polarity (turned if negated)."""
    places: tuple[Span | None, ...]
    """Where each of its words stands in its article; None for words of the cue."""
    vector: NDArray[np.float32] | None = field(default=None, compare=False)

    @property
    def class_(self) -> str | None:
        """The class of the act."""
        return CLASS_OF.get(self.act) if self.act else None

    @property
    def things(self) -> frozenset[str]:
        """The notions that name things."""
        return frozenset(term.notion for term in self.terms if term.kind == "thing")


def of(statement: Statement, lexicon: Lexicon) -> Slots:
    """The slots of one statement."""
    text = _spoken(statement)
    line = normal(text)
    condition, outside = _condition(statement, line)
    found = list(notions.notions(line.words))
    names, maybe, taken = _names(text, line, statement, lexicon)
    terms = tuple(_terms(line, found, taken, outside))
    side, marked = statement.state.value, notions.marked(line)
    return Slots(
        id=statement.id,
        text=text,
        side=side,
        speaker=statement.speaker.id or statement.speaker.name,
        said=(statement.said.from_, statement.said.to),
        act=statement.act.value,
        polarity=statement.polarity.value,
        modality=statement.modality.value,
        status=statement.status.value,
        words=line.words,
        terms=terms,
        notions=frozenset(term.notion for term in terms),
        names=names,
        first_names=maybe,
        terms_of_office={id_: _terms_of(lexicon, id_) for id_, kind in names.items() if kind == "person"},
        topics=frozenset(statement.topics.value or ()) - {"other"},
        channels=frozenset(statement.channels.value or ()),
        levels=notions.placed(line, taken),
        condition=condition[0] if condition else None,
        condition_words=condition[1] if condition else None,
        controls=statement.condition.controls if statement.condition else None,
        free="free" in marked,
        marks=marked,
        numbers=tuple(_numbers(line, found)),
        formulas=_formulas(line, lexicon),
        frame=tuple((root(word), at) for at, word in enumerate(line.words) if word not in _SLIGHT),
        places=tuple(_places(statement, text, line)),
    )


_NEUTRAL = re.compile(
    r"(?:say|says|said|told|tell|tells|adds?|added|adding|notes?|noted|stated?|states|according to|remark\w*|announc\w*|declar\w*"
    r"|report\w*|explain\w*|observ\w*|:|—|–|-|let it|wrote|writes|stress\w*|emphasi\w*|repeat\w*|recall\w*|maintain\w*"
    r"|specif\w*|assert\w*|point(?:s|ed) out|reiterat\w*|quoted?.*|retort\w*|argue\w*)$",
    re.IGNORECASE,
)


def _spoken(statement: Statement) -> str:
    """The content, after its cue where the cue itself says what is done ("demands that …")."""
    cue = statement.cue.text if statement.cue else ""
    return statement.content.text if not cue or _NEUTRAL.match(cue) else f"{cue} {statement.content.text}"


def _terms_of(lexicon: Lexicon, person: str) -> tuple[tuple[str, str], ...]:
    return tuple((office.from_ or "", office.to or "9999") for office in lexicon.persons[person].offices)


def _places(statement: Statement, text: str, line: Normal) -> Iterator[Span | None]:
    """The words of the content in the article: their offsets in the text, moved by where each piece of it stands."""
    pieces, at = [], len(text) - len(statement.content.text)
    for span in statement.content.spans:
        pieces.append((at, span))
        at += span.end - span.start + len(GAP)
    for word in line.spans:
        held = [
            (start, span) for start, span in pieces if start <= word.start and word.end <= start + span.end - span.start
        ]
        yield (
            Span(held[0][1].start + word.start - held[0][0], held[0][1].start + word.end - held[0][0]) if held else None
        )


# --- terms ------------------------------------------------------------------------------------------------------------


def _terms(
    line: Normal, found: Sequence[tuple[int, int, Notion]], taken: set[int], outside: set[int]
) -> Iterator[Term]:
    """The terms that stand in no name and no condition."""
    for first, behind, notion in found:
        if first in taken or first in outside:
            continue
        word = " ".join(line.words[first:behind])
        yield Term(notion.name, word, notion.kind, _negated(line, first), _joined(line, first), first)


def _negated(line: Normal, first: int) -> bool:
    return notions.negated(line, first)


def _joined(line: Normal, first: int) -> bool:
    """Whether the term, or the article or pronoun before it, follows a joining word."""
    before = line.words[max(0, first - 3) : first]
    return any(word in notions.joins() or word == "," for word in before)


def _numbers(line: Normal, found: Sequence[tuple[int, int, Notion]]) -> Iterator[Number]:
    after = {first: notion.name for first, _, notion in found}
    for at, word in enumerate(line.words):
        value: float | None = notions.numbers().get(word)
        if value is None and _NUMBER.match(word):
            value = _value(word)
        if value is not None:
            yield Number(value, next((after[n] for n in range(at + 1, at + 4) if n in after), None))


def _value(word: str) -> float | None:
    try:
        return float(word.replace(",", "").rstrip("."))
    except ValueError:
        return None


# --- names ------------------------------------------------------------------------------------------------------------


def _names(
    text: str, line: Normal, statement: Statement, lexicon: Lexicon
) -> tuple[dict[str, str], frozenset[str], set[int]]:
    """What is named besides the own side; words that may be names; and the numbers of the words that stand in names."""
    own = _own(statement)
    day = statement.said.to or statement.said.from_
    names: dict[str, str] = dict.fromkeys(statement.agreements.value or (), "agreement")
    held: list[Span] = []
    for hit in lexicon.agreements_in(text, 0, len(text)):
        if statement.agreements.value or sum(c.isupper() for c in text[hit.start : hit.end]) > 1:
            held.append(Span(hit.start, hit.end))
            if not statement.agreements.value:
                names[hit.ids[0]] = "agreement"
    for hit in lexicon.names(text, 0, len(text)):
        kept = None if _plain_word(text, hit) else _named(hit, lexicon, day)
        if kept and not any(s.start <= hit.start < s.end for s in held):
            held.append(Span(hit.start, hit.end))
            called = {notions.name_key(word) for word in text[hit.start : hit.end].split()}
            if kept[0] not in own and not called <= own:
                names[kept[0]] = kept[1]
    for id_ in statement.addressee.value or ():
        key = id_ if id_ in lexicon.states else notions.name_key(id_.split()[-1])
        if key not in own:
            names[key] = "state" if key == id_ else "name"
    if statement.dyad.value and statement.dyad.value[1] not in own and statement.dyad.certainty >= 0.6:
        names.setdefault(statement.dyad.value[1], "state")
    unknown, maybe, more = _unknown(text, line, held, own)
    names |= dict.fromkeys(unknown, "name")
    taken = {at for at, span in enumerate(line.spans) if any(s.start <= span.start < s.end for s in held)}
    return names, maybe, taken | more


def _own(statement: Statement) -> frozenset[str]:
    """The own side and the speaker, as ids and as keys of names."""
    side, speaker = statement.state.value, statement.speaker
    words = [*(side or "").split(), *(speaker.name or "").split()]
    ids = {side, speaker.id} - {None}
    return frozenset(str(id_) for id_ in ids) | frozenset(notions.name_key(w) for w in words if w[:1].isupper())


def _plain_word(text: str, hit: NameHit) -> bool:
    """Whether a short name is a common word ("No", "Ban")."""
    word = text[hit.start : hit.end]
    return hit.kind == "short" and notions.is_common(word)


def _named(hit: NameHit, lexicon: Lexicon, day: str | None) -> tuple[str, str] | None:
    if hit.kind in _PLACES:
        return hit.ids[0], "state"
    if hit.kind in ("person", "short"):
        held = [id_ for id_ in hit.ids if lexicon.office_of(lexicon.persons[id_], day)]
        return (held or list(hit.ids))[0], "person"
    return None


def _unknown(
    text: str, line: Normal, held: Sequence[Span], own: frozenset[str]
) -> tuple[set[str], frozenset[str], set[int]]:
    """Names that no card knows: words with a capital letter inside a sentence, several in a row as one."""
    names: set[str] = set()
    maybe: set[str] = set()
    taken: set[int] = set()
    capitals = [at for at, span in enumerate(line.spans) if _capital(text, span, held)]
    if _is_title(text):
        return names, frozenset(), taken
    for run in _runs(capitals, line, text):
        heads = [at for at in run if _HEAD.search(text[: line.spans[at].start])]
        inner = [at for at in run if at not in heads]
        told = [at for at in inner if not notions.is_common(line.words[at])]
        keys = {notions.name_key(line.words[at]) for at in told}
        whole = not told and len(inner) > 1
        for at in heads:
            key = notions.name_key(line.words[at])
            if key in own or not notions.opens(line.words[at]):
                keys.add(key)
                taken.add(at)
            elif told and run[0] == at:
                taken.add(at)
            elif not notions.is_common(line.words[at]):
                maybe.add(key)
        bodies = [at for at in inner if line.words[at] in notions.bodies() and len(inner) == 1]
        keys |= {notions.name_key(line.words[at]) for at in bodies}
        told = told or bodies
        if inner and {notions.name_key(line.words[at]) for at in inner} <= own:
            whole, keys = False, set()
            taken.update(inner)
        if whole:
            keys = {" ".join(line.words[at] for at in inner)}
        names |= {key for key in keys if key not in own}
        taken.update(inner if told or whole else ())
    return names, frozenset(maybe - own), taken


def _capital(text: str, span: Span, held: Sequence[Span]) -> bool:
    word = text[span.start : span.end]
    small = word.lower()
    if not word[:1].isupper() or small in ("i", "i'm", "i'll", "i've") or small in _days():
        return False
    return not any(s.start <= span.start < s.end for s in held)


def _days() -> frozenset[str]:
    return frozenset(word for word in notions.empty() if word.endswith(("day", "uary", "ber")) or word in _MONTHS)


_MONTHS = frozenset(["march", "april", "may", "june", "july", "august"])


def _runs(capitals: Sequence[int], line: Normal, text: str) -> Iterator[list[int]]:
    run: list[int] = []
    for at in capitals:
        if run and at == run[-1] + 1 and not text[line.spans[run[-1]].end : line.spans[at].start].strip():
            run.append(at)
        else:
            if run:
                yield run
            run = [at]
    if run:
        yield run


def _is_title(text: str) -> bool:
    """Whether most words have a capital letter, as in a headline: then it tells nothing."""
    words = re.findall(r"[A-Za-z][\w'’]*", text)
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


# --- conditions -------------------------------------------------------------------------------------------------------


def _condition(statement: Statement, line: Normal) -> tuple[tuple[frozenset[str], str] | None, set[int]]:
    """The antecedent's notions and words, and the numbers of its words in the line."""
    read = statement.condition
    span = _place(line, normal(read.antecedent.text).words) if read else None
    if read and span is None:
        return (_said(normal(read.antecedent.text).words), read.antecedent.text), set()
    span = span or _opened(line)
    if span is None:
        return None, set()
    words = line.words[span[0] : span[1]]
    return (_said(words), " ".join(words)), set(range(*span))


def _said(words: Sequence[str]) -> frozenset[str]:
    return frozenset(notion.name for _, _, notion in notions.notions(words))


def _place(line: Normal, words: Sequence[str]) -> tuple[int, int] | None:
    size = len(words)
    return next(((at, at + size) for at in range(len(line.words)) if line.words[at : at + size] == tuple(words)), None)


def _opened(line: Normal) -> tuple[int, int] | None:
    """A clause of condition that the reader's own patterns leave out."""
    rules = table("links")["conditions"]
    words = line.words
    for opener in rules["openers"]:
        parts = tuple(opener.split())
        for at in range(len(words) - len(parts)):
            if words[at : at + len(parts)] != parts or (at and words[at - 1] in rules["not_behind"]):
                continue
            if opener in rules["future"] and not set(words) & set(rules["to_come"].split()):
                continue
            end = next((n for n in range(at + len(parts), len(words)) if words[n] in {",", ".", ";", "—"}), len(words))
            start = at + len(parts)
            if opener in rules["weak"] and not _clause(words[start:end]):
                continue
            inverted = next((n for n in range(start + 1, end) if words[n] in _INVERTED), end) if at == 0 else end
            return start, inverted
    return None


_INVERTED = frozenset(["can", "will", "could", "would", "may", "shall", "does", "do", "is", "are"])
_VERBS = frozenset(["is", "are", "has", "have", "was", "were", "do", "does", "lasts", "last", "remain", "remains"])


def _clause(words: Sequence[str]) -> bool:
    """Whether words are a clause, not a time ("until June", "while travelling")."""
    return len(words) > 2 and any(word in _VERBS or word.endswith(("ed", "es")) for word in words[1:])


_SLIGHT = frozenset(
    [
        "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will",
        "would", "shall", "that", "this", "these", "those", "it", "its", "their", "our", "his", "her", "my", "we", "they", "he",
        "she", "i", "there", "of", "to", ",", ".", ";", ":", "?", "!", "(", ")", "—", "–", "…", "which", "who", "and", "as",
    ]
)  # fmt: skip


# --- formulas ---------------------------------------------------------------------------------------------------------

_INDEX: dict[int, Phrases[str]] = {}


def _formulas(line: Normal, lexicon: Lexicon) -> dict[str, tuple[str, int, int]]:
    """Formula cards whose wording stands in the line, in any inflection and with small gaps."""
    index = _INDEX.get(id(lexicon))
    if index is None:
        cards = lexicon.formulas.values()
        index = _INDEX[id(lexicon)] = Phrases(
            (_gapped(wording), card.id) for card in cards for wording in (card.formula, *card.variants)
        )
    found: dict[str, tuple[str, int, int]] = {}
    for hit in index.find(line):
        card = lexicon.formulas[hit.card]
        turned = line.words[hit.first] not in notions.negators() and line.negated(hit.first, 3)
        found[card.id] = (card.domain, card.ordinal_force, -card.polarity if turned else card.polarity)
    return found


def _gapped(wording: str) -> str:
    """A formula as a phrase: its words by their roots, gaps for the small words between."""
    parts: list[str] = []
    for word in normal(wording.lower()).words:
        if word in _SMALL:
            parts.append("~")
        elif word not in ",.;:!?()":
            stem = root(word)
            parts.append(f"{stem}*" if len(stem) > 3 else word)
    phrase = " ".join(parts).strip("~ ")
    return re.sub(r"~(?: ~)+", "~", phrase) or wording


_SMALL = frozenset(
    [
        "a", "an", "the", "our", "their", "its", "my", "your", "his", "is", "are", "be", "was", "were", "has", "have",
    ]
)  # fmt: skip
