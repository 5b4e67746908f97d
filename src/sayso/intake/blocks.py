"""Labels for the lines of any text, marked up or not.

Three readings, surest first: line cards (what a line's own words tell), the place of a line on the page (what stands
before the first paragraph, what is printed twice), and the manner of a line (a line between paragraphs without a full
stop is a caption or the headline of another article). What none of them claims is body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from sayso.intake.cards import LineCard, line_cards, outlet_named
from sayso.model import Block

HEAD_LINES = 14
"""So many lines, furniture left out, can stand before the story."""

_STOP = re.compile(r"(?:[.!?…:;,]['\"”’»)\]]*|[\"”’»][.,;:!?])[\WÂ]{0,3}$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.){2,}['\"”’]?$")
_ARTICLE_WORD = re.compile(r"\b(?:the|a|an|his|her|their)\b|^(?:The|A|An) ")
_TWO_SENTENCES = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bCol)(?<!\bDr)(?<!\bSt)(?<!\bLt)"
    r"(?<=[a-z0-9)”\"])[.!?][\"”’)]* [\"“‘(A-Z]"
)
_BROKEN_OFF = re.compile(r"\b(?:and|or|the|a|an|of|to|in|for|with|that|by|as|at|from|on|is|are)$")
_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_SAYING = re.compile(r"\b(?:said|says|told|according to|added|stressed|stated|announced|declared|noted)\b")
_NAME = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}"
_SIGNATURE = re.compile(rf"{_NAME}(?:(?:, | and | & ){_NAME}){{0,3}}")
_GLUE = re.compile(r"(?:(?<=[a-z])|(?<=[A-Z]{2}))(?=[A-Z][a-z]{2,})")
_NOT_GLUE = re.compile(r"(?:^|[\W_])(?:Mc|Mac|de|De|La|Le|Al|el|El|Di|Van|van|Du|Fitz|i|e)$")
_OPENER = re.compile(
    r"(?:[A-Z][a-z]{2,}ing|The|A|An|In|On|At|He|She|It|They|We|This|That|There|For|But|As|After|By|According|President|"
    r"Speaking|Minister|Foreign|Prime)\b"
)


@dataclass(slots=True)
class Line:
    """A stretch of a line that is one thing; ``label`` is None as long as nothing tells what."""

    start: int
    end: int
    words: str
    label: str | None = None
    card: str = ""
    told: dict[str, str] = field(default_factory=dict)
    sure: bool = False
    """The page's own mark-up says that it is body."""
    loose: bool = False
    """The page's mark-up says nothing of it: its own words may."""

    @property
    def open(self) -> bool:
        """Whether it ends without a stop, as headlines and captions do."""
        return _STOP.search(self.words) is None

    @property
    def titled(self) -> bool:
        """Whether it may be a headline: of some words, not too long, without a stop but that of an abbreviation."""
        fits = 3 <= len(self.words.split()) <= 30 and len(self.words) <= 200
        ends = self.open or self.words[-1] in "?'’\"”" or _ABBREVIATED.search(self.words) is not None
        return fits and ends and not self.words.startswith(("##", "•", "- ", "* "))

    @property
    def prose(self) -> bool:
        """Whether it reads like a paragraph of a story."""
        return self.label in (None, "body") and (len(self.words) > 170 or (len(self.words) > 50 and not self.open))


def blocks_of(lines: list[Line]) -> tuple[Block, ...]:
    """The labelled blocks of lines that have all been labelled."""
    return tuple(Block(line.start, line.end, line.label or "body") for line in lines)


def label(text: str, *, title: str | None = None, hints: Mapping[int, str] | None = None) -> list[Line]:
    """The lines of a text with their labels: in order, without overlap, covering all that is not white space.

    ``title``: the headline if known. ``hints``: what a page's mark-up says of the line that starts there.
    """
    lines = list(_lines(text))
    for line in lines:
        _hint(line, (hints or {}).get(line.start))
    _apply_cards(lines)
    lines = list(_cut(lines))
    lines = _mark_headlines(lines, title)
    _mark_signatures(lines)
    _mark_captions(lines)
    if hints is None:
        _mark_strays(lines)
        _mark_foot(lines)
    _mark_deck(lines)
    for line in lines:
        line.label = line.label or "body"
    return lines


# --- lines -----------------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[Line]:
    """Non-empty lines without outer white space; hard-wrapped lines of one paragraph are joined."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)]
    if _wrapped(text, spans):
        spans = _joined(text, spans)
    yield from (Line(start, end, text[start:end]) for start, end in spans)


def _wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the text breaks its lines at a fixed width."""
    pairs = [(a, b) for a, b in pairwise(spans) if text.count("\n", a[1], b[0]) == 1]
    broken = [pair for pair in pairs if 40 < pair[0][1] - pair[0][0] < 110 and _runs_on(text, *pair)]
    return len(broken) >= 3 and len(broken) >= 0.5 * len(pairs)


def _runs_on(text: str, a: tuple[int, int], b: tuple[int, int]) -> bool:
    return text[a[1] - 1] not in '.!?:"”' and (text[b[0]].islower() or a[1] - a[0] > 55)


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for span in spans:
        if (
            out
            and text.count("\n", out[-1][1], span[0]) == 1
            and span[0] - out[-1][1] < 4
            and out[-1][1] - out[-1][0] > 40
        ):
            out[-1] = (out[-1][0], span[1])
        else:
            out.append(span)
    return out


def _hint(line: Line, hint: str | None) -> None:
    if hint == "body":
        line.sure = True
    elif hint == "rest":
        line.label, line.loose = "furniture", True
    elif hint is not None:
        line.label = hint


# --- cards -----------------------------------------------------------------------------------------------------------


@cache
def _cards(cut: bool, where: tuple[str, ...]) -> tuple[LineCard, ...]:
    return tuple(card for card in line_cards() if card.cut == cut and card.where in where)


def _facts(match: re.Match[str]) -> dict[str, str]:
    return {name: words.strip() for name, words in match.groupdict().items() if words}


def _apply_cards(lines: list[Line]) -> None:
    """Whole-line cards; those of the head hold until two paragraphs have gone by."""
    prose = number = 0
    for line in lines:
        head = prose < 2 and number < HEAD_LINES
        _apply(line, _cards(False, ("any", "head") if head else ("any", "foot")))
        prose += line.prose
        number += line.label != "furniture"


def _apply(line: Line, cards: tuple[LineCard, ...]) -> None:
    if len(line.words) > 420 or not (line.label is None or line.loose or line.label == "byline"):
        return
    for card in cards:
        if found := card.match(line.words):
            line.label = card.label
            line.card, line.told = card.id, _facts(found)
            return


def _cut(lines: list[Line]) -> Iterator[Line]:
    """Lines with the date, dateline and credit that are glued before a lead cut off."""
    number, found, prose = 0, False, 0
    for line in lines:
        number += line.label != "furniture"
        if line.label is not None or found or number > HEAD_LINES or prose > 3:
            yield line
            continue
        *heads, rest = _cut_line(line, bare=prose < 2)
        found = any(head.told.get("place") for head in heads)
        prose += rest.prose
        yield from (piece for piece in (*heads, rest) if piece.words)


def _cut_line(line: Line, *, bare: bool) -> list[Line]:
    for card in _cards(True, ("any", "head")):
        if card.id == "cut-place-bare" and not (bare and len(line.words) > 60):
            continue
        if found := card.match(line.words):
            words = found[0].rstrip()
            head = Line(line.start, line.start + len(words), words, card.label, card.id, _facts(found))
            rest = replace(line, start=line.start + found.end(), words=line.words[found.end() :])
            return [head, *_cut_line(rest, bare=bare and card.label == "meta")]
    return [line]


# --- headline --------------------------------------------------------------------------------------------------------


def _like(words: str) -> str:
    """Words for comparing two prints of one headline."""
    return " ".join(re.findall(r"\w+", words.lower()))


def _mark_headlines(lines: list[Line], title: str | None) -> list[Line]:
    """The headline, known or found, each time it is printed, also where it is glued to the first words of the body."""
    given = next((line.words for line in lines if line.label == "headline"), None) or title or _first_headline(lines)
    if given is not None:
        lines = [piece for line in lines for piece in _headline_in(line, given)]
    if not any(line.label == "headline" for line in lines[:HEAD_LINES]):
        lines = list(_unglued(lines))
    return lines


def _first_headline(lines: list[Line]) -> str | None:
    """The words of the first line, if it reads like a headline and a story follows."""
    for number, line in enumerate(lines[:HEAD_LINES]):
        if line.label in ("headline", None) and not line.sure:
            if len(line.words.split()) <= 3 and len(line.words) < 40 and _titled(lines[number + 1 : number + 3]):
                line.label = "furniture"
                continue
            if _standfirst(line, lines[number + 1 :]):
                return None
            return line.words if line.titled and _story_follows(lines[number + 1 :]) else None
        if line.label == "dateline" and line.told.get("place"):
            return None
    return None


def _standfirst(line: Line, following: list[Line]) -> bool:
    """Whether a line without a stop before a dateline is a sentence (with articles, long) rather than a headline."""
    return len(line.words) > 60 and _ARTICLE_WORD.search(line.words) is not None and _next_opens(following)


def _titled(lines: list[Line]) -> bool:
    return any(line.label is None and line.titled for line in lines)


def _story_follows(lines: list[Line]) -> bool:
    return any(line.prose for line in lines)


def _headline_in(line: Line, title: str) -> list[Line]:
    """The line, labelled or cut if it begins with the headline."""
    if line.label not in (None, "headline"):
        return [line]
    if _like(line.words) == _like(title):
        line.label = "headline"
        return [line]
    if len(title) >= 20 and line.words.startswith(title) and not _mid_sentence(line.words, len(title)):
        return _split(line, len(title))
    return [line]


def _mid_sentence(words: str, at: int) -> bool:
    """Whether the sentence goes on after the headline's words, as in a lead that repeats them."""
    return words[at : at + 2].strip()[:1].islower() or words[at] in ",;"


def _split(line: Line, at: int) -> list[Line]:
    rest = line.words[at:]
    gap = len(rest) - len(rest.lstrip())
    head = Line(line.start, line.start + at, line.words[:at].rstrip(), "headline", "glued")
    head.end = head.start + len(head.words)
    body = Line(line.start + at + gap, line.end, rest.lstrip())
    return [piece for piece in (head, body) if piece.words]


def _unglued(lines: list[Line]) -> Iterator[Line]:
    """Lines with a headline of unknown wording cut off: letters run together at a place where a sentence begins."""
    known: set[str] | None = None
    for number, line in enumerate(lines):
        if line.label is None and number < HEAD_LINES and (spot := _GLUE.search(line.words[:200])):
            known = known or {word for each in lines for word in _WORD.findall(each.words)}
            if _glued_at(line.words, spot.start(), known):
                yield from _split(line, spot.start())
                continue
        yield line


def _glued_at(words: str, at: int, known: set[str]) -> bool:
    """A glued headline: four words or more without a stop, its last word known apart, then a sentence's beginning."""
    head, rest = words[:at], words[at:]
    if _NOT_GLUE.search(head) or len(head.split()) < 4 or re.search(r"[.!?]\s", head) or len(rest) < 60:
        return False
    last = re.search(r"\w+$", head)
    apart = last is not None and last[0] in known
    return _OPENER.match(rest) is not None and (apart or rest.split()[0].endswith("ing"))


# --- captions, links, foot, deck -------------------------------------------------------------------------------------


def _mark_signatures(lines: list[Line]) -> None:
    """A publisher's name alone on a line before the story is its credit, a person's under the headline the author's."""
    for above, line in pairwise(lines):
        if line.prose:
            return
        if line.label is None and len(line.words) < 60:
            if outlet_named(line.words):
                line.label, line.card, line.told = "byline", "name", {"credit": line.words}
            elif above.label in ("headline", "meta") and _SIGNATURE.fullmatch(line.words):
                line.label, line.card, line.told = "byline", "name", {"author": line.words}


def _mark_captions(lines: list[Line]) -> None:
    """The other print of a caption is one too, if it is no sentence of the story."""
    captions = [_like(line.words) for line in lines if line.label == "caption" and len(line.words) > 25]
    before_story = True
    for line in lines:
        before_story = before_story and not line.prose
        apart = line.label is None and (line.open or before_story or not line.words[0].isalpha())
        bare = _like(line.words) if apart and captions else ""
        if len(bare) > 20 and any(caption.startswith(bare) for caption in captions):
            line.label, line.card = "caption", "printed twice"


def _mark_strays(lines: list[Line]) -> None:
    """Lines between paragraphs that end without a stop: crossheads, captions, headlines of other articles."""
    undecided = [line for line in lines if line.label is None]
    long = [line for line in undecided if len(line.words) > 80]
    if sum(line.open for line in long) > 0.4 * len(long):
        return
    first = next((number for number, line in enumerate(lines) if line.prose), len(lines))
    strays = [line for line in lines[first + 1 : -1] if line.label is None and _strays(line)]
    for line in strays:
        line.label = _stray(line, alone=len(strays) == 1)


def _strays(line: Line) -> bool:
    """Whether a line stands outside the story's sentences and is no crosshead and no item of a list."""
    words = line.words
    if not line.open or not 6 <= len(_WORD.findall(words)) <= 45 or words.isupper() or len(words) > 250:
        return False
    return re.match(r"(?!\d+[.)])[A-Z\d]", words) is not None and not (
        _TWO_SENTENCES.search(words) or _BROKEN_OFF.search(words) or _ABBREVIATED.search(words)
    )


def _stray(line: Line, *, alone: bool) -> str | None:
    """Headlines do without articles, captions do not; a long one that is alone may be a sentence that lost its stop."""
    if _title_case(_WORD.findall(line.words)):
        return "related_link"
    if (alone and len(line.words) > 120) or (_SAYING.search(line.words) and re.search(r"[“\"]", line.words)):
        return None
    return "caption" if _ARTICLE_WORD.search(line.words) else "related_link"


def _title_case(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 3]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _mark_foot(lines: list[Line]) -> None:
    """Short lines after the last paragraph are the site's; one before "in Instagram" and the like names it."""
    last = max((number for number, line in enumerate(lines) if line.prose), default=None)
    if last is None:
        return
    for number, line in enumerate(lines[last + 1 :], last + 1):
        if line.label is None and line.open and len(line.words.split()) <= 4 and line.words[:1].isupper():
            line.label, line.card = "furniture", "foot"
            follower = lines[number + 1] if number + 1 < len(lines) else None
            if follower is not None and follower.card == "site-social":
                line.told["outlet"] = line.words


def _mark_deck(lines: list[Line]) -> None:
    """The standfirst: a paragraph before the dateline or the headline, or one that the story says again."""
    head = next((n for n, line in enumerate(lines) if line.label is None), None)
    if head is None:
        return
    line, following = lines[head], lines[head + 1 :]
    if _standfirst(line, following) or (
        len(line.words) <= 320 and line.prose and (_next_opens(following) or _said_again(line, lines[:head], following))
    ):
        line.label = "deck"


def _next_opens(following: list[Line]) -> bool:
    """Whether what follows opens the story: a dateline with a place, or the (glued) headline."""
    follower = next((line for line in following if line.label not in ("furniture", "byline", "caption")), None)
    if follower is None:
        return False
    return (follower.label == "dateline" and "place" in follower.told) or follower.card == "glued"


def _said_again(line: Line, before: list[Line], following: list[Line]) -> bool:
    """Whether a later paragraph repeats most of it, under a headline and without telling who said it."""
    if _SAYING.search(line.words) or not any(other.label == "headline" for other in before):
        return False
    mine = {word.lower() for word in _WORD.findall(line.words) if len(word) > 4}
    later = [{word.lower() for word in _WORD.findall(other.words)} for other in following[1:] if other.label is None]
    return len(mine) >= 4 and any(len(mine & words) >= 0.6 * len(mine) for words in later)
