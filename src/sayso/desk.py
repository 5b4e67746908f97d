"""The desk: a dozen methods of a few lines, the only place where the rooms are joined."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from sayso import workers
from sayso.errors import AskError, LedgerError, SaysoError, SourceError
from sayso.ids import judgement_id
from sayso.ledger import Ledger, Query, faults
from sayso.model import (
    Article,
    Copy,
    Decision,
    Entry,
    Fault,
    History,
    Hit,
    Hits,
    Judgement,
    Link,
    Note,
    Reading,
    Receipt,
    Refused,
    Saying,
    Sighting,
    Thread,
)
from sayso.workers import ArticleReader, Work

if TYPE_CHECKING:
    from sayso.lexicon import Lexicon
    from sayso.weave import Loom

Arrival = tuple[Article, Sighting]

AHEAD = 4
"""Articles a worker may be ahead of the one being kept: enough to stay busy, few enough for millions."""

COPIES = 3
"""Copies of an article that are shown with what was cut and added; the others are named."""

FEW = 4
"""Up to this many articles, starting workers takes longer than reading."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article in the ledger with what is said in it: one input of ``Desk.read``, or an answer of ``Desk.show``."""

    article: Article
    refs: tuple[str, ...]
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...] = ()
    receipt: Receipt | None = None
    """What reading it did to the ledger; None if it was only looked up."""
    copies: tuple[Copy, ...] = ()
    """Articles that are other printings of its text, those that share most with it first."""


@dataclass(frozen=True, slots=True)
class _OurReader:
    reader: Any

    @property
    def fingerprint(self) -> str:
        return str(self.reader.fingerprint)

    def read(self, article: Article) -> Reading:
        from sayso.read import read_article

        return read_article(article, self.reader)


def our_reader(cards: Path | None = None) -> ArticleReader:
    """The reader that ships with the program, a user's cards laid over ours."""
    from sayso.lexicon import Lexicon
    from sayso.read import Reader

    return _OurReader(Reader.load(threads=1, lexicon=Lexicon.load(cards)))


@dataclass
class Desk:
    """A ledger with everything that can be asked of it. Nothing is opened before it is needed."""

    path: Path
    cards: Path | None = None
    threshold: float = 0.5
    """Statements below it are kept as suggested."""
    load: Callable[[], ArticleReader] | None = None
    """How workers get their reader; the one that ships with the program if None."""
    debug: bool = False
    """Whether an article that breaks the reader stops everything, with a traceback."""
    _open: dict[bool, Ledger] = field(default_factory=dict, repr=False)

    def close(self) -> None:
        """Lets go of the file."""
        self.__dict__.pop("_loom", None)
        while self._open:
            self._open.popitem()[1].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- in ---------------------------------------------------------------------------------------------------------

    def read(
        self,
        paths: Iterable[str | Path],
        *,
        jobs: int | None = None,
        outlet: str | None = None,
        published: str | None = None,
        again: bool = False,
        stdin: BinaryIO | None = None,
    ) -> Iterator[Page | Refused]:
        """Reads texts into the ledger, one transaction an article, and gives each as it now stands there.

        Nothing happens before the answer is iterated. Order of input is order of output and of the ledger, whatever
        ``jobs`` says. An article that this reader has read is not read again. ``again`` takes back articles
        that were forgotten. An input that cannot be read is given as ``Refused``; a ledger that cannot be used raises
        ``LedgerError``.
        """
        from sayso import weave
        from sayso.intake import arrivals

        ledger = self._ledger(write=True)
        weave.catch_up(ledger, self._loom)
        inputs = arrivals([str(path) for path in paths], stdin=stdin, outlet=outlet, published=published)
        for arrival, reading in self._readings(ledger, inputs, jobs):
            if isinstance(reading, Refused):
                yield reading
            else:
                yield self._keep(ledger, arrival, reading, again=again)

    def _readings(
        self, ledger: Ledger, inputs: Iterator[tuple[Article, Sighting] | Refused], jobs: int | None
    ) -> Iterator[tuple[Any, Reading | Refused | None]]:
        """Each arrival with its reading, in order; no reading for what is read already."""
        with self._workers(inputs, jobs) as (ahead, inputs, work):
            waiting: deque[tuple[Any, Callable[[], Reading | Refused | None]]] = deque()
            for arrival in inputs:
                waiting.append((arrival, self._task(ledger, arrival, work)))
                if len(waiting) > ahead:
                    yield _done(waiting.popleft())
            while waiting:
                yield _done(waiting.popleft())

    def _task(self, ledger: Ledger, arrival: Any, work: Work) -> Callable[[], Reading | Refused | None]:
        if isinstance(arrival, Refused):
            return lambda: arrival
        article, sighting = arrival
        if ledger.has_reading(article.id, self.reader.fingerprint):
            return lambda: None
        if not article.read:
            return lambda: Reading(article.id, self.reader.fingerprint)
        return partial(self._guarded, sighting.ref, work(article))

    def _guarded(self, ref: str, result: Callable[[], Reading]) -> Reading | Refused:
        """One article that breaks the reader must not end a run over a million."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            return result()
        except BrokenProcessPool as error:
            told = (
                "a worker was ended from outside (out of memory?); finished articles are kept: run again with --jobs 1"
            )
            raise SaysoError(f"{ref}: {told}") from error
        except Exception as error:
            if self.debug:
                raise
            reason = f"reading failed ({type(error).__name__}: {error}); please report it with the output of --debug"
            return Refused(ref, " ".join(reason.split()))

    @contextmanager
    def _workers(self, inputs: Iterator[Any], jobs: int | None) -> Iterator[tuple[int, Iterator[Any], Work]]:
        """How far to read ahead, the inputs, and how to have one read: here, or by worker processes."""
        first = list(islice(inputs, FEW + 1))
        many = min(2, os.cpu_count() or 1) if len(first) > FEW else 1
        inputs = chain(first, inputs)
        if (jobs or many) == 1:
            yield 0, inputs, lambda article: lambda: self.reader.read(article)
            return
        pool = workers.pool(jobs or many, self._load)
        try:
            yield (jobs or many) * AHEAD, inputs, lambda article: workers.result(pool.submit(workers.read, article))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _keep(self, ledger: Ledger, arrival: Arrival, reading: Reading | None, *, again: bool) -> Page | Refused:
        from sayso import weave

        article, sighting = arrival
        if not again and (day := ledger.forgotten(article.id)):
            return Refused(sighting.ref, f"forgotten on {day} and kept out; --again takes it back")
        if reading and sighting.told:
            reading = replace(reading, notes=(*sighting.told, *reading.notes))
        try:
            receipt = ledger.add(article, sighting, reading, self.threshold, again=again)
        except SourceError as error:
            return Refused(sighting.ref, str(error))
        weave.add(ledger, receipt, self._loom)
        return self._page(ledger, ledger.article(article.id) or article, (sighting.ref,), receipt)

    @property
    def _load(self) -> Callable[[], ArticleReader]:
        return self.load or partial(our_reader, self.cards)

    @cached_property
    def reader(self) -> ArticleReader:
        """The reader of this process."""
        return self._load()

    def forget(self, ref: str, day: str | None = None) -> tuple[str, ...]:
        """Removes the articles seen at a ref (or with an id) and all that rests on them; gives their ids.

        The ids and the day (today if not given) stay in the ledger, and the articles are kept out from then on.
        """
        gone = self._ledger(write=True, create=False).forget(ref, day or date.today().isoformat())
        if gone:
            self.__dict__.pop("_loom", None)  # it may remember what is gone
            self._loom.settle()
        return gone

    @cached_property
    def _loom(self) -> Loom:
        from sayso.weave import Loom
        from sayso.weave.craft import Craft

        ledger = self._ledger(write=True)
        return Loom(ledger, Craft(ledger.woven, self.lexicon))

    def judge_same(self, a: str, b: str, *, by: str | None = None, note: str | None = None) -> Judgement:
        """Keeps that two statements, sayings or threads (by id) say one thing: they share a thread from now on."""
        return self._judge("same", a, b, by, note)

    def judge_not_same(self, a: str, b: str, *, by: str | None = None, note: str | None = None) -> Judgement:
        """Keeps that two statements, sayings or threads (by id) do not say one thing: they never share a thread."""
        return self._judge("not_same", a, b, by, note)

    def _judge(self, says: str, a: str, b: str, by: str | None, note: str | None) -> Judgement:
        ledger = self._ledger(write=True, create=False)
        about = tuple(self._woven_id(ledger, id_) for id_ in (a, b))
        statements = [ledger.woven.stands_for(id_) for id_ in about]
        if statements[0] == statements[1]:
            raise AskError(f"{a} and {b}: one and the same; give two that differ")
        told = {"says": says, "by": by, "when": date.today().isoformat(), "note": note, "field": None, "value": None}
        judgement = Judgement(judgement_id(about, told), about, **told)  # type: ignore[arg-type]
        self._loom.judge(judgement, statements)
        return judgement

    def _woven_id(self, ledger: Ledger, id_: str) -> str:
        found = ledger.woven.complete(id_)
        if found is None:
            raise AskError(f"{id_}: no saying in {self.path}; give an id that begins with st_, sy_ or th_")
        return found

    # --- out --------------------------------------------------------------------------------------------------------

    def seen(
        self,
        words: str,
        *,
        by: str | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        suggested: bool = False,
    ) -> Hits:
        """Whether words were said before: how often, by whom first, what is new. See ``sayso.ask.said.seen``."""
        from sayso.ask import seen

        return seen(
            self._ledger(), words, by=by, about=about, since=since, until=until, suggested=suggested,
            lexicon=self.lexicon, like=self._like,
        )  # fmt: skip

    def _like(self, words: str) -> Iterable[tuple[str, Decision]]:
        """Statements that may mean the same as words, by id, and what the words would be to each."""
        from sayso.read import read_words
        from sayso.weave.asked import like
        from sayso.weave.craft import Craft

        if not isinstance(self.reader, _OurReader) or not self._ledger().woven.count():
            return ()
        woven = self._ledger().woven
        return like(woven, Craft(woven, self.lexicon), read_words(words, self.reader.reader))

    def again(
        self, *, by: str | None = None, about: str | None = None, since: str | None = None, until: str | None = None
    ) -> Iterator[History]:
        """What was said more than once by somebody, about something, between days: threads, said most first."""
        from sayso.ask import again

        return again(self._ledger(), by=by, about=about, since=since, until=until, lexicon=self.lexicon)

    def told(self, id_: str) -> Hit | History | None:
        """A saying or thread opened: its statements by day, and what each saying is to those before it."""
        from sayso.ask import history, saying

        ledger = self._ledger()
        full = ledger.woven.complete(id_) or id_
        return saying(ledger, full) if full.startswith("sy_") else history(ledger, full)

    def name(self, id_: str) -> str:
        """What an id of the cards is called: a state, an agreement, a person, a formula; else the id itself."""
        lexicon = self.lexicon
        for table in (lexicon.states, lexicon.agreements, lexicon.persons):
            if card := table.get(id_):
                return card.name
        return lexicon.formulas[id_].formula if id_ in lexicon.formulas else id_

    def links(self, saying: str) -> tuple[Link, ...]:
        """What a saying is to those before it, and what later ones are to it."""
        from sayso.ask import links

        return links(self._ledger(), saying)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The cards."""
        from sayso.lexicon import Lexicon

        return Lexicon.load(self.cards)

    def threads(self) -> Iterator[Thread]:
        """Sayings of one point over time, by id."""
        return self._ledger().woven.threads()

    def thread(self, id_: str) -> Thread | None:
        """The thread that an id leads to: its own, or that of a thread that was merged into it."""
        woven = self._ledger().woven
        return woven.thread(woven.complete(id_) or id_)

    def thread_of(self, id_: str) -> str | None:
        """The id of the thread that a statement, saying or thread is in."""
        woven = self._ledger().woven
        first = next(iter(woven.statements_of(woven.complete(id_) or id_)), None)
        lead = woven.strands("statement", first)[0].thread if first else None
        return None if lead is None else woven.name(lead)

    def saying(self, id_: str) -> Saying | None:
        """The saying with an id."""
        woven = self._ledger().woven
        lead = woven.lead_of(woven.complete(id_) or id_)
        return None if lead is None else woven.saying(lead)

    def show(self, name: str, *, suggested: bool = True) -> Entry | Page | Saying | Thread | None:
        """The statement, saying, thread or article with an id (its beginning will do), or the article seen at a ref."""
        ledger = self._ledger()
        if name.startswith(("sy_", "th_")):
            return self.saying(name) or self.thread(name)
        if entry := ledger.entry(name):
            return entry
        if article := ledger.article(name):
            page = self._page(ledger, article, ledger.refs(article.id), suggested=suggested)
            return replace(page, copies=self._nearest(article))
        return None

    def _nearest(self, article: Article) -> tuple[Copy, ...]:
        from sayso.weave.copies import nearest

        return nearest(self._ledger(), article, COPIES)

    def _page(
        self,
        ledger: Ledger,
        article: Article,
        refs: tuple[str, ...],
        receipt: Receipt | None = None,
        *,
        suggested: bool = True,
    ) -> Page:
        entries = tuple(ledger.entries(Query(article=article.id, suggested=suggested)))
        return Page(article, refs, entries, ledger.notes(article.id), receipt, ledger.copies(article.id))

    def reports(self, entry: Entry) -> tuple[Entry, ...]:
        """The other reports of a statement's saying, in copies of its article."""
        from sayso.ask import reports

        return tuple(reports(self._ledger(), entry))

    def export(self, *, suggested: bool = False, with_text: bool = False) -> Iterator[dict[str, Any]]:
        """Every record, in an order in which `sort -m` merges ledgers."""
        return self._ledger().export(suggested=suggested, with_text=with_text)

    def verify(self) -> Iterator[Fault]:
        """Everything wrong with the ledger; nothing if every word is where it is said to be."""
        try:
            ledger = self._ledger(write=True, create=False)
        except LedgerError:
            ledger = self._ledger()  # what may not be written can still be proved, the search index apart
        return faults(ledger)

    def counts(self) -> dict[str, int]:
        """How much the ledger holds."""
        return self._ledger().counts()

    def page(self, out: str | Path) -> tuple[Path, ...]:
        """Writes the page to look at: a folder for a path that is one or ends in ``/``, else one file. Gives what changed."""
        from sayso.show import page
        from sayso.show.threads import Woven

        ledger, lexicon = self._ledger(), self.lexicon
        names = {card.id: card.name for table in (lexicon.states, lexicon.agreements) for card in table.values()}
        kept = [
            page.Kept(article, ledger.refs(article.id), ledger.notes(article.id), self._nearest(article))
            for article in ledger.articles()
        ]
        sayings = {statement: saying.id for saying in ledger.woven.sayings() for statement in saying.statements}
        woven = Woven(tuple(ledger.woven.threads()), tuple(ledger.woven.links()), sayings)
        return page.write(ledger.entries(), out, kept, names=names, woven=woven)

    def demo(self, folder: Path) -> Iterator[Page | Refused]:
        """Copies the example pages that ship with the program into a folder and reads them."""
        from importlib import resources

        folder.mkdir(parents=True, exist_ok=True)
        examples = [
            e for e in resources.files("sayso").joinpath("examples").iterdir() if e.name.endswith((".txt", ".html"))
        ]
        for example in examples:
            (folder / example.name).write_bytes(example.read_bytes())
        return self.read(sorted(folder / example.name for example in examples))  # not what else lies there

    def _ledger(self, *, write: bool = False, create: bool = True) -> Ledger:
        if write in self._open or True in self._open:
            return self._open.get(True) or self._open[write]
        self._open[write] = Ledger.open(self.path, create=write and create, readonly=not write)
        return self._open[write]


def open_desk(
    path: str | Path = "sayso.db", *, cards: str | Path | None = None, threshold: float = 0.5, debug: bool = False
) -> Desk:
    """The desk over a ledger file, which is made when something is first read into it. Public as ``sayso.open``."""
    return Desk(Path(path), Path(cards) if cards else None, threshold, debug=debug)


def _done(task: tuple[Any, Callable[[], Any]]) -> tuple[Any, Any]:
    arrival, result = task
    return arrival, result()
