"""The command line: parses, calls the desk, renders; no thought of its own. Exit status and options as in docs/cli."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from sayso.errors import SaysoError
from sayso.settings import FORMATS, KNOWN, settings

if TYPE_CHECKING:
    from sayso.desk import Desk
    from sayso.model import Judgement, Refused
    from sayso.show.said import Look

Lines = Callable[[Any], Iterable[str]]
Records = Callable[[Any], Iterable[dict[str, Any]]]

OK, SOME, WRONG, INTERRUPTED = 0, 1, 2, 130
"""All well; something unread, found wrong or not found; wrong usage; interrupted."""


class Door:
    """What every command takes: the settings, the desk behind them, and where the answer goes."""

    def __init__(self, flags: dict[str, Any], output: Path | None, debug: bool, stack: ExitStack) -> None:
        self.settings = settings(flags)
        self.output, self.debug, self._stack = output, debug, stack

    def __getitem__(self, name: str) -> Any:
        return self.settings[name].value

    @cached_property
    def desk(self) -> Desk:
        """The desk over the ledger of the settings."""
        return self.desk_at(self["ledger"])

    def desk_at(self, ledger: str | Path) -> Desk:
        """The desk over another ledger."""
        from sayso.desk import open_desk

        desk = open_desk(ledger, cards=self["cards"], threshold=self["threshold"], debug=self.debug)
        return self._stack.enter_context(desk)

    @property
    def format(self) -> str:
        """As asked, else a table on a terminal and JSON lines otherwise."""
        return self["format"] or ("table" if not self.output and sys.stdout.isatty() else "jsonl")

    @property
    def look(self) -> Look:
        """How to write sayings: coloured on a terminal, what differs in brackets elsewhere."""
        from sayso.show.said import Look

        colour = _colour() is None and not self.output and sys.stdout.isatty()
        return Look(colour=colour, name=self.desk.name)

    def give(self, answers: Iterable[Any], lines: Lines | None, records: Records) -> None:
        """Renders each answer as it comes, as text (where there is one) or as records."""
        form = self.format if lines or self.format != "table" else "jsonl"
        with _out(self.output) as out:
            if lines and form == "table":
                for line in (line for answer in answers for line in lines(answer)):
                    click.echo(line, file=out, color=_colour())
            else:
                from sayso.show.formats import exporter

                exporter(form)((record for answer in answers for record in records(answer)), out)


def _colour() -> bool | None:
    """None lets click look whether it writes to a terminal."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


@contextmanager
def _out(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is written at once or not at all."""
    if output is None:
        yield sys.stdout
        return
    whole = output.is_file() or not output.exists()  # a pipe or a device is written to, not replaced
    draft = output.with_name(f".{output.name}.{os.getpid()}") if whole else output
    try:
        with draft.open("w", encoding="utf-8", newline="") as out:
            yield out
        if whole:
            draft.replace(output)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise SaysoError(f"{output}: cannot be written ({error.strerror}); choose another --output") from error
    finally:
        if whole:
            draft.unlink(missing_ok=True)


def _command(
    *options: Callable[..., Any],
    formats: Sequence[str] = FORMATS,
    group: click.Group | None = None,
    name: str | None = None,
) -> Callable[..., click.Command]:
    """A command with its own options and those of every command; its function is given a ``Door`` in place of them."""
    shared = [
        click.option("--ledger", metavar="FILE", help="The ledger.  [default: $SAYSO_LEDGER, else sayso.db]"),
        click.option("--cards", metavar="DIR", help="Your cards, laid over ours."),
        click.option(
            "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write there, at once or not at all."
        ),
        click.option("--debug", is_flag=True, help="Show the traceback of an error."),
    ]
    if formats:
        told = "How to answer.  [default: table on a terminal, else jsonl]"
        shared.insert(0, click.option("--format", type=click.Choice(formats), help=told))

    def made(function: Callable[..., int]) -> click.Command:
        @wraps(function)
        def run(output: Path | None, debug: bool, **given: Any) -> int:
            flags = {name: given.pop(name) for name in KNOWN if name in given}
            with ExitStack() as stack:
                return function(Door(flags, output, debug, stack), **given)

        told, _, examples = (function.__doc__ or "").partition("Examples:")
        examples = "\b\nExamples:\n" + "\n".join("  " + line.strip() for line in examples.strip().splitlines())
        for option in reversed([*options, *shared]):
            run = option(run)
        return (group or sayso).command(name, help=told, epilog=examples)(run)

    return made


SUGGESTED = click.option("--suggested", is_flag=True, help="Also what is less certain than the threshold.")
WITH_TEXT = click.option("--with-text", is_flag=True, help="Article records hold the text.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "--version", package_name="sayso", message="sayso %(version)s")
def sayso() -> None:
    """Reads news about relations between states and tells who said what: for whom, when, and through whom we know.

    Start with `sayso demo`.
    """


@_command(
    click.argument("paths", nargs=-1, required=True, metavar="PATH...|-"),
    click.option("--jobs", metavar="N", help="How many articles to read at once.  [default: 2 for more than a few]"),
    click.option("--outlet", metavar="NAME", help="Where the articles stand, if they do not tell."),
    click.option("--published", metavar="DATE", help="The day they were published, if they do not tell."),
    click.option("--threshold", metavar="P", help="Keep less certain statements as suggested.  [default: 0.5]"),
    click.option("--again", is_flag=True, help="Take back articles that were forgotten."),
    SUGGESTED,
    WITH_TEXT,
)
def read(door: Door, paths: tuple[str, ...], suggested: bool, with_text: bool, **how: Any) -> int:
    """Reads articles into the ledger and prints what is said in them.

    PATH is a text or HTML file, a folder of them, or JSON lines ({"id", "text"} or {"id", "html"});
    - is standard input.    Reading the same again adds nothing.

    Examples:
    sayso read page.html
    sayso read news/ --jobs 2 --output statements.jsonl
    curl -s https://example.org/page | sayso read - --outlet "Example Post"

    """
    _day(how["published"])
    from sayso import records
    from sayso.show import terminal

    refused: list[Refused] = []

    def lines(page: Any) -> Iterator[str]:
        yield from terminal.page(page.article, page.refs, _chosen(page.entries, suggested), page.notes)
        yield ""

    def plain(page: Any) -> Iterator[dict[str, Any]]:
        yield records.of_article(page.article, page.refs[0], with_text=with_text)
        for entry in _chosen(page.entries, suggested):
            yield records.of_statement(entry.statement, page.refs[0], entry.level)

    with _progress(door.desk.read(paths, jobs=door["jobs"], **how), door) as pages:
        door.give(_taken(pages, refused), lines, plain)
    return SOME if refused else OK


def _taken(pages: Iterable[Any], refused: list[Refused]) -> Iterator[Any]:
    """The pages; what was not read, or is odd, told on standard error in one line an input."""
    from sayso.model import Refused

    for page in pages:
        if isinstance(page, Refused):
            refused.append(page)
            _told(f"{page.ref}: {page.reason}")
            continue
        if page.article.why_not_read:
            _told(f"{page.refs[0]}: kept, but not read: {page.article.why_not_read}")
        elif page.notes:
            _told(f"{page.refs[0]}: read, but it has {'; '.join(note.text for note in page.notes)}")
        yield page


@contextmanager
def _progress(pages: Iterator[Any], door: Door) -> Iterator[Iterable[Any]]:
    """A bar on standard error, unless that is no terminal or the answer itself appears there."""
    if not sys.stderr.isatty() or (sys.stdout.isatty() and not door.output):
        yield pages
        return
    with click.progressbar(pages, label="reading", file=sys.stderr, show_pos=True) as bar:
        yield bar


def _chosen(entries: Iterable[Any], suggested: bool) -> Iterator[Any]:
    return (entry for entry in entries if suggested or entry.level == "confirmed")


def _day(day: str | None) -> None:
    from datetime import datetime

    try:
        datetime.fromisoformat(day or "2025-02-11")
    except ValueError:
        raise click.UsageError(f"{day}: not a day; write it as 2025-02-11") from None


@_command(
    click.argument("words", required=False),
    click.option("--by", metavar="NAME", help="A person, body or state."),
    click.option("--about", metavar="NAME", help="A state, agreement or topic."),
    click.option("--since", metavar="DATE", help="Said on this day or later."),
    click.option("--until", metavar="DATE", help="Said on this day or earlier."),
    SUGGESTED,
)
def seen(door: Door, words: str | None, suggested: bool, **asked: Any) -> int:
    """Was it said before? The first line answers, then the sayings by day; reports of one saying count once.

    Without WORDS: what was said more than once, said most first.

    Exit status 1 if nothing is found.

    Examples:
    sayso seen "on the verge of rupture" --by Russia
    sayso seen "no illusions" --since 2020-01-01 --about USA
    sayso seen --by Russia --about USA

    """
    from sayso import records
    from sayso.show import said

    if words is None:
        histories = list(door.desk.again(**asked))
        door.give([histories], lambda found: said.threads(found, door.look), lambda _: _threads(histories))
        if not histories:
            _told("Nothing was said more than once in what this ledger holds of it")
        return OK if histories else SOME
    hits = door.desk.seen(words, suggested=suggested, **asked)

    def plain(_: Any) -> Iterator[dict[str, Any]]:
        return map(records.of_hit, hits.hits)

    door.give([hits], lambda answer: said.hits(answer, door.look), plain)
    if not hits.hits and door.format != "table":
        _told(said.first_line(hits, door.look))
    return OK if hits.hits else SOME


def _threads(histories: Iterable[Any]) -> Iterator[dict[str, Any]]:
    from sayso import records

    return (records.of_thread(history.thread) for history in histories)


@_command(
    click.argument("name", metavar="ID|REF"),
    click.option("--why", is_flag=True, help="Open every field to its words, every link to its reasons."),
)
def show(door: Door, name: str, why: bool) -> int:
    """Opens one statement, saying, thread or article to its words. The beginning of an id will do; a REF is a path or
    address as read.

    Examples:
    sayso show st_0123456789abcdef --why
    sayso show th_0123456789abcdef --why
    sayso show news/page.html

    """
    from sayso.desk import Page
    from sayso.model import Saying, Thread
    from sayso.show import terminal

    if name.startswith(("sy_", "th_")):
        return _belonging(door, name, why)
    found = door.desk.show(name)
    assert not isinstance(found, (Saying, Thread))
    if found is None:
        known = "an id that begins with ar_, st_, sy_ or th_, or a path as it was read"
        _tell(f"{name}: not in {door['ledger']}; give {known}")
        return SOME

    def lines(_: Any) -> Iterator[str]:
        if not isinstance(found, Page):
            yield from terminal.opened(found, door.desk.reports(found), why=why)
            return
        yield from terminal.page(found.article, found.refs, found.entries, found.notes, copies=found.copies, ids=True)
        for entry in found.entries if why else ():
            yield ""
            yield from terminal.opened(entry, why=True)

    door.give([found], lines, _shown)
    return OK


def _belonging(door: Door, id_: str, why: bool) -> int:
    """Opens a saying or a thread."""
    from sayso import records
    from sayso.model import History
    from sayso.show import said

    found = door.desk.told(id_)
    if found is None:
        _tell(f"{id_}: not in {door['ledger']}; give an id that begins with sy_ or th_")
        return SOME
    links = () if isinstance(found, History) else door.desk.links(str(found.saying))

    def lines(_: Any) -> Iterator[str]:
        if isinstance(found, History):
            return said.history(found, door.look, reasons=why)
        return said.saying(found, links, door.look, reasons=why)

    def plain(_: Any) -> Iterator[dict[str, Any]]:
        return records.of_history(found) if isinstance(found, History) else records.of_told(found)

    door.give([found], lines, plain)
    return OK


def _shown(found: Any) -> Iterator[dict[str, Any]]:
    from sayso import records
    from sayso.desk import Page

    if isinstance(found, Page):
        copies = [records.of_copy(copy) for copy in found.copies]
        yield from (records.of_article(found.article, ref) | {"copies": copies} for ref in found.refs)
    for entry in found.entries if isinstance(found, Page) else (found,):
        yield records.of_statement(entry.statement, next(iter(entry.refs), ""), entry.level)


@_command(
    click.option("--format", type=click.Choice(["jsonl", "csv"]), help="How to write it.  [default: jsonl]"),
    SUGGESTED,
    WITH_TEXT,
    formats=(),
)
def export(door: Door, suggested: bool, with_text: bool) -> int:
    """Writes out every record: all as JSON lines, or the statements as CSV.

    The lines are sorted, so that `LC_ALL=C sort -mu` merges those of several ledgers.

    Examples:
    sayso export --output all.jsonl
    sayso export --format csv > statements.csv

    """
    records = door.desk.export(suggested=suggested, with_text=with_text)
    door.give([records], None, lambda each: each)
    return OK


@_command()
def verify(door: Door) -> int:
    """Proves the ledger: every span gives exactly the words stored, every id and hash is computed again.

    Exit status 1 if a fault is found.

    Examples:
    sayso verify
    sayso verify --ledger archive.db --format jsonl

    """
    found: list[Any] = []

    def faults() -> Iterator[Any]:
        for fault in door.desk.verify():
            found.append(fault)
            yield fault

    def plain(fault: Any) -> Iterator[dict[str, Any]]:
        yield {"type": "fault", "schema": 1, "record": fault.record, "what": fault.what}

    door.give(faults(), lambda fault: [f"{fault.record}: {fault.what}"], plain)
    counts = door.desk.counts()
    held = f"{counts['articles']} articles, {counts['statements']} statements"
    _tell(f"{len(found)} faults in {held}" if found else f"All well: {held}, every word where it is said to be.")
    return SOME if found else OK


@_command(click.argument("ref", metavar="REF|ID"), click.option("--yes", is_flag=True, help="Do not ask."), formats=())
def forget(door: Door, ref: str, yes: bool) -> int:
    """Removes an article and all that rests on it; its id and the day stay, and it is kept out from then on.

    The file is rewritten, so that none of its words remain in it. `read --again` takes an article back.

    Examples:
    sayso forget news/page.html
    sayso forget ar_0123456789abcdef --yes

    """
    if not yes and sys.stdin.isatty() and not click.confirm(f"Remove {ref} from {door['ledger']} for good?", err=True):
        return SOME
    gone = door.desk.forget(ref)
    for article in gone:
        _tell(f"forgotten: {article}")
    if not gone:
        _tell(f"{ref}: not in {door['ledger']}; give a path or address as it was read, or an id that begins with ar_")
    return OK if gone else SOME


@sayso.group()
def judge() -> None:
    """What people decide over the machine. It is kept, outranks every rule, and of two that disagree the later counts.

    A and B are ids of statements, sayings or threads, as `sayso show`, `seen` and `export` give them.
    """


JUDGING = (
    click.argument("a"),
    click.argument("b"),
    click.option("--by", metavar="NAME", help="Who judges."),
    click.option("--note", metavar="WORDS", help="Why."),
)


@_command(*JUDGING, group=judge)
def same(door: Door, a: str, b: str, by: str | None, note: str | None) -> int:
    """A and B say one thing: they share a thread from now on.

    Examples:
    sayso judge same st_0123456789abcdef st_fedcba9876543210 --by "Jane Alpha"

    """
    return _judged(door, door.desk.judge_same(a, b, by=by, note=note))


@_command(*JUDGING, group=judge, name="not-same")
def not_same(door: Door, a: str, b: str, by: str | None, note: str | None) -> int:
    """A and B do not say one thing: they never share a thread.

    Examples:
    sayso judge not-same sy_0123456789abcdef sy_fedcba9876543210 --note "another treaty"

    """
    return _judged(door, door.desk.judge_not_same(a, b, by=by, note=note))


def _judged(door: Door, judgement: Judgement) -> int:
    from sayso import records

    def lines(_: Any) -> Iterator[str]:
        yield f"{judgement.id}  {judgement.says.replace('_', ' ')}: {', '.join(judgement.about)}"
        for id_ in judgement.about:
            yield f"  {id_} is in {door.desk.thread_of(id_)}"

    door.give([judgement], lines, lambda each: [records.of_judgement(each)])
    return OK


@_command()
def config(door: Door) -> int:
    """Prints each setting with where it came from.

    A flag counts before $SAYSO_LEDGER, $SAYSO_CARDS, $SAYSO_FORMAT, $SAYSO_JOBS, $SAYSO_THRESHOLD;
    these before sayso.toml in the current folder; that before config.toml in your own settings folder.

    Examples:
    sayso config
    SAYSO_THRESHOLD=0.7 sayso config

    """

    def plain(setting: Any) -> Iterator[dict[str, Any]]:
        yield {"type": "setting", "schema": 1, "name": setting.name, "value": setting.value, "origin": setting.origin}

    def lines(setting: Any) -> Iterator[str]:
        value = "decided by the command" if setting.value is None else setting.value
        yield f"{setting.name:<10} {value}  ({setting.origin})"

    door.give(door.settings.values(), lines, plain)
    return OK


@_command(click.argument("out", metavar="OUT.html|OUT/"), formats=())
def page(door: Door, out: str) -> int:
    """Writes a page to look at: one file that needs nothing else, or a folder for a large ledger.

    Examples:
    sayso page sayso.html
    sayso page pages/

    """
    from sayso.show.page import AT_ONCE

    written = door.desk.page(out)
    articles = door.desk.counts()["articles"]
    if out.endswith(".html") and articles > AT_ONCE:
        _tell(f"{articles} articles in one file open slowly; sayso page {out.removesuffix('.html')}/ writes a folder")
    files = "the page" if len(written) == 1 else f"{len(written)} files"
    _tell(f"{out}: {files} written" if written else f"{out}: nothing to change")
    return OK


@_command(formats=())
def demo(door: Door) -> int:
    """Reads a few example pages into ./sayso-demo/sayso.db and tells what is said in them. Writes nowhere else.

    Examples:
    sayso demo

    """
    from sayso.show import terminal

    folder = Path("sayso-demo")
    ledger = folder / "sayso.db"
    refused: list[Refused] = []
    desk = door.desk_at(ledger)
    pages = list(_taken(desk.demo(folder), refused))
    with _out(door.output) as out:
        for page in pages:
            for line in (*terminal.page(page.article, page.refs, _chosen(page.entries, False), page.notes, most=2), ""):
                click.echo(line, file=out, color=_colour())
        for line in terminal.summary([entry for page in pages for entry in page.entries], str(ledger)):
            click.echo(line, file=out, color=_colour())
    for path in desk.page(folder / "page.html") or [folder / "page.html"]:
        _tell(f"A page to look at: {path}")
    return SOME if refused else OK


@sayso.group()
def cards() -> None:
    """Cards of your own: what sayso should know besides what it knows. Read with `--cards DIR`."""


@cards.command(
    "import", epilog="\b\nExamples:\n  sayso cards import people.ftm.json my-cards\n  sayso read news/ --cards my-cards"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", metavar="OUT_DIR", type=click.Path(path_type=Path))
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def import_cards(file: Path, folder: Path, debug: bool) -> int:  # noqa: ARG001 -- looked for by ``run``
    """Makes cards of the people, offices and bodies in FILE: FollowTheMoney or Wikidata entities, one a line."""
    from sayso.lexicon import Lexicon
    from sayso.lexicon.imports import convert

    found = convert(file, folder, Lexicon.load())
    left = (
        f"; left out: {found.without_name} without a name in Latin letters, "
        f"{found.without_post} offices without a post and {found.without_days} without days"
    )
    _told(f"{folder}: {len(found.persons)} persons, {len(found.bodies)} bodies{left}")
    return OK


def _tell(line: str) -> None:
    click.echo(line, err=True, color=_colour())


def _told(line: str) -> None:
    """One line on standard error, whatever the names in it hold."""
    _tell("".join(c if c.isprintable() else ascii(c)[1:-1] for c in line))


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit status; an error is one line on standard error, a closed pipe none."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = int(sayso.main(arguments, prog_name="sayso", standalone_mode=False) or OK)
        sys.stdout.flush()
        return status
    except click.ClickException as error:
        error.show()
        return WRONG
    except (click.Abort, KeyboardInterrupt):
        _tell("interrupted; finished articles are kept")
        return INTERRUPTED
    except SaysoError as error:
        if "--debug" in arguments:
            raise
        _told(f"sayso: {error}")
        return WRONG
    except OSError as error:
        if "--debug" in arguments:
            raise
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered goes nowhere
        if error.errno == errno.EPIPE:
            return SOME
        _told(f"sayso: {error.filename or 'standard output'}: {error.strerror or error}; finished articles are kept")
        return WRONG


def main() -> None:
    """The command ``sayso``."""
    # numpy's matrix library starts a thread for every core, a tenth of a second that no reading uses; workers inherit it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run())
