"""Spans as the reader's corpus marks them -> spans as the annotation guide wants them, and contents cut into points.

The corpus keeps "that" in the content, the whole verb group in the cue, and five sentences of a quotation in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.model import Attribution, Marks, Span
from sayso.read.attribute.lists import alternatives, words
from sayso.read.attribute.lists import pattern as whole
from sayso.read.near import touching

OPENING = "“„«\"'‘"
CLOSING = "”»\"'’"
SHORTEST_POINT = 12
"""Characters: what is shorter is no point of its own and stays with the one before it."""


def shaped(text: str, attribution: Attribution) -> Attribution:
    """One attribution, cut as the guide cuts it."""
    cue, content = attribution.cue, attribution.content
    if cue:
        cue, content = _cue_and_content(text, cue, content)
    content = tuple(s for s in (_content(text, span) for span in content) if s.start < s.end)
    source = tuple(_source(text, span) for span in attribution.source)
    return replace(attribution, source=source, cue=cue, content=content)


def _cue_and_content(text: str, cue: Span, content: tuple[Span, ...]) -> tuple[Span, tuple[Span, ...]]:
    """The cue without auxiliaries; a noun of attitude ("expressed | interest in") goes to the content."""
    tokens = [
        (m.group().lower(), m.start() + cue.start, m.end() + cue.start)
        for m in re.finditer(r"[\w'’-]+", text[cue.start : cue.end])
    ]
    lists = words()["cue"]
    if not any(token in lists["negations"] or token.endswith(("n't", "n’t")) for token, *_ in tokens):
        while len(tokens) > 1 and (tokens[0][0] in lists["auxiliaries"] or tokens[0][0].endswith("ly")):
            tokens.pop(0)
    if not tokens:
        return cue, content
    start = tokens[0][1]
    following = [k for k, span in enumerate(content) if 0 <= span.start - cue.end <= 2]
    if following and len(tokens) > 1 and tokens[0][0] in lists["light"] and tokens[1][0] not in lists["particles"]:
        k = following[0]
        moved = Span(tokens[1][1], content[k].end)
        return Span(start, tokens[0][2]), (*content[:k], moved, *content[k + 1 :])
    return Span(start, cue.end), tuple(_behind_addressee(text, text[start : cue.end].lower(), s, cue) for s in content)


def _behind_addressee(text: str, cue_words: str, content: Span, cue: Span) -> Span:
    """ "urged | Washington to talk": the words said start at "to"; "accused X of", "warned X against" likewise."""
    if content.start < cue.end:
        return content
    here = text[content.start : content.end]
    for verbs, pattern in (
        ("of_verbs", r"[^,.;“\"]{2,60}?\s(?:of|that)\s"),
        ("for_verbs", r"[^,.;“\"]{2,60}?\sfor\s(?=\w+ing\b|not\b|its\b|the\b|their\b)"),
        ("against_verbs", r"(?:[^,.;“\"]{2,40}?\s)?against\s"),
        ("to_verbs", r"(?!to\b|not\b)[^,.;“\"]{2,60}?\s(?=(?:not )?to\s)"),
    ):
        if whole("content", verbs).search(cue_words):
            match = re.match(pattern, here)
            if match and not re.search(r"\b(?:is|are|was|were|will|would|has|have|had)\b", match.group()):
                return Span(content.start + match.end(), content.end)
    return content


def _content(text: str, span: Span) -> Span:
    """Without "that" before it, with the quotation marks that touch it, without the comma or full stop behind it."""
    start, end = span
    opener = re.compile(rf"(?:\s|,|:|;|-|—|–)*(?:(?:{alternatives('content', 'openers')})\b[\s,:]*)?", re.IGNORECASE)
    match = opener.match(text, start, end)
    if match:
        start = match.end()
    if (
        start > 0
        and start < end
        and text[start - 1] in OPENING
        and text[start] not in OPENING
        and _opens(text, start - 1)
    ):
        start -= 1
    for told in (ASKED, OCCASION, MEETING):
        behind = told.search(text, start, end)
        if behind and behind.start() > start + SHORTEST_BEFORE and _unquoted(text[start : behind.start()]):
            end = behind.start()
    return _without_tail(text, start, end)


def _unquoted(words: str) -> bool:
    """Whether no quotation is open at the end of some words."""
    return words.count("“") <= words.count("”") and words.count('"') % 2 == 0


SHORTEST_BEFORE = 7
"""Characters that must stay of a content before what the outlet adds is cut off."""

OCCASION = re.compile(
    r",? (?:on|in|via|through) (?:an?|his|her|its|their|the) (?:[\w-]+ ){0,2}?"
    rf"(?:{alternatives('content', 'occasions')})\.?$",
    re.IGNORECASE,
)
MEETING = re.compile(rf",? during (?:{alternatives('content', 'meetings')})\b.*$")

ASKED = re.compile(
    r",?\s+when (?:he|she|they|it)? ?(?:was |were )?asked\b|,?\s+in (?:response|reply|answer) to a (?:question|query)\b"
)
"""What the outlet adds behind the words."""


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-"


def _without_tail(text: str, start: int, end: int) -> Span:
    """Full stops and commas outside quotation marks do not belong to the words; inside a quotation they do."""
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and end < len(text) and text[end] in CLOSING and text[end - 1] in ".,!?…":
        end += 1
    hours = HOURS_AFTER.search(text, start, end)
    if hours and text.startswith((" after", " before", " earlier"), end):
        end = hours.start()
    while start < end and text[end - 1] in ",;:. " and not text[start:end].endswith(("...", "U.S.", "U.N.", "U.K.")):
        if text[start] in OPENING and not any(mark in text[start + 1 : end] for mark in CLOSING):
            break
        end -= 1
    return Span(start, end)


HOURS_AFTER = re.compile(r"\s+(?:just |only )?(?:hours|days|weeks|months|minutes|a day|a week)$")


def _source(text: str, span: Span) -> Span:
    """A source drops the possessive "'s", the commas of an apposition and a clause about it ("Norland, which …")."""
    start, end = span
    clause = RELATIVE.search(text, start + 2, end)
    end = (
        clause.start()
        if clause and text[start : clause.start()].lower() not in words()["own"]["told_by_clause"]
        else end
    )
    while start < end and text[end - 1] in ", ":
        end -= 1
    if text[start:end].endswith(("'s", "’s")) and end - start > 4:
        end -= 2
    return Span(start, end)


RELATIVE = re.compile(r",? (?:which|who|whose|whom)\b")


HANGS_ON = re.compile(rf",? (?:{alternatives('hangs_on', 'words')})\b")
STUMP = re.compile(rf"\b(?:{alternatives('hangs_on', 'words')}|when|because)(?: [\w'’-]+){{1,3}}$")
CLAUSE_END = re.compile(r"[,;.!?:—–”\"\n]|\s[-–—]\s|$")


def with_what_it_hangs_on(text: str, attribution: Attribution, marks: Marks) -> Attribution:
    """A content that stops before its "if …", or in the middle of it, goes on to the end of that clause."""
    if not attribution.content:
        return attribution
    last = attribution.content[-1]
    sentence = next((s for s in marks.sentences if s.start <= last.start < s.end), None)
    if sentence is None or last.end >= sentence.end:
        return attribution
    hangs = HANGS_ON.match(text, last.end, sentence.end) or STUMP.search(text, last.start, last.end)
    end = CLAUSE_END.search(text, max(last.end, hangs.end()), sentence.end) if hangs else None
    others = [*attribution.source, *([attribution.cue] if attribution.cue else [])]
    if end is None or any(last.end <= s.start < end.start() for s in others):
        return attribution
    return replace(attribution, content=(*attribution.content[:-1], Span(last.start, end.start())))


def pieces(text: str, attribution: Attribution, marks: Marks) -> list[tuple[Span, ...]]:
    """The points of a content: one for each sentence and each clause that makes a point of its own.

    A sentence interrupted by its attribution ("A," he said, "and B.") stays one point of two pieces.
    """
    out: list[tuple[Span, ...]] = []
    for span in _unbroken(attribution, marks):
        for number, point in enumerate(
            p for s in _by_sentences(text, span, marks) for p in _by_clauses(text, s, marks)
        ):
            stump = point.end - point.start < SHORTEST_POINT
            if (
                out
                and out[-1][-1].end <= point.start
                and (stump or (number == 0 and _goes_on(text, out[-1][-1], point)))
            ):
                out[-1] = _joined(text, out[-1], point)
            else:
                out.append((point,))
    return out


def _unbroken(attribution: Attribution, marks: Marks) -> list[Span]:
    """Pieces of one sentence with neither source nor cue between them are one: the reader only lost some words."""
    between = [*attribution.source, *([attribution.cue] if attribution.cue else [])]
    out: list[Span] = []
    for span in sorted(attribution.content):
        if (
            out
            and not any(out[-1].end <= s.start < span.start for s in between)
            and _same_sentence(marks, out[-1], span)
        ):
            out[-1] = Span(out[-1].start, max(span.end, out[-1].end))
        else:
            out.append(span)
    return out


def _same_sentence(marks: Marks, a: Span, b: Span) -> bool:
    return any(s.start < a.end <= s.end for s in touching(marks.sentences, b.start, b.start + 1))


def _joined(text: str, before: tuple[Span, ...], point: Span) -> tuple[Span, ...]:
    if not text[before[-1].end : point.start].strip():
        return (*before[:-1], Span(before[-1].start, point.end))
    return (*before, point)


def _goes_on(text: str, before: Span, point: Span) -> bool:
    """Whether the sentence of ``before`` was only interrupted: it has not ended, and the next piece starts small."""
    head = text[point.start : point.end].lstrip(OPENING + " ")
    tail = text[before.start : before.end].rstrip(CLOSING + " ")
    gap = text[before.end : point.start]
    return (
        bool(head)
        and head[0].islower()
        and not tail.endswith((".", "!", "?", "…"))
        and len(gap) < 80
        and "\n" not in gap
        and len(gap) > 6
    )


def _by_sentences(text: str, span: Span, marks: Marks) -> Iterator[Span]:
    for sentence in touching(marks.sentences, span.start, span.end):
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        if start < end and re.search(r"\w", text[start:end]):
            yield _with_marks(text, start, end, span)


def _with_marks(text: str, start: int, end: int, span: Span) -> Span:
    """Quotation marks left over at the edge go with the words they touch."""
    while end < span.end and text[end] in CLOSING:
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


SUBJECT = (
    r"(?:the|this|these|that|those|its|our|their|his|her|it|he|she|they|we|I|there|such|any|no|some|[A-Z][\w’']+|\w+s)"
    r"\b(?<!\bis)(?<!\bwas)(?<!\bhas)(?<!\bdoes)"
)
VERB = r"(?:is|are|was|were|has|have|had|can|could|may|might|will|would|cannot|must|should|won't)\b"
CLAUSE = re.compile(
    r",? (?:and|but) (?=that\s)|"  # "said that A and that B"
    r"[,;] however,? |; (?:but |and |however,? )?|"
    r",? and, of course, |"
    rf",? and (?=(?:as of now|as of today|at the same time|today|now|in addition), {SUBJECT})|"
    r",? and (?=I (?:truly |do |very much |sincerely )?(?:hope|regret|thank)\b)|"
    rf",? but (?={SUBJECT}(?: [\w'’()-]+){{0,12}}? {VERB})|"
    rf", and (?={SUBJECT}(?: [\w'’-]+){{0,6}}? (?:could|may|might)\b)"
)
"""Where a sentence goes on with another point: a semicolon, "however", "but" and "and" before a clause of its own."""

BUT = re.compile(r",? but (?=the |[A-Z]|$)")
"""Before somebody's name: whoever is named goes on with a clause of his own."""


def _by_clauses(text: str, sentence: Span, marks: Marks) -> Iterator[Span]:
    start = sentence.start
    near = touching(marks.mentions, sentence.start, sentence.end)
    named = [m.start for m in near if m.kind in ("state", "person", "body")]
    for match in sorted(
        [
            *CLAUSE.finditer(text, *sentence),
            *(
                m
                for at in named
                for m in BUT.finditer(text, max(sentence.start, at - 12), at)
                if m.end() in (at, at - 4)
            ),
        ],
        key=lambda m: m.start(),
    ):
        if match.start() < start:
            continue
        before, left, right = text[start : match.start()], match.start() - start, sentence.end - match.end()
        if right < 20 or left < (12 if ";" in match.group() else 25):
            continue
        if (match.re is BUT and _not_but(before, match.group())) or _inside_brackets(before) or _conditional(before):
            continue
        yield _clause(text, start, match.start())
        start = match.end()
        if text.startswith("that ", start):
            start += 5
    yield _clause(text, start, sentence.end)


def _clause(text: str, start: int, end: int) -> Span:
    while start < end and text[end - 1] in ", ;":
        end -= 1
    return Span(start, end)


def _not_but(before: str, gap: str) -> bool:
    """ "not X, but Y" is one point."""
    return "but" in gap and bool(re.search(r"\b(?:not|n't|n’t|neither|nor)\b", before))


def _inside_brackets(before: str) -> bool:
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")


def _conditional(before: str) -> bool:
    """ "If A, and B, then C": the halves of a condition stay together."""
    return (
        bool(re.match(r"\W*(?:if|unless|when|as|while|although|though|since|because)\b", before, re.IGNORECASE))
        and "," not in before[:-1]
    )
