"""The neural reader and the patterns made one: outer and nested attributions, continuations, each cut into points."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sayso.model import Article, Attribution, Marks, Mention, Quote, Span
from sayso.read.attribute import patterns, shape
from sayso.read.attribute.lists import alternatives, pattern, words
from sayso.read.attribute.neural import NeuralReader
from sayso.read.near import Near, inside, touching

FAINT = 0.2
"""Outer attributions less sure than this are not kept, not even as suggested: four in five are wrong."""
FAINT_INSIDE = 0.4
"""The reader was never shown nested attributions; inside a content it must be surer."""
NOBODYS = 0.4
"""Certainty of an attribution without a source: about half are right, and the ledger asks who said it."""
SAID = 0.7
"""Certainty at least of a verb of saying with a source: on PolNeAR dev 70 % of those at .4 to .8 are right (n = 87)."""
WORTH_READING_AGAIN = 30
"""Characters of a content that may hold another saying."""
SURE_PATTERNS = frozenset({"quoted_as_saying", "quoted_passive", "headline_dash", "transcript"})
"""Patterns that know better than the neural reader where the two disagree."""
READ = ("headline", "deck", "body")
CONNECTOR = re.compile(
    r"[,;]?\s+(?:but|while|whereas|though|although|and|as|"
    r"(?:just |only )?(?:hours |days |weeks |months |a day )?(?:after|before))\s+(?:the\s)?$"
)
"""What stands before the next one who speaks in the same sentence."""


@dataclass
class Draft:
    """An attribution on its way, with the draft whose content holds it."""

    attribution: Attribution
    outer: Draft | None = None


def outermost(text: str, neural: NeuralReader, passages: Sequence[tuple[int, int]] | None = None) -> list[Attribution]:
    """What the neural reader alone finds, nested ones left out and contents uncut: as PolNeAR marks and scores it."""
    if passages is None:
        passages = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    found = neural.read(text, [passages])[0]
    return [a for a in found if not any(b.certainty > a.certainty and b is not a and _holds(b, a.cue) for b in found)]


def _holds(outer: Attribution, cue: Span | None) -> bool:
    return cue is not None and any(s.start <= cue.start and cue.end <= s.end for s in outer.content)


def find(article: Article, marks: Marks, neural: NeuralReader) -> tuple[Attribution, ...]:
    """Every attribution of an article as the annotation guide counts them, in order of content; ``inside`` gives nesting."""
    text = article.text
    passages = [(b.start, b.end) for b in patterns.of_label(article, *READ)]
    if not passages:
        return ()
    outer = [
        _weighed(text, a)
        for a in neural.read(text, [passages])[0]
        if a.certainty >= FAINT and not _is_part_of_a_name(article, a.cue)
    ]
    outer = [cut for a in outer if (cut := shape.shaped(text, _mended(text, a, marks))).content]
    outer = [shape.with_what_it_hangs_on(text, a, marks) for a in outer]
    by_cue = Near(_cue_of, outer)
    outer = [_cut_at_the_next(text, a, by_cue.around(a.content)) for a in outer]
    outer = [each for a in outer for each in _coordinated(text, a, marks)]
    outer = _with_patterns(outer, [shape.shaped(text, a) for a in patterns.find(article, marks)])
    outer = _with_plain_verbs(article, marks, [a for a in outer if a.content])
    headline = next((a for a in outer if a.source and _in_label(article, a.content[0], "headline")), None)
    if headline:
        outer += patterns.deck_of(article, headline, [s for a in outer for s in a.content])
    outer = [each for a in outer if _counts(text, a, marks) for each in _each_other(text, a, marks)]
    drafts = [Draft(a) for a in sorted(outer, key=_place)]
    _nest(drafts)
    inner = _inner(text, drafts, marks, neural)
    drafts = [
        d for d in drafts if d.outer is None or _is_another(text, d.attribution, d.outer.attribution, marks)
    ] + inner
    drafts += [Draft(a) for a in _continuations(article, marks, drafts)]
    return _in_points(text, drafts, marks)


def _weighed(text: str, attribution: Attribution) -> Attribution:
    """The reader's certainty, corrected where the kind of attribution tells more (see ``NOBODYS`` and ``SAID``)."""
    cue = text[slice(*attribution.cue)] if attribution.cue else ""
    quoted = any(text[max(0, s.start - 1) : s.start + 1].strip()[:1] in shape.OPENING for s in attribution.content)
    if attribution.source and attribution.certainty < SAID and pattern("say", "verbs").search(cue):
        return replace(attribution, certainty=SAID if attribution.certainty >= 2 * FAINT else attribution.certainty)
    if attribution.source or quoted:
        return attribution
    return replace(attribution, certainty=min(attribution.certainty, NOBODYS))


def _place(attribution: Attribution) -> tuple[int, int]:
    return attribution.content[0].start, -attribution.content[-1].end


def _cue_of(attribution: Attribution) -> tuple[Span, ...]:
    return (attribution.cue,) if attribution.cue else ()


def _words_of(attribution: Attribution) -> tuple[Span, ...]:
    return (*attribution.content, *_cue_of(attribution))


def _in_label(article: Article, span: Span, label: str) -> bool:
    return any(b.label == label and b.start <= span.start < b.end for b in article.blocks)


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Shared characters over the characters of the shorter."""
    shared = sum(_shared(s, b) for s in a)
    return shared / max(1, min(sum(s.end - s.start for s in a), sum(t.end - t.start for t in b)))


def _shared(one: Span | Quote, others: Sequence[Span]) -> int:
    return sum(max(0, min(one.end, s.end) - max(one.start, s.start)) for s in others)


def _jaccard(a: Sequence[Span], b: Sequence[Span]) -> float:
    shared = sum(_shared(s, b) for s in a)
    return shared / max(1, sum(s.end - s.start for s in (*a, *b)) - shared)


def _mended(text: str, attribution: Attribution, marks: Marks) -> Attribution:
    """A content that is only "which" or "who" gets the words it stands for: those before its comma."""
    if len(attribution.content) != 1 or text[slice(*attribution.content[0])].lower() not in ("which", "that"):
        return attribution
    pronoun = attribution.content[0]
    sentence = next((s for s in marks.sentences if s.start <= pronoun.start < s.end), None)
    before = text[sentence.start : pronoun.start].rstrip(" ,–—") if sentence else ""
    match = re.search(r"^(?:.*(?:,|;|\bas well as|\band|\bover|\babout|\bon)\s)?(\S[^,;]{7,120}?)$", before)
    if not sentence or not match:
        return attribution
    return replace(attribution, content=(Span(sentence.start + match.start(1), sentence.start + len(before)),))


def _cut_at_the_next(text: str, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """A content stretched over "…, but the ministry denies it" ends before the next one who speaks in the sentence.

    ``others``: at least those with a cue in the content.
    """
    content = list(attribution.content)
    for other in others:
        if other is attribution or not other.source or not other.cue or other.source == attribution.source:
            continue
        start = min(other.source[0].start, other.cue.start)
        for k, span in enumerate(content):
            if span.start < start and other.cue.end <= span.end:
                before = CONNECTOR.search(text, span.start, start)
                if before and before.start() > span.start + 8:
                    content[k] = Span(span.start, before.start())
    return replace(attribution, content=tuple(content))


COORDINATE = re.compile(rf",? (?:and|but) (?:has |have |also |then )*({alternatives('coordinate', 'verbs')})\b\s+")


def _coordinated(text: str, attribution: Attribution, marks: Marks) -> Iterator[Attribution]:
    """ "said it was alarmed, and threatened to answer": one source, two sayings."""
    span, cue = attribution.content[-1], attribution.cue
    match = COORDINATE.search(text, span.start, span.end) if cue and cue.end <= span.start else None
    quoted = match and any(q.start < match.start() < q.end for q in marks.quotes)
    if not match or quoted or match.start() - span.start < 12 or span.end - match.end() < 8:
        yield attribution
        return
    yield replace(attribution, content=(*attribution.content[:-1], Span(span.start, match.start())))
    rest = replace(attribution, cue=Span(*match.span(1)), content=(Span(match.end(), span.end),), by="coordinate")
    yield shape.shaped(text, rest)


def _each_other(text: str, attribution: Attribution, marks: Marks) -> list[Attribution]:
    """ "Norland and Sudland accuse each other of X" is a saying of each side."""
    behind = attribution.cue and text[attribution.cue.start : attribution.content[0].start]
    if not behind or not ("each other" in behind or "one another" in behind):
        return [attribution]
    sides = inside(marks.mentions, attribution.source)
    if len(sides) != 2:
        return [attribution]
    return [replace(attribution, source=(Span(m.start, m.end),)) for m in sides]


def _with_patterns(found: list[Attribution], extra: list[Attribution]) -> list[Attribution]:
    """Adds what the patterns found where the reader found nothing; a sure pattern takes the place of what it overlaps."""
    kept = Near(_words_of, found)
    for other in extra:
        around = kept.around(_words_of(other))
        rivals = [
            a
            for a in around
            if _jaccard(a.content, other.content) >= 0.5
            or (a.cue and other.cue and _overlap([a.cue], [other.cue]) > 0.5)
        ]
        if other.by in SURE_PATTERNS:
            kept.drop(rivals)
            kept.put(other)
        elif not any(a.source and a.certainty >= 0.5 for a in rivals) and not (
            other.by == "trailing"
            and any(_overlap(a.content, other.content) > 0.8 for a in around if len(a.content) > 1)
        ):
            kept.drop([*rivals, *(a for a in around if a.certainty < other.certainty and _same_cue(a, other))])
            kept.put(other)
    return list(kept)


def _with_plain_verbs(article: Article, marks: Marks, found: list[Attribution]) -> list[Attribution]:
    """ "Norland has long maintained its claim": what a named actor plainly said or wants, where nothing else was found."""
    body = [Span(b.start, b.end) for b in patterns.of_label(article, "body")]
    kept = Near(_words_of, found)
    for raw in patterns.inner_verb(article.text, marks, body):
        a = shape.shaped(article.text, raw)
        mine = _words_of(a)
        if a.content and not any(_overlap(mine, _words_of(b)) for b in kept.around(mine)):
            kept.put(replace(a, by="plain_verb"))
    return list(kept)


def _same_cue(a: Attribution, b: Attribution) -> bool:
    return bool(a.cue and b.cue and a.cue.start < b.cue.end and b.cue.start < a.cue.end)


def _counts(text: str, attribution: Attribution, marks: Marks) -> bool:
    """Whether the guide counts it: a content that says something, a cue that tells of a saying or an attitude."""
    lists = words()["drop"]
    if not attribution.content or _holds(attribution, attribution.cue):
        return False
    said = " ".join(text[s.start : s.end] for s in attribution.content).strip().lower()
    bare = _bare(text, attribution.content)
    cue = text[attribution.cue.start : attribution.cue.end].lower() if attribution.cue else ""
    if (
        UNCLOSED_WORD.fullmatch(said)
        or bare in lists["proforms"]
        or set(bare.split()) <= set(lists["proforms"])
        or not re.search(r"\w{2}", said)
    ):
        return False
    if cue in lists["cues"] or pattern("drop", "silence").search(cue) or _is_a_thing(text, attribution.source):
        return False
    return not (_only_a_name(text, attribution.content, marks) and not pattern("drop", "of_a_name").search(cue))


def _bare(text: str, content: Sequence[Span]) -> str:
    return " ".join(text[s.start : s.end] for s in content).lower().strip(" ,.!\"“”'’")


UNCLOSED_WORD = re.compile(r"[“\"„«]?\w+|[“\"„«]\w+ \w+")
"""One word of a quotation that goes on, or a word that quotes nothing."""


def _is_a_thing(text: str, source: Sequence[Span]) -> bool:
    """Footage shows and a constitution demands, but neither says anything."""
    head = " ".join(text[slice(*source[0])].lower().split()[:4]) if source else ""
    return bool(pattern("drop", "things").search(head))


def _is_part_of_a_name(article: Article, cue: Span | None) -> bool:
    """ "Qaboos bin Said": a verb inside a sentence of the body starts small, or it is no verb."""
    if cue is None or not article.text[cue.start : cue.end].istitle() or not _in_label(article, cue, "body"):
        return False
    before = article.text[: cue.start].rstrip(" ")
    return before[-1:].isalpha() and article.text[cue.start : cue.end].isalpha()


def _only_a_name(text: str, content: Sequence[Span], marks: Marks) -> bool:
    """A content that is no more than somebody's name ("citing Mr Alpha") is a source that was taken for words."""
    if len(content) != 1:
        return False
    named = sum(m.end - m.start for m in inside(marks.mentions, content))
    return named > 0.75 * (content[0].end - content[0].start) and len(text[slice(*content[0])].split()) < 8


def _nest(drafts: list[Draft]) -> None:
    """Finds for each draft the smallest one whose content holds its cue and content."""
    near = Near(lambda draft: draft.attribution.content, drafts)
    for draft in drafts:
        a = draft.attribution
        holders = [
            other for other in near.around(_cue_of(a))
            if other is not draft and _holds(other.attribution, a.cue) and _overlap(a.content, other.attribution.content) > 0.9
            and _size(other.attribution) > _size(a)
        ]  # fmt: skip
        draft.outer = min(holders, key=lambda d: _size(d.attribution), default=None)


def _size(attribution: Attribution) -> int:
    return sum(s.end - s.start for s in attribution.content)


def _inner(text: str, drafts: list[Draft], marks: Marks, neural: NeuralReader) -> list[Draft]:
    """Reads every content again as a text of its own: who is said, inside it, to have said or wanted what?"""
    held = [d for d in drafts if _may_hold_another(text, d.attribution)]
    again = neural.read(text, [d.attribution.content for d in held])
    out: list[Draft] = []
    near = Near(lambda draft: _words_of(draft.attribution), drafts)
    for draft, found in zip(held, again, strict=True):
        plain = tuple(patterns.inner_verb(text, marks, draft.attribution.content))
        for raw in (*(_borne_out(a, plain) for a in found), *plain):
            a = shape.shaped(text, raw)
            rivals = [
                d.attribution
                for d in near.around(_words_of(a))
                if _same_cue(d.attribution, a) or (d is not draft and _jaccard(d.attribution.content, a.content) > 0.7)
            ]
            if (
                raw.certainty >= FAINT_INSIDE
                and not rivals
                and _counts(text, a, marks)
                and _is_another(text, a, draft.attribution, marks)
            ):
                out.append(Draft(replace(a, by="neural_inside" if a.by == "neural" else a.by), outer=draft))
                near.put(out[-1])
    return out


def _borne_out(attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """What a pattern finds too is as sure as the surer of the two."""
    sure = [b.certainty for b in others if _same_cue(attribution, b)]
    return replace(attribution, certainty=max([attribution.certainty, *sure]))


def _may_hold_another(text: str, attribution: Attribution) -> bool:
    """Whether it is worth reading again: words of saying or wanting stand in it, with room for somebody before them."""
    return any(
        span.end - span.start >= WORTH_READING_AGAIN and INNER_CUE.search(text, span.start + 4, span.end)
        for span in attribution.content
    )


INNER_CUE = re.compile(
    rf"\b(?:{alternatives('own', 'say_roots')}|{alternatives('inner', 'verbs')}|{alternatives('inner', 'others')})\b"
)


def _is_another(text: str, inner: Attribution, outer: Attribution, marks: Marks) -> bool:
    """Whether a nested attribution has a holder of its own: named, and not just the speaker speaking of himself.

    What the speaker's own side *said* counts ("Moscow has repeatedly warned"), what it feels is the statement itself.
    """
    if not inner.source or not inner.cue:
        return False
    name = text[inner.source[0].start : inner.source[-1].end].lower()
    if name in words()["own"]["first_person"]:
        return False
    holder, speaker = _mention(marks, inner.source), _mention(marks, outer.source)
    cue = text[inner.cue.start : inner.cue.end].lower()
    says = bool(pattern("own", "say_roots").search(cue))
    if holder is None:
        return says and name not in words()["own"]["nobody"] and (len(name) > 5 or name in ("its", "their"))
    if speaker is None:
        return True
    same = holder.entity == speaker.entity or (holder.state is not None and holder.state == speaker.state)
    return says if same else True


def _mention(marks: Marks, spans: Sequence[Span]) -> Mention | None:
    near = [(min(m.end, s.end) - max(m.start, s.start), m) for s in spans for m in touching(marks.mentions, *s)]
    best = max(near, key=lambda pair: pair[0], default=None)
    return best[1] if best else None


def _continuations(article: Article, marks: Marks, drafts: list[Draft]) -> list[Attribution]:
    """Quoted sentences that nobody is said to say go on with the last speaker before them."""
    out: list[Attribution] = []
    taken = Near(lambda span: (span,), [s for d in drafts for s in d.attribution.content])
    all_taken = sum(s.end - s.start for s in taken)
    blocks = [b for b in article.blocks if b.label == "body"]
    for quote in marks.quotes:
        at = next((k for k, b in enumerate(blocks) if b.start <= quote.start < b.end), None)
        if at is None or quote.depth or len(article.text[quote.start : quote.end].split()) < 5:
            continue
        shared = _shared(quote, taken.around([Span(quote.start, quote.end)]))
        if shared > 0.3 * max(1, min(quote.end - quote.start, all_taken)) or not _is_whole_sentence(
            article.text, quote.start, quote.end
        ):
            continue
        earlier = [
            d.attribution
            for d in drafts
            if d.outer is None and d.attribution.source and _cue_place(d.attribution) < quote.start
        ]
        last = max([*earlier, *(a for a in out if a.content[0].start < quote.start)], key=_cue_place, default=None)
        if last and any(b.start <= _cue_place(last) < b.end for b in blocks[max(0, at - 2) : at + 1]):
            out.append(Attribution(last.source, None, (Span(quote.start, quote.end),), 0.7, "continuation"))
    return out


def _cue_place(attribution: Attribution) -> int:
    return attribution.cue.start if attribution.cue else attribution.content[0].start


def _is_whole_sentence(text: str, start: int, end: int) -> bool:
    head, tail = text[start:end].lstrip("“\"„«'‘ "), text[start:end].rstrip("”\"»'’ ")
    return (
        bool(head)
        and (head[0].isupper() or head[0] in "[.…")
        and (tail.endswith((".", "!", "?", "…")) or not text[end : end + 1].strip())
    )


POSSESSIVE = ("'s", "’s")
"""At the end of a content: what is possessed was cut off, and the words say nothing."""

Point = tuple[Attribution, Draft, Draft | None, Attribution | None]
"""A point, its draft, the draft that holds it, and the point it goes on from."""


def _once_each(points: list[Point], marks: Marks) -> list[Point]:
    """Words that two attributions give to one actor under two names are said once: the one with a cue stays."""
    kept: dict[tuple[tuple[Span, ...], int], Point] = {}
    out = []
    for point in sorted(points, key=lambda p: p[0].cue is None):
        holder = _mention(marks, point[0].source)
        key = (point[0].content, holder.entity if holder else -1)
        if holder and kept.setdefault(key, point) is not point:
            continue
        out.append(point)
    return out


def _in_points(text: str, drafts: list[Draft], marks: Marks) -> tuple[Attribution, ...]:
    """Cuts every content into its points and numbers who lies inside whom and who goes on from whom."""
    points: list[Point] = []
    for draft in drafts:
        a = draft.attribution
        first: Attribution | None = None
        for content in shape.pieces(text, a, marks):
            if _bare(text, content) in words()["drop"]["greetings"] or text.endswith(POSSESSIVE, 0, content[-1].end):
                continue
            has_cue = a.cue is not None and (first is None or content[0].start < a.cue.start)
            point = replace(a, content=content, cue=a.cue if has_cue else None)
            points.append((point, draft, draft.outer, None if has_cue or first is None else first))
            first = first or point
    points = _once_each(points, marks)
    points.sort(key=lambda p: (_place(p[0]), p[0].source))
    numbers = {id(p[0]): n for n, p in enumerate(points)}
    of_draft = defaultdict[int, list[Any]](list)
    for each in points:
        of_draft[id(each[1])].append(each)
    out = []
    for point, _, outer, first in points:
        holders = of_draft[id(outer)] if outer else []
        held_by = max(holders, key=lambda p: _overlap(point.content, p[0].content), default=None)
        inside = numbers[id(held_by[0])] if held_by and _overlap(point.content, held_by[0].content) > 0.5 else None
        out.append(replace(point, inside=inside, inherits=numbers[id(first)] if first else None))
    return tuple(out)
