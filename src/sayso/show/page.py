"""The page to look at: one self-contained file, or a folder of them for a large ledger.

No outside reference; nothing needs a script to be read. Every word from an article is escaped, and a policy written into each
file lets only our own style and script count. The same entries give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.errors import SaysoError
from sayso.model import Article, Copy, Entry, Note
from sayso.show import wording
from sayso.show.card import Names, fields
from sayso.show.front import Front, front, telling
from sayso.show.margin import noted, rows
from sayso.show.sayings import NO_DAY, Day, Saying, folded, follow
from sayso.show.threads import Woven, key_words, lines

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

AT_ONCE = 200
"""Articles that one file holds well: above, opening it takes more than a second."""

DENSE = 1000
"""Statements of one file from which on the fields of a card are lines of one text, which the script parts once the card
opens: a browser builds some 300,000 nodes a second, and fields of their own are a third of them."""

OCCASION = 12
"""Sayings of one occasion on the front of a folder; the rest is behind a link."""

COPIES = 3
"""Other reports of a saying named on a card; the day it stands under names them all."""

DRAWN = 30
"""Threads drawn in a dense file, those said last; of the others the words and days are told."""

LINES = 8
"""Lines cut or added that are shown of a copy; the other article shows them all."""

UNWOVEN = Woven()
"""Nothing put together: sayings go by their wording."""

RECENT, MOST = 30, 300
"""Days, and about how many sayings, on the front of a folder."""


STALE = ("articles/ar_*.html", "days/*.html", "threads/th_*.html")
"""Files of a folder that go when they are no longer due."""


class Kept(NamedTuple):
    """An article of the ledger, whether or not anything is said in it: where it was seen, what is odd in it, its copies."""

    article: Article
    refs: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    copies: tuple[Copy, ...] = ()


def render(
    entries: Iterable[Entry],
    articles: Iterable[Kept] = (),
    *,
    names: Mapping[str, str] | None = None,
    woven: Woven = UNWOVEN,
) -> str:
    """The page as one file, for up to ``AT_ONCE`` articles.

    ``articles``: those to show beside the ones that entries stand in; ``names``: of states, bodies and agreements by id;
    ``woven``: what the ledger has put together of the entries.
    """
    book = _Book(list(entries), list(articles), Names(names or {}), woven)
    book.dense = len(book.entries) > DENSE
    place = Place()
    return _page("all.html", book, place, texts=book.texts, front=book.front, **_find(book, place))


def write(
    entries: Iterable[Entry],
    out: str | Path,
    articles: Iterable[Kept] = (),
    *,
    names: Mapping[str, str] | None = None,
    woven: Woven = UNWOVEN,
) -> tuple[Path, ...]:
    """Writes the page where it is wanted: a folder for a path that is one or ends in ``/``, else one file; gives what changed.

    Raises ``SaysoError`` if it cannot be written.
    """
    if str(out).endswith(("/", os.sep)) or Path(out).is_dir():
        return write_folder(entries, out, articles, names=names, woven=woven)
    html = render(entries, articles, names=names, woven=woven)
    try:
        return (Path(out),) if _put(Path(out), html) else ()
    except OSError as error:
        raise SaysoError(f"{out}: cannot be written ({error.strerror}); give another file or folder") from error


def write_folder(
    entries: Iterable[Entry],
    folder: str | Path,
    articles: Iterable[Kept] = (),
    *,
    names: Mapping[str, str] | None = None,
    woven: Woven = UNWOVEN,
) -> tuple[Path, ...]:
    """The page as a folder, for a ledger of thousands: gives the files that changed. Files no longer due are removed.

    ``index.html`` (the newest days), ``days/2025-02.html``, ``articles/ar_….html``, ``threads/th_….html``,
    ``articles.html``, ``threads.html``, ``find.html``, ``about.html``. Links are relative, so it opens from disk.
    Raises ``SaysoError`` if it cannot be written.
    """
    book = _Book(list(entries), list(articles), Names(names or {}), woven)
    target = Path(folder)
    written, due = [], set[Path]()
    try:
        for name, html in _files(book):
            due.add(target / name)
            if _put(target / name, html):
                written.append(target / name)
        for stale in [p for pattern in STALE for p in target.glob(pattern)]:
            if stale not in due:
                stale.unlink()
    except OSError as error:
        raise SaysoError(f"{folder}: cannot be written ({error.strerror}); give a folder that can") from error
    return tuple(written)


def _put(path: Path, html: str) -> bool:
    """Writes a file, whole or not at all, unless it holds just that."""
    data = html.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    try:
        half.write_bytes(data)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return True


# --- where links lead ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Addresses as seen from one file: within it (``root`` None), or relative in a folder whose top is ``root``."""

    root: str | None = None

    def part(self, name: str) -> str:
        """A part of the page."""
        if self.root is None:
            return f"#{name}"
        return self.root + ("index.html" if name == "front" else f"{name}.html")

    def article(self, id_: str) -> str:
        """An article."""
        return f"#{id_}" if self.root is None else f"{self.root}articles/{id_}.html"

    def statement(self, entry: Entry) -> str:
        """The card of a statement."""
        id_ = entry.statement.id
        return f"#{id_}" if self.root is None else f"{self.root}articles/{entry.article.id}.html#{id_}"

    def thread(self, id_: str) -> str:
        """A thread."""
        return f"#{id_}" if self.root is None else f"{self.root}threads/{id_}.html"

    def day(self, key: str) -> str:
        """A day on the front, or on the page of its month."""
        return f"#day-{key}" if self.root is None else f"{self.root}days/{month_of(key)}.html#day-{key}"


def month_of(key: str) -> str:
    """The file a day stands in."""
    return key if key == NO_DAY else key[:7]


# --- what is shown ------------------------------------------------------------------------------------------------------


@dataclass
class Text:
    """An article with its rows and notes, as the template needs it."""

    kept: Kept
    entries: list[Entry] = field(default_factory=list)

    @property
    def article(self) -> Article:
        """The article."""
        return self.kept.article

    @cached_property
    def noted(self) -> list[Any]:
        """Its statements, numbered."""
        return noted(self.entries)

    @property
    def rows(self) -> list[Any]:
        """Its text."""
        return rows(self.article, self.noted)

    @property
    def title(self) -> str | None:
        """Its headline on one line."""
        return wording.one_line(self.article.title) if self.article.title else None

    @property
    def origin(self) -> str:
        """Outlet and agency as far as the page tells."""
        article = self.article
        parts = [article.outlet, article.agency and f"agency {article.agency}"]
        return wording.one_line(" · ".join(part for part in parts if part)) or f"outlet: {wording.untold()}"

    @property
    def published(self) -> str | None:
        """The day of publication."""
        day = self.article.published or (self.article.dateline and self.article.dateline.date)
        return day[:10] if day else None

    @property
    def opening(self) -> str:
        """The first words of the body."""
        bodies = (b for b in self.article.blocks if b.label == "body")
        body = next(bodies, None)
        return wording.short(self.article.text[body.start : body.end] if body else self.article.text, 90)

    @property
    def language(self) -> str | None:
        """A language tag fit for an attribute."""
        tag = self.article.language or ""
        return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else None


class _Book:
    """Everything that is shown, put together once."""

    def __init__(self, entries: list[Entry], articles: list[Kept], names: Names, woven: Woven) -> None:
        self.names = names
        self.entries = list({entry.statement.id: entry for entry in entries}.values())
        self.dense = False
        self.sayings = folded(self.entries, woven.sayings)
        follow(self.sayings, (thread.sayings for thread in woven.threads))
        self.threads = lines(woven, self.sayings)
        self.thread_of = {saying.id: line.thread.id for line in self.threads for saying in line.sayings}
        self.saying_of = {entry.statement.id: saying for saying in self.sayings for entry in saying.entries}
        texts: dict[str, Text] = {kept.article.id: Text(kept) for kept in articles}
        for entry in self.entries:
            text = texts.setdefault(entry.article.id, Text(Kept(entry.article, entry.refs)))
            text.entries.append(entry)
        self.by_id = texts
        self.texts = sorted(texts.values(), key=lambda text: (text.published or "", text.article.id), reverse=True)

    def printed_by(self, copy: Copy) -> str:
        """The name of whoever printed a copy, else where it was seen."""
        other = self.by_id.get(copy.of)
        name = other and (other.article.outlet or other.article.agency or other.title)
        return wording.one_line(name or copy.ref or "a page without a name")

    @cached_property
    def front(self) -> Front:
        """What is new."""
        return front(self.sayings, self.names)

    @cached_property
    def ends(self) -> tuple[str, str] | None:
        """The first and the last day on which anything was said."""
        known = [saying.day for saying in self.sayings if saying.day != NO_DAY]
        return (min(known), max(known)) if known else None

    @cached_property
    def title(self) -> str:
        """The two sides, if the ledger is about two."""
        dyads = {frozenset(s.first.dyad.value) for s in self.sayings if s.core and s.first.dyad.value}
        if len(dyads) == 1 and len(pair := sorted(self.names.of(side) for side in next(iter(dyads)))) == 2:
            return f"{pair[0]} and {pair[1]}"
        return "Who said what"

    @property
    def extent(self) -> str:
        """How much it holds, from when to when."""
        held = f"{wording.count(len(self.texts), 'article')}, {wording.count(len(self.entries), 'statement')}"
        if not self.ends:
            return held
        first, last = (wording.day_short(day[:7]) for day in self.ends)
        return f"{held}, {first}" if first == last else f"{held}, {first} to {last}"

    def ticks(self, saying: Saying) -> list[str]:
        """Where on a line of 80 the days stand on which it was said, its own last; fixed decimals, so that files agree."""
        assert self.ends
        first, last = (_number(day) for day in self.ends)
        at = [_number(told.day) - first for told in (*saying.earlier, saying)]
        return [f"{2 + 80 * days / max(last - first, 1):.1f}" for days in at]


def _number(day: str) -> int:
    from datetime import date

    return date.fromisoformat((day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10]).toordinal()


# --- files of a folder --------------------------------------------------------------------------------------------------


def _files(book: _Book) -> Iterable[tuple[str, str]]:
    top, below = Place(""), Place("../")
    yield "index.html", _page("index.html", book, top, front=book.front, shown=_recent(book.front.days))
    yield "articles.html", _page("list.html", book, top, texts=book.texts)
    yield "about.html", _page("help.html", book, top)
    if book.threads:
        yield "threads.html", _page("line_list.html", book, top, lines=book.threads)
    for line in book.threads:
        yield f"threads/{line.thread.id}.html", _page("line.html", book, below, line=line)
    yield "find.html", _page("search.html", book, top, **_find(book, top))
    months = defaultdict[str, list[Day]](list)
    for day in book.front.days:
        months[month_of(day.key)].append(day)
    for month, listed in months.items():
        name = "No day" if month == NO_DAY else wording.month(month)
        yield f"days/{month}.html", _page("month.html", book, below, shown=listed, name=name)
    for text in book.texts:
        yield f"articles/{text.article.id}.html", _page("text.html", book, below, text=text)


def _recent(listed: Sequence[Day]) -> list[Day]:
    """The newest days, until enough is shown."""
    shown: list[Day] = []
    for day in listed[:RECENT]:
        if sum(min(len(o.sayings), OCCASION) for other in shown for o in other.occasions) > MOST:
            break
        shown.append(day)
    return shown


# --- find ---------------------------------------------------------------------------------------------------------------


def _find(book: _Book, place: Place) -> dict[str, Any]:
    """What find needs: the choices, an index that works without a script, and every saying for the script, newest first."""
    listed = [saying for day in book.front.days for saying in day.sayings]
    speakers = sorted({_speaker(saying.entries[0]) for saying in listed})
    acts = sorted({wording.act(saying.first.act.value) for saying in listed})
    years = sorted({saying.day[:4] for saying in listed}, key=lambda year: (year != NO_DAY, year), reverse=True)
    by, act = {name: n for n, name in enumerate(speakers)}, {name: n for n, name in enumerate(acts)}
    data: dict[str, Any] = {
        "by": speakers,
        "acts": acts,
        "rows": [[by[_speaker(s.entries[0])], act[wording.act(s.first.act.value)], s.day[:4]] for s in listed],
        "days": [_day_told(s) for s in listed],
        "towards": [" → ".join(s.first.dyad.value or ()) for s in listed],
        "words": [wording.one_line(s.first.content.text) for s in listed],
        "at": [place.statement(s.entries[0]) for s in listed],
    }
    return {"listed": listed, "speakers": speakers, "acts": acts, "years": years, "data": data, "index": _index(listed)}


def _index(listed: Sequence[Saying]) -> dict[str, list[tuple[str, int, list[tuple[str, int, str]]]]]:
    """Speakers and acts, each with the months in which they occur, how often, and the newest day of each."""
    tables: dict[str, dict[str, dict[str, list[Saying]]]] = {"speaker": {}, "act": {}}
    for saying in listed:
        keys = {"speaker": _speaker(saying.entries[0]), "act": wording.act(saying.first.act.value)}
        for name, key in keys.items():
            tables[name].setdefault(key, {}).setdefault(month_of(saying.day), []).append(saying)
    return {
        name: [
            (key, sum(map(len, months.values())), [(month, len(said), said[0].day) for month, said in months.items()])
            for key, months in sorted(table.items())
        ]
        for name, table in tables.items()
    }


def _speaker(entry: Entry) -> str:
    return wording.one_line(entry.statement.speaker.name or f"speaker: {wording.untold()}")


def _day_told(saying: Saying) -> str:
    return "no day" if saying.day == NO_DAY else wording.day_short(saying.day)


def _json(value: Any) -> Any:
    """JSON that may stand inside a ``script`` element: nothing in it can end the element or a line of script."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign that could be markup is escaped above


# --- templates ----------------------------------------------------------------------------------------------------------


def _page(template: str, book: _Book, place: Place, **context: Any) -> str:
    html = _environment().get_template(template).render(book=book, names=book.names, place=place, **context)
    return re.sub(r"(?<=>)\s*\n\s*(?=<)", "", html)  # each would be a node; line breaks of articles are written &#10;


def _words(text: str) -> Markup:
    """Words of an article with their line breaks."""
    from markupsafe import Markup, escape

    return Markup(str(escape(text)).replace("\n", "&#10;"))  # noqa: S704 - escaped


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("sayso.show"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "act": wording.act, "apart": wording.apart, "clean": wording.clean, "day_long": wording.day_long,
        "day_short": wording.day_short, "short": wording.short,
        "day_told": _day_told, "fields": fields, "json": _json, "line": wording.one_line, "marked_up": _link,
        "month": wording.month, "ordinal": wording.ordinal, "speaker": _speaker, "telling": telling, "tone": wording.tone,
        "weekday": wording.weekday, "said": wording.said, "words": _words, "month_of": month_of, "zip_index": enumerate,
        "key_words": key_words, "relation": wording.relation,
        "year_names": lambda years: [(year, "no day" if year == NO_DAY else year) for year in years],
    }  # fmt: skip
    environment.globals |= {
        "count": wording.count, "untold": wording.untold(), "no_day": NO_DAY, "per_occasion": OCCASION,
        "copies_named": COPIES, "lines_shown": LINES, "drawn": DRAWN, **_own(),
    }  # fmt: skip
    return environment


def _link(ref: str) -> str | None:
    """The address, if it is one on the web."""
    return ref if re.match(r"https?://[^\s\"'<>]+\Z", ref) else None


def _own() -> dict[str, Any]:
    """Our style and script with the policy that lets nothing else count."""
    from markupsafe import Markup

    style, script = _file("style.css"), _file("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return {"style": Markup(style), "script": Markup(script), "policy": policy}  # noqa: S704 - our own files


def _file(name: str) -> str:
    """A file of ours without comments and the white space that only its readers need."""
    text = resources.files("sayso.show").joinpath(name).read_text("utf-8")
    text = re.sub(r"/\*.*?\*/|^\s*//[^\n]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
