"""The records that pass between rooms: plain, frozen, comparable, with the field names of the contract.

Every span is ``[start, end)`` in Unicode code points of the article's canonical text, so ``text[start:end]`` gives the words.
``None`` as a value means undetermined: an answer, not a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")

SCHEMA = 1
"""Version of the records (contract.md)."""

LABELS = ("headline", "deck", "dateline", "byline", "meta", "body", "caption", "related_link", "furniture")
"""What a block can be."""

ACTS: dict[str, tuple[str, ...]] = {
    "assess": ("describe", "recall", "predict", "praise", "criticise", "accuse", "doubt"),
    "claim": ("claim", "confirm", "deny", "leave_open"),
    "press": ("demand", "urge", "warn", "threaten"),
    "commit": ("promise", "offer", "plan", "refuse", "set_condition", "agree", "decide"),
    "express": ("hope", "regret"),
}
"""The five classes and their 24 acts (annotation guide, section 5)."""

CLASS_OF = {act: name for name, acts in ACTS.items() for act in acts}


class Span(NamedTuple):
    """``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an article: where they stand, and what they are (pieces joined by " … ")."""

    spans: tuple[Span, ...]
    text: str


# --- an article as it came -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled stretch of the text. Blocks are in order, do not overlap, and cover all that is not white space."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A day of publication that the page offers: ISO date (with time if given), and where it stood."""

    date: str
    where: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and day that open a wire report."""

    place: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its labels and what the page tells about itself. ``id`` hangs on the text and a *given* day alone."""

    id: str
    text: str
    text_sha256: str
    blocks: tuple[Block, ...]
    title: str | None = None
    deck: str | None = None
    outlet: str | None = None
    agency: str | None = None
    author: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    published_basis: str | None = None
    """Where ``published`` was read: given, jsonld, meta, time, url, line, date_line, dateline; None if unknown."""
    published_candidates: tuple[DateCandidate, ...] = ()
    language: str | None = None
    why_not_read: str | None = None
    """Why no statements were sought (another language, no text …); None for an article that is read."""

    @property
    def read(self) -> bool:
        """Whether statements are sought in it."""
        return self.why_not_read is None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when an article was seen. ``raw``: the bytes as they came."""

    id: str
    article: str
    ref: str
    outlet: str | None = None
    fetched: str | None = None
    given: tuple[tuple[str, str], ...] = ()
    """Fields that came with the text (url, title, outlet …), sorted."""
    raw: bytes = b""
    told: tuple[Note, ...] = field(default=(), compare=False)
    """What the page says of itself (a live blog, corrected, cut off …); kept with the reading."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that could not be taken in: what, why, and what to do."""

    ref: str
    reason: str


# --- what stands in it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch in quotation marks, marks included. ``closed`` is False if its paragraph ends first."""

    start: int
    end: int
    closed: bool
    depth: int = 0
    """0 for the outermost; a quotation inside another one has 1."""


MentionKind = Literal["state", "body", "office", "person", "medium", "group", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor.

    ``id`` is the actor's card (``RUS``, ``EU``, ``person:sergei-lavrov``, ``outlet:tass``) or None for someone no card knows;
    ``entity`` is the same number for all mentions of one actor in the article.
    """

    start: int
    end: int
    kind: MentionKind
    name: str
    """In full where the article allows ("Sergei Ryabkov" for "he")."""
    entity: int
    id: str | None = None
    state: str | None = None
    """State or bloc the actor belongs to or speaks for on the article's day."""
    role: str | None = None
    """Office as the page gives it ("Deputy Foreign Minister")."""
    former: bool = False
    certainty: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """Time words resolved to an interval of days (ISO, either end may be open), with the rule that did it."""

    start: int
    end: int
    since: str | None
    until: str | None
    rule: str
    """weekday, today, relative, explicit_date, month, year …"""


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything found in an article before anyone is said to say anything."""

    sentences: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    """In order of start; no two overlap."""
    days: tuple[Day, ...]
    anchor_day: str | None
    """The article's day, against which its time words are read: dateline, else published."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say what, as spans: nothing is decided here about who that is or what it means."""

    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    certainty: float
    by: str
    """``neural`` or the name of the pattern."""
    inside: int | None = None
    """Number of the attribution whose content holds this one (its position in the reading's list)."""
    inherits: int | None = None
    """Number of the attribution whose source, cue side and day this one shares, when it has none of its own."""


# --- statements --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A field as read: the value (None: undetermined), how sure (0 to 1), why in words, and where it was read."""

    value: T | None
    certainty: float
    why: str
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Act(Found[str]):
    """The act with its class and what else it may be."""

    alternatives: tuple[str, ...] = ()

    @property
    def class_(self) -> str | None:
        """One of the five classes."""
        return CLASS_OF.get(self.value) if self.value else None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it."""

    name: str | None
    id: str | None
    kind: Literal["person", "body", "outlet"] | None
    role: str | None
    certainty: float
    why: str
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of the chain through which the words came, outermost first."""

    kind: Literal["outlet", "agency", "medium", "speaker"]
    name: str
    id: str | None
    certainty: float
    why: str
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The day the words were said, as an interval; both ends None if it cannot be told."""

    from_: str | None
    to: str | None
    basis: str
    certainty: float
    why: str
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Words that the content hangs on, and who decides them (a state's id)."""

    antecedent: Words
    consequence: Words | None
    controls: str | None
    certainty: float
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing one source says, once, in one article. ``id`` is where the words stand, never what we think of them."""

    id: str
    article: str
    content: Words
    cue: Words | None
    source: Words | None
    certainty: float
    kind: Found[str]
    form: Found[str]
    core: Found[bool]
    speaker: Speaker
    state: Found[str]
    chain: tuple[Hop, ...]
    said: Said
    addressee: Found[tuple[str, ...]]
    act: Act
    polarity: Found[int]
    modality: Found[str]
    status: Found[str]
    condition: Condition | None
    dyad: Found[tuple[str, str]]
    agreements: Found[tuple[str, ...]]
    channels: Found[tuple[str, ...]]
    topics: Found[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd in an article that its reader should know."""

    kind: str
    text: str
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader (a fingerprint of program, weights and lexicon) found in one article."""

    article: str
    reader: str
    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    notes: tuple[Note, ...] = ()


# --- the ledger and its answers ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Receipt:
    """What adding a reading did: ids of statements."""

    article: str
    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as the ledger gives it back, with the article it stands in and every place that was seen."""

    statement: Statement
    article: Article
    refs: tuple[str, ...]
    level: Literal["confirmed", "suggested"] = "confirmed"


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is another printing of one text, set beside the other; shares are 0 to 1 of four-word runs."""

    article: str
    of: str
    ref: str
    """Where the other was seen."""
    share: float
    """Of the article, in passages that stand in the other."""
    cut: float
    """Of the other, in passages that do not stand in the article."""
    added: float
    """Of the article, in passages that do not stand in the other."""
    lines_cut: tuple[str, ...] = ()
    """Lines of the other that do not stand in the article, where they were looked for: for the nearest few."""
    lines_added: tuple[str, ...] = ()
    """Lines of the article that do not stand in the other, where they were looked for."""


# --- what belongs together --------------------------------------------------------------------------------------------

Relation = Literal[
    "answers", "reverses", "adds_condition", "drops_condition", "hardens", "softens", "narrows", "widens", "recurs",
    "other_object", "kindred", "same_utterance",
]  # fmt: skip
"""What a later statement is to an earlier one, first in the order in which one is named when several hold."""

OUT_OF_THREAD: frozenset[Relation] = frozenset(("answers", "other_object", "kindred"))
"""Relations whose two ends do not say something on the same point: they never share a thread by this."""


@dataclass(frozen=True, slots=True)
class Why:
    """How two statements stand in one slot: what each has there (None: nothing, or it cannot be told)."""

    slot: str
    """side, speaker, object, act, polarity, status, modality, condition, scope, numbers, formula, force, words, day."""
    a: str | None
    b: str | None
    spans: tuple[Span, ...] | None = None
    """The words of the later one, in its article."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a later statement is to an earlier one; ``relation`` None: unrelated, or it cannot be told (see ``why``)."""

    relation: Relation | None
    certainty: float
    why: tuple[Why, ...] = ()
    also: tuple[Relation, ...] = ()
    """Relations that hold as well."""
    level: Literal["confirmed", "suggested"] = "confirmed"


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying in the world, told by one statement or more. ``id`` hangs on its first statement, in order of input."""

    id: str
    statements: tuple[str, ...]
    speaker: str | None
    side: str | None
    """The state or bloc spoken for."""
    said: tuple[str | None, str | None]
    object: tuple[str, ...]
    """What it is about: ids of states, agreements, channels, or names with their period; sorted."""
    point: str
    """What is said of it: class of act, sign, and head word or formula."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a later saying ``b`` is to an earlier one ``a``."""

    id: str
    a: str
    b: str
    relation: Relation
    certainty: float
    level: Literal["confirmed", "suggested"]
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """Sayings of one point over time. ``id`` hangs on its first saying, in order of input, and is never used again."""

    id: str
    sayings: tuple[str, ...]
    label: str
    aliases: tuple[str, ...] = ()
    """Threads merged into it: their ids still lead here."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided over the machine; of two that disagree the later counts."""

    id: str
    about: tuple[str, ...]
    """Ids of statements, sayings or threads, as they were given."""
    says: Literal["same", "not_same", "correct", "dismiss"]
    by: str | None
    when: str
    """ISO day."""
    note: str | None = None
    field: str | None = None
    """Of ``correct``: which field …"""
    value: str | None = None
    """… has which value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something ``verify`` found wrong: the record and what is wrong with it."""

    record: str
    what: str


# --- said before? -----------------------------------------------------------------------------------------------------

Standing = Literal["said", "conditional", "denied", "open"]
"""How words stand where they were found: as such; only under a condition; denied, or the contrary; neither way."""

Verdict = Literal[
    "said", "apart", "conditional", "denied", "open", "other_days", "other_side", "other_object", "near", "not_found",
]  # fmt: skip
"""The answer of ``seen``. ``apart``: all words, but not together; ``near``: what may mean the same, for a person to judge."""


APART = 0.8
"""A match below it: the words stand apart from each other."""

SURE = 0.8
"""How sure it must be that other words make the same point: a false "said before" is worse than a missed one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One saying that answers a question: the entry that fits best, and the entries of its other reports."""

    entry: Entry
    copies: tuple[Entry, ...] = ()
    match: float = 1.0
    """How well the words fit, 0 to 1; for the same point in other words, how sure that is."""
    saying: str | None = None
    thread: str | None = None
    standing: Standing = "said"
    by: Literal["words", "thread", "sense"] = "words"
    """What found it: its words; that it says again, in other words, what one with the words says; its sense alone."""
    link: Link | None = None
    """What it is to a saying before it: the nearest one of its thread in the same answer."""
    repeats: str | None = None
    """The words by which its report tells itself that it was said before ("many times")."""

    @property
    def reports(self) -> int:
        """In how many articles it is told."""
        return len({entry.article.id for entry in (self.entry, *self.copies)})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a ledger covers: no answer reaches beyond it."""

    begins: str | None
    """Day of its oldest article; None if none has a day."""
    ends: str | None
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True)
class First:
    """The first saying, by the day it was said, of one person, of one side, or of anyone in these words."""

    of: Literal["speaker", "side", "words"]
    hit: Hit


@dataclass(frozen=True, slots=True)
class News:
    """What a later saying has that an earlier one has not, slot by slot."""

    earlier: Hit
    later: Hit
    relation: Relation | None
    why: tuple[Why, ...]
    """Slots that differ; empty if nothing but the wording or the day does."""
    worded: bool
    """Whether the wording differs."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer of ``seen``: sayings that fit all that was asked, by day said, earliest first."""

    words: str
    hits: tuple[Hit, ...]
    asked: dict[str, Any] = field(default_factory=dict)
    """The filters."""
    others: tuple[Hit, ...] = ()
    """Where nothing fits all that was asked: sayings of other days, another side, another object, or near in sense."""
    away: Literal["other_days", "other_side", "other_object", "near"] | None = None
    """What keeps ``others`` from being an answer."""
    bounds: Bounds | None = None
    side: str | None = None
    """Whose the sayings are, as a word ("Russian"), if they are of one side."""
    firsts: tuple[First, ...] = ()
    news: tuple[News, ...] = ()
    """The last saying against the one before it and against the first."""

    @property
    def told(self) -> tuple[Hit, ...]:
        """The sayings that count: words said as such, if any; else under a condition; else all."""
        for standings in (("said", "conditional"), ("denied",), ("open",)):
            found = tuple(hit for hit in self.hits if hit.standing in standings)
            if found:
                return found
        return ()

    @property
    def verdict(self) -> Verdict:
        """The answer in one word."""
        standings = {hit.standing for hit in self.told}
        if "said" in standings:
            return "said" if any(hit.match > APART for hit in self.told) else "apart"
        one: Standing | None = next(iter(standings), None)
        return one or (self.away if self.others and self.away else "not_found")


@dataclass(frozen=True, slots=True)
class History:
    """A thread opened: its sayings by day, each linked to the one before that it answers for."""

    thread: Thread
    hits: tuple[Hit, ...]
    beside: tuple[Link, ...] = ()
    """Links to sayings of other threads: of another object, answers, kin."""

    @property
    def times(self) -> int:
        """How many of its sayings are surely of one point."""
        again = (hit.link for hit in self.hits if hit.link and hit.link.level == "confirmed")
        sure = [link for link in again if link.certainty >= SURE and link.relation != "reverses"]
        return len({end for link in sure for end in (link.a, link.b)}) or min(1, len(self.hits))
