"""Answers as plain text: what a person reads in a terminal. Only ``click.style`` adds weight and colour."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from click import style

from sayso.model import Article, Condition, Copy, Entry, Found, Note, Span, Statement, Words
from sayso.show.wording import CHANGED

UNTOLD = "cannot tell"
"""A field that is undetermined."""

SHOWN = 5
"""Copies of an article that are named; the rest is a number."""

MUCH = 0.4
"""A text of which more than this share stands nowhere in the other is another text."""

LINES = 4
"""Lines cut or added that are shown of a copy."""

SIGNS = {-2: "−−", -1: "−", 0: "0", 1: "+", 2: "++"}
COLOURS = {-2: "red", -1: "red", 1: "green", 2: "green"}

FIELDS = (
    "kind", "form", "core", "state", "addressee", "act", "polarity", "modality", "status", "dyad", "agreements",
    "channels", "topics",
)  # fmt: skip
"""Fields of a statement opened by ``--why``, beside speaker, chain, day said and condition."""


def width() -> int:
    """Columns of the terminal; 100 if there is none."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


# --- an article and its statements ----------------------------------------------------------------------------------


def page(
    article: Article,
    refs: Sequence[str],
    entries: Iterable[Entry],
    notes: Iterable[Note] = (),
    columns: int | None = None,
    *,
    copies: Sequence[Copy] = (),
    ids: bool = False,
    most: int | None = None,
) -> Iterator[str]:
    """An article and what is said in it, line by line; ``ids`` names each statement, ``most`` gives the first few."""
    columns = columns or width()
    yield style(cut(article.title or _opening(article) or "(no text)", columns), bold=True)
    outlet = article.outlet or article.agency or "outlet unknown"
    yield style(
        cut(f"{outlet} · {article.published or 'day of publication unknown'} · {', '.join(refs)}", columns), dim=True
    )
    if article.why_not_read:
        yield cut(f"  not read: {article.why_not_read}", columns)
    for note in notes:
        yield cut(f"  note: {note.text}", columns)
    yield from _copied(copies, columns)
    found = list(entries)
    for entry in found[:most]:
        yield from _two_lines(entry, columns)
        if ids:
            yield style(f"      {entry.statement.id}", dim=True)
    if most is not None and len(found) > most:
        yield f"  … and {len(found) - most} more"
    if not found and article.read:
        yield "  no statements found"


def _copied(copies: Sequence[Copy], columns: int) -> Iterator[str]:
    for copy in copies[:SHOWN]:
        yield cut(f"  {copy_of(copy)}", columns)
        yield from _lines("only there", copy.lines_cut, columns)
        yield from _lines("only here", copy.lines_added, columns)
    if len(copies) > SHOWN:
        yield f"  … and {len(copies) - SHOWN} more copies"


def _lines(where: str, lines: Sequence[str], columns: int) -> Iterator[str]:
    for line in lines[:LINES]:
        yield style(cut(f"      {where}: {shown(line)}", columns), dim=True)
    if len(lines) > LINES:
        yield style(f"      {where}: … and {len(lines) - LINES} more lines", dim=True)


def copy_of(copy: Copy) -> str:
    """What an article is to the other printing of its text: what was cut, what was added."""
    if max(copy.cut, copy.added) < CHANGED:
        return f"same text as {copy.ref}"
    if min(copy.cut, copy.added) >= MUCH:
        return f"shares {copy.share:.0%} of its text with {copy.ref}"
    told, cut_, added = "copy of", copy.cut, copy.added
    if cut_ < added:  # the shorter one counts as the copy
        told, cut_, added = "copied in", added, cut_
    more = f", with {added:.0%} added" if added >= CHANGED else ""
    return f"{told} {copy.ref}, cut to {1 - cut_:.0%}{more}"


def _opening(article: Article) -> str:
    return next((line for line in article.text.splitlines() if line.strip()), "").strip()


def _two_lines(entry: Entry, columns: int) -> Iterator[str]:
    statement = entry.statement
    maybe = " (suggested)" if entry.level == "suggested" else ""
    yield (
        cut(f"  {day(statement)} · {who(statement)} · {statement.act.value or UNTOLD} ", columns - 12)
        + sign(statement)
        + maybe
    )
    yield cut(f"      {shown(statement.content.text)}", columns)
    if len(statement.chain) > 1:
        yield style(cut(f"      {chain(statement)}", columns), dim=True)


def day(statement: Statement) -> str:
    """The day said: one, two ends, or plainly that it cannot be told."""
    from_, to = statement.said.from_, statement.said.to
    if from_ is None and to is None:
        return "day: " + UNTOLD
    return str(from_) if from_ == to else f"{from_ or '…'} to {to or '…'}"


def who(statement: Statement) -> str:
    """The speaker, whom it speaks for, and to which side it turns."""
    name = plain(statement.speaker.name or "speaker: " + UNTOLD)
    state = statement.state.value
    other = statement.dyad.value[1] if statement.dyad.value else None
    sides = " → ".join(side for side in (state, other) if side)
    return f"{name} ({sides})" if sides else name


def sign(statement: Statement) -> str:
    """The polarity as a sign, coloured."""
    value = statement.polarity.value
    return style(SIGNS.get(value, str(value)), fg=COLOURS.get(value)) if value is not None else "?"


def chain(statement: Statement) -> str:
    """Through whom we know: outlet ← agency ← medium ← speaker."""
    return " ← ".join(plain(hop.name) for hop in statement.chain) or UNTOLD


def cut(line: str, columns: int) -> str:
    """The line, cut with … where the terminal ends, and without what could steer it."""
    line = plain(line)
    return line if len(line) <= columns else line[: columns - 1].rstrip() + "…"


def place(entry: Entry) -> str:
    """Where it stands: the outlet, else the agency, else a ref."""
    return entry.article.outlet or entry.article.agency or (entry.refs[0] if entry.refs else entry.article.id)


def shown(words: str) -> str:
    """Words on one line, without what could steer a terminal."""
    return plain(" ".join(words.split()))


def plain(words: str) -> str:
    """The words without what could steer a terminal; white space stays as wide as it was."""
    return "".join(c if c.isprintable() else " " for c in words)


# --- one statement --------------------------------------------------------------------------------------------------


def opened(
    entry: Entry, reports: Sequence[Entry] = (), *, why: bool = False, columns: int | None = None
) -> Iterator[str]:
    """One statement with where it stands; ``why`` opens every field to its reason and its words."""
    columns = columns or width()
    statement, article = entry.statement, entry.article
    yield style(f"{statement.id} ({entry.level}, certainty {statement.certainty:.2f})", bold=True)
    yield (
        f"“{shown(statement.content.text)}”" if statement.form.value == "indirect" else shown(statement.content.text)
    )
    yield f"{day(statement)} · {who(statement)} · {statement.act.value or UNTOLD} {sign(statement)}"
    yield f"through {chain(statement)}"
    stands = f"“{article.title or _opening(article)}”, {article.outlet or 'outlet unknown'}, {', '.join(entry.refs)}"
    yield f"in {plain(stands)}"
    if reports:
        yield plain(f"also in {'; '.join(dict.fromkeys(map(place, reports)))} ({len(reports) + 1} reports)")
    yield f"at {_places(statement.content.spans)}: {_around(article, statement.content.spans[0], columns)}"
    if why:
        yield ""
        for name, value, certainty, reason, spans in _fields(statement):
            told = f"{plain(value)} · {certainty:.2f} · {reason}{_read_from(article, spans, value)}"
            yield style(f"{name:<12}", bold=True) + " " + told


Field = tuple[str, str, float, str, "tuple[Span, ...] | None"]


def _fields(statement: Statement) -> Iterator[Field]:
    speaker, said = statement.speaker, statement.said
    for name in ("content", "cue", "source"):
        words: Words | None = getattr(statement, name)
        if words:
            yield name, shown(words.text), statement.certainty, "where it stands", words.spans
    named = " · ".join(part for part in (speaker.name, speaker.role, speaker.kind, speaker.id) if part)
    yield "speaker", named or UNTOLD, speaker.certainty, speaker.why, speaker.spans
    yield "said", f"{day(statement)} ({said.basis})", said.certainty, said.why, said.spans
    for hop in statement.chain:
        yield f"via {hop.kind}", hop.name, hop.certainty, hop.why, hop.spans
    for name in FIELDS:
        found: Found[object] = getattr(statement, name)
        yield name, _value(statement, name, found.value), found.certainty, found.why, found.spans
    if statement.condition:
        yield _condition(statement.condition)


def _condition(condition: Condition) -> Field:
    decided = f" (decided by {condition.controls or UNTOLD})"
    return (
        "condition",
        shown(condition.antecedent.text) + decided,
        condition.certainty,
        condition.why,
        condition.antecedent.spans,
    )


def _value(statement: Statement, name: str, value: object) -> str:
    if value is None:
        return UNTOLD
    if name == "act" and statement.act.alternatives:
        return f"{value} ({statement.act.class_}; or {', '.join(statement.act.alternatives)})"
    if name == "polarity" and isinstance(value, int):
        return SIGNS.get(value, str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return (" → " if name == "dyad" else ", ").join(value) or "none"
    return str(value)


def _read_from(article: Article, spans: tuple[Span, ...] | None, value: str) -> str:
    """The words a field was read from, on a line of their own unless they are the value."""
    if not spans:
        return ""
    words = " … ".join(shown(article.text[start:end]) for start, end in spans)
    return f" · at {_places(spans)}" if words == value else f"\n{'':13}“{cut(words, 200)}” at {_places(spans)}"


def _places(spans: Iterable[Span]) -> str:
    return ", ".join(f"{start}–{end}" for start, end in spans)


def _around(article: Article, span: Span, columns: int) -> str:
    """The words before and behind, with the words themselves marked."""
    room = max(10, (columns - min(span.end - span.start, columns)) // 2)
    before, behind = article.text[max(0, span.start - room) : span.start], article.text[span.end : span.end + room]
    left, right = ("…" if span.start > room else ""), ("…" if span.end + room < len(article.text) else "")
    words = style(shown(article.text[span.start : span.end]), bold=True)
    return f"{left}{plain(before)}{words}{plain(behind)}{right}"


# --- the first minute -----------------------------------------------------------------------------------------------


def summary(entries: Sequence[Entry], ledger: str) -> Iterator[str]:
    """What a ledger holds in a few lines, and three commands to try on it."""
    said = [entry.statement for entry in entries if entry.level == "confirmed"]
    yield style(f"{_many(said, 'statement')} in {_many({s.article for s in said}, 'article')}.", bold=True)
    yield f"  who        {_named(s.speaker.name for s in said)}"
    yield f"  for whom   {_named(s.state.value for s in said)}"
    days = sorted(day for s in said for day in (s.said.from_, s.said.to) if day)
    undated = sum(not s.said.to for s in said)
    when = f"{days[0]} to {days[-1]}" if days else UNTOLD
    yield f"  when       {when}{f'; on a day that we {UNTOLD}: {undated}' if undated and days else ''}"
    yield f"  through    {_named(hop.name for s in said for hop in s.chain if hop.kind != 'speaker')}"
    yield f"  what       {_named(s.act.value for s in said)}"
    yield ""
    yield from _next(said, ledger)


def _next(said: Sequence[Statement], ledger: str) -> Iterator[str]:
    told = next((s for s in said if s.core.value and s.speaker.name and s.said.to), None) or next(iter(said), None)
    yield style("Now try:", bold=True)
    if told:
        yield f"  sayso show {told.id} --why --ledger {ledger}"
        yield f'  sayso seen "{_repeated(said)}" --ledger {ledger}'
    yield f"  sayso verify --ledger {ledger}"


def _repeated(said: Sequence[Statement]) -> str:
    """Words of no good cheer that came on the most days: formulas repeat, and that is what ``seen`` is for."""
    days: dict[str, set[str | None]] = {}
    for statement in said:
        if (statement.polarity.value or 0) < 0:
            words = re.findall(r"\w+", statement.content.text)
            for three in zip(words, words[1:], words[2:], strict=False):
                if all(word.islower() for word in three):  # names repeat too
                    days.setdefault(" ".join(three), set()).add(statement.said.to)
    first = " ".join(re.findall(r"\w+", said[0].content.text)[:3])
    return max(days, key=lambda words: len(days[words]), default=first)


def _many(things: Sequence[object] | set[str], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _named(names: Iterable[str | None]) -> str:
    """The names by how often they stand, the rest as a number."""
    counted = Counter(name or UNTOLD for name in names).most_common()
    shown = ", ".join(f"{name} ({number})" if number > 1 else name for name, number in counted[:5])
    return (shown or UNTOLD) + (f" and {len(counted) - 5} more" if len(counted) > 5 else "")
