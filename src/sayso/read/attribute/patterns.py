"""A few short rules for what the neural reader's corpus never marked: headlines, decks, wire chains, trailing attributions.

Each pattern is a function from an article and its marks to attributions, and says its name in ``by``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.model import Article, Attribution, Block, Marks, Mention, Span
from sayso.read.attribute.lists import alternatives
from sayso.read.near import inside
from sayso.read.turns import turns

SPEAKERS = frozenset({"person", "body", "office", "state", "medium", "group", "pronoun"})
LONGEST_SOURCE = 80
"""Characters; what is longer between two marks of a headline is no name."""


def find(article: Article, marks: Marks) -> list[Attribution]:
    """What all patterns find, in the order of the patterns."""
    return [
        *transcript(article),
        *headline_colon(article, marks),
        *(headline_dash(article, marks) if not turns(article) else ()),
        *quoted_as_saying(article, marks),
        *trailing(article, marks),
        *quoted_passive(article, marks),
        *noun_of_saying(article, marks),
        *noun_by_name(article, marks),
    ]


def of_label(article: Article, *labels: str) -> Iterator[Block]:
    """The blocks with one of the labels; a text that stands twice (a headline printed again) counts once."""
    seen = set()
    for block in article.blocks:
        stripped = article.text[block.start : block.end].strip()
        if block.label in labels and (block.label == "body" or stripped not in seen):
            seen.add(stripped)
            yield block


def transcript(article: Article) -> Iterator[Attribution]:
    """ "MR. ALPHA: We have no plans. …": from one name to the next every sentence is that one's; questions are nobody's."""
    for turn in turns(article):
        for number, span in enumerate(turn.words if not turn.asks else ()):
            content = _trimmed(article.text, *span)
            if content.end - content.start > 2:
                cue = None if number else Span(turn.name.end, turn.name.end + 1)
                yield Attribution((turn.name,), cue, (content,), 0.85, "transcript")


def headline_colon(article: Article, marks: Marks) -> Iterator[Attribution]:
    """ "Foreign Ministry: no illusions about ties": the name before the colon says what follows."""
    for block in of_label(article, "headline"):
        line = article.text[block.start : block.end]
        match = re.match(r"\s*([^:]{2,80}?)\s*(:)\s+(?=\S)", line)
        if match and _is_name(marks, block.start + match.start(1), block.start + match.end(1)):
            start = block.start
            yield Attribution(
                source=(Span(start + match.start(1), start + match.end(1)),),
                cue=Span(start + match.start(2), start + match.end(2)),
                content=(_trimmed(article.text, start + match.end(), block.end),),
                certainty=0.9,
                by="headline_colon",
            )


def headline_dash(article: Article, marks: Marks) -> Iterator[Attribution]:
    """ "Dialogue slow — senior diplomat", "Ties hang by a thread: ministry": the name at the end says what stands before."""
    for block in of_label(article, "headline", "deck"):
        line = article.text[block.start : block.end]
        match = re.search(r"\s*(—|–|\s-|:)\s+([^:—–]{2,80}?)(?:\s(?:on|about)\s[^:—–]+)?\s*$", line)
        if match and match.start() > 8 and _is_name(marks, block.start + match.start(2), block.start + match.end(2)):
            start = block.start
            yield Attribution(
                source=(Span(start + match.start(2), start + match.end(2)),),
                cue=Span(start + match.start(1), start + match.end(1)),
                content=(_trimmed(article.text, start, start + match.start()),),
                certainty=0.85,
                by="headline_dash",
            )


def _is_name(marks: Marks, start: int, end: int) -> bool:
    """Whether the words are little else than the name of someone who can speak."""
    inside = [m for m in marks.mentions if start <= m.start and m.end <= end and m.kind in SPEAKERS]
    return bool(inside) and sum(m.end - m.start for m in inside) >= 0.6 * (end - start)


def quoted_as_saying(article: Article, marks: Marks) -> Iterator[Attribution]:
    """ "TASS quoted Ryabkov as saying": the quotation before or behind it belongs to the one quoted."""
    pattern = re.compile(
        rf"\b(?:{alternatives('relay', 'verbs')})\s+(.{{2,{LONGEST_SOURCE}}}?)\s+({alternatives('relay', 'tails')})\b"
    )
    for block in of_label(article, "body", "deck"):
        for match in pattern.finditer(article.text, block.start, block.end):
            content = (
                _sentence_before(article.text, marks, match.start())
                or _quotation_beside(marks, block, match.start(), match.end())
                or _rest_of_sentence(article.text, marks, match.end())
            )
            if content:
                yield Attribution(
                    source=(Span(match.start(1), match.end(1)),),
                    cue=Span(match.start(), match.end()),
                    content=(content,),
                    certainty=0.9,
                    by="quoted_as_saying",
                )


def quoted_passive(article: Article, marks: Marks) -> Iterator[Attribution]:
    """ "…, the spokesman was quoted as saying", "a general was reported as saying that …": the one before it says it."""
    pattern = re.compile(
        rf"\s+(?:was|were|is|has been)\s+((?:{alternatives('relay', 'passive')})\s+"
        rf"(?:by\s+[^,.]{{2,50}}?\s+)?(?:{alternatives('relay', 'tails')}))\b"
    )
    for mention in (m for m in marks.mentions if m.kind in SPEAKERS):
        match = pattern.match(article.text, mention.end)
        if match:
            start = _with_article(article.text, mention)
            content = (
                _rest_of_sentence(article.text, marks, match.end())
                if article.text.startswith((" that", ": ", ", "), match.end())
                else _sentence_before(article.text, marks, start)
            )
            if content:
                yield Attribution((Span(start, mention.end),), Span(*match.span(1)), (content,), 0.9, "quoted_passive")


SUPPOSED = re.compile(r"\b(?:if|unless|whether|until|once|when)\b[^.;“”\"]*$", re.IGNORECASE)
"""Before a name whose doing is only supposed."""


def inner_verb(text: str, marks: Marks, held: Sequence[Span]) -> Iterator[Attribution]:
    """ "… that Norland rejected the proposal": inside somebody's words, a name, a verb of saying or wanting, and what."""
    verb = re.compile(rf"\s+(?:(?:{alternatives('inner', 'helpers')})\s+)*({alternatives('inner', 'verbs')})\b[\s:]+")
    end = re.compile(r"[,;.()]|\s(?:because|after|before|while|when|and|but|—|–|-)\s|$")
    for span in held:
        for mention in (m for m in inside(marks.mentions, [span]) if m.kind in SPEAKERS and m.end < span.end):
            cue = verb.match(text, mention.end, span.end)
            if cue and not SUPPOSED.search(text, max(span.start, mention.start - 120), mention.start):
                stop = end.search(text, cue.end(), span.end)
                content = _trimmed(text, cue.end(), stop.start() if stop else span.end)
                if content.end - content.start > 8:
                    yield Attribution(
                        (Span(mention.start, mention.end),), Span(*cue.span(1)), (content,), 0.65, "inner_verb"
                    )


def _sentence_before(text: str, marks: Marks, at: int) -> Span | None:
    """The words of the sentence before ", MEDIUM quoted …": all of them, quoted or not."""
    sentence = next((s for s in marks.sentences if s.start < at < s.end), None)
    comma = re.match(r".*,[\"”'’]?(?=\s)", text[sentence.start : at], re.DOTALL) if sentence else None
    if not sentence or not comma or comma.end() < 25 or text[sentence.start] in '“"„«':
        return None
    return _trimmed(text, sentence.start, sentence.start + comma.end())


def _quotation_beside(marks: Marks, block: Block, start: int, end: int) -> Span | None:
    quotes = [q for q in marks.quotes if block.start <= q.start and q.end <= block.end and q.depth == 0]
    behind = [q for q in quotes if 0 <= q.start - end <= 3]
    before = [q for q in quotes if q.end <= start]
    if behind:
        return Span(behind[0].start, behind[0].end)
    return Span(before[-1].start, before[-1].end) if before and start - before[-1].end < 60 else None


def _rest_of_sentence(text: str, marks: Marks, at: int) -> Span | None:
    for sentence in marks.sentences:
        if sentence.start <= at < sentence.end and sentence.end - at > 15:
            return _trimmed(text, at, sentence.end)
    return None


def trailing(article: Article, marks: Marks) -> Iterator[Attribution]:
    """ "…, the ministry has said in answers to questions": a whole sentence, then its speaker and a verb of saying."""
    after = re.compile(rf"\s+(?:(?:has|have|had|also)\s+)*({alternatives('say', 'verbs')})\b(?!\s+(?:that|[\"“]))")
    mentions = [m for m in marks.mentions if m.kind in SPEAKERS]
    for sentence in marks.sentences:
        for mention in (m for m in inside(mentions, [sentence]) if m.end < sentence.end):
            start = _with_article(article.text, mention)
            before = article.text[sentence.start : start].rstrip()
            cue = after.match(article.text, mention.end, sentence.end)
            if cue and before.endswith((",", ',"', ",”", ",'", ",’")) and len(before) > 25:
                yield Attribution(
                    source=(Span(start, mention.end),),
                    cue=Span(cue.start(1), cue.end(1)),
                    content=(_trimmed(article.text, sentence.start, sentence.start + len(before)),),
                    certainty=0.75,
                    by="trailing",
                )


def noun_of_saying(article: Article, marks: Marks) -> Iterator[Attribution]:
    """ "Norland's refusal to talk", "its claim that the island is its own": a holder, a noun of saying, and what it says."""
    noun = re.compile(
        r"(?:['’]s?)?\s+(?:(?!(?:the|an?|its|his|her|their|any|to|of)\b)[a-z-]+\s+){0,2}?"
        rf"(?:({alternatives('noun', 'of_saying')})\s+(?=(?:not to|to|that)\s)"
        rf"|({alternatives('noun', 'of_attitude')})\b\s+)(?:that\s+)?"
    )
    end = re.compile(r"[,;:.()\"“”]|\s(?:because|after|before|while|when|and|but|—|–|-)\s|$")
    body = [b for b in article.blocks if b.label == "body"]
    theirs = [m.span() for b in body for m in re.compile(r"\b(?:its|their)\b").finditer(article.text, b.start, b.end)]
    holders = {(m.start, m.end) for m in marks.mentions if m.kind in SPEAKERS} | set(theirs)
    for holder in (Span(*place) for place in sorted(holders)):
        block = next((b for b in body if b.start <= holder.start < b.end), None)
        cue = noun.match(article.text, holder.end, block.end) if block else None
        if block and cue:
            stop = end.search(article.text, cue.end(), block.end)
            content = _trimmed(article.text, cue.end(), stop.start() if stop else block.end)
            if content.end - content.start > 8:
                words = Span(*cue.span(1)) if cue.group(1) else Span(*cue.span(2))
                by = "noun_of_saying" if cue.group(1) else "noun_of_attitude"
                yield Attribution((holder,), words, (content,), 0.7 if cue.group(1) else 0.6, by)


def noun_by_name(article: Article, marks: Marks) -> Iterator[Attribution]:
    """ "a push by Norland to end the talks", "a request from the ministry for the files": the noun stands before its holder."""
    before = re.compile(
        rf"\b({alternatives('noun', 'of_saying')}|calls?)\s+(?:by|from)\s+(?:(?:the|an?|its|some)\s+)?$"
    )
    end = re.compile(r"[,;:.()\"“”]|\s(?:because|after|before|while|when|and|but|—|–|-)\s|$")
    for mention in (m for m in marks.mentions if m.kind in SPEAKERS):
        cue = before.search(article.text, max(0, mention.start - 60), mention.start)
        leads = re.compile(r"\s+(?:that\s+|for\s+|(?=(?:not )?to\s))").match(article.text, mention.end)
        if cue and leads:
            stop = end.search(article.text, leads.end())
            content = _trimmed(article.text, leads.end(), stop.start() if stop else len(article.text))
            if content.end - content.start > 8:
                yield Attribution(
                    (Span(mention.start, mention.end),), Span(*cue.span(1)), (content,), 0.65, "noun_of_saying"
                )


def _with_article(text: str, mention: Mention) -> int:
    """Where a mention starts with its "the", "a" or "an"."""
    match = re.search(r"\b(?:the|a|an|The|A|An)\s$", text[max(0, mention.start - 5) : mention.start])
    return mention.start - (len(match.group()) if match else 0)


def deck_of(article: Article, headline: Attribution, taken: Sequence[Span]) -> Iterator[Attribution]:
    """A deck without an attribution of its own goes on with what the headline's speaker says."""
    for block in of_label(article, "deck"):
        span = _trimmed(article.text, block.start, block.end)
        covered = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in taken)
        opened = any(block.start <= s.start < block.start + 5 for s in taken)
        if covered < 0.7 * (span.end - span.start) and not opened:
            yield Attribution(source=headline.source, cue=None, content=(span,), certainty=0.6, by="deck")


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without white space around it, nor a comma, colon or semicolon at the end."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return Span(start, end)
