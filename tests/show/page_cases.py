"""What the page is tried on: our own examples as read, odd texts, and texts that would like to run as script."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from sayso import ids
from sayso.model import Act, Article, Block, Copy, Entry, Found, Link, Relation, Statement, Thread, Why
from sayso.show.page import Kept
from sayso.show.threads import Woven
from tests import factory

TEMPLATES = (
    "<script>RUN</script>",
    '"><script>RUN</script>',
    "'><img src=x onerror=RUN>",
    '"><img src=x onerror="RUN">',
    "</script><script>RUN</script>",
    "</style><script>RUN</script>",
    "</title><script>RUN</script>",
    "<svg onload=RUN>",
    "<svg><script>RUN</script></svg>",
    "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
    "<body onload=RUN>",
    "<details open ontoggle=RUN>",
    "<input autofocus onfocus=RUN>",
    "<a href='javascript:RUN'>words</a>",
    "javascript:RUN",
    "<math><mi xlink:href='data:text/html,<script>RUN</script>'>",
    "--><script>RUN</script><!--",
    "<!--><script>RUN</script>",
    "]]><script>RUN</script>",
    "{{ ''.__class__ }}<script>RUN</script>",
    "{% raw %}<script>RUN</script>",
    "<scr<script>ipt>RUN</scr</script>ipt>",
    "\u2028<script>RUN</script>\u2029",
    "<object data='javascript:RUN'></object>",
    "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
)
SCRIPTS = tuple(text.replace("RUN", f"window.ran=({n})") for n, text in enumerate(TEMPLATES * 2))
"""Fifty texts; the second half stands in fields of the page rather than in its words."""


def entry(of: Article, statement: Statement, *refs: str) -> Entry:
    return Entry(statement, of, refs or ("page.txt",))


def page(text: str, *pieces: str, **fields: Any) -> list[Entry]:
    """An article in which every piece is said by a minister."""
    article_fields = {name: fields.pop(name) for name in ("title", "outlet", "published", "blocks") if name in fields}
    article = factory.article(text, **article_fields)
    said = {
        "speaker": "Jane Alpha",
        "state": "NOR",
        "dyad": ("NOR", "EAS"),
        "act": "warn",
        "core": True,
        "polarity": -2,
    }
    return [entry(article, factory.statement(article, piece, **said | fields)) for piece in pieces]


def odd() -> list[Entry]:
    """An emoji and a combining mark before a quotation, a statement in two pieces, one nested, one in a caption."""
    text = (
        'Talks 🤝 in the café: "We see a way", she said, "and we shall go it".\n\n'
        "The Post reported that Beta said talks were over.\nCaption: Alpha says no."
    )
    end = text.index("Caption")
    blocks = (Block(0, end - 1, "body"), Block(end, len(text), "caption"))
    article = factory.article(text, blocks=blocks, title="تجربة " + "a headline without an end " * 12)
    two = factory.statement(article, '"We see a way"', '"and we shall go it"', form="direct", speaker="Jane Alpha")
    outer = factory.statement(
        article, "Beta said talks were over", speaker="The Post", form="indirect", said="2025-03-03"
    )
    inner = factory.statement(article, "talks were over", speaker="Beta", form="indirect", said="2025-03-03")
    low = factory.statement(article, "no", speaker="Jane Alpha", kind="attitude")
    return [
        entry(article, statement, "https://example.org/a?b=1&c=2", "odd.txt") for statement in (two, outer, inner, low)
    ]


def printed() -> tuple[list[Entry], list[Kept]]:
    """Two printings of one text with what only one of them has, and a third that is not on the page."""
    whole = page("Ties are at an end, she said.\n\nThey began <in> 1933.", "Ties are at an end", outlet="Example Post")
    cut = page("Ties are at an end, she said.", "Ties are at an end", outlet="Example Courier")
    first, second = whole[0].article, cut[0].article
    lost = ("They began <in> 1933.",)
    copies = (
        Copy(first.id, second.id, "b.txt", 0.6, 0.0, 0.4, lines_added=lost),
        Copy(first.id, "ar_0123456789abcdef", "gone.txt", 1.0, 0.0, 0.0),
    )
    back = Copy(second.id, first.id, "a.txt", 1.0, 0.4, 0.0, lines_cut=lost)
    return whole + cut, [Kept(first, ("a.txt",), copies=copies), Kept(second, ("b.txt",), copies=(back,) * 5)]


def thread() -> tuple[list[Entry], Woven]:
    """Four sayings of one point: first, harder, again the day after, softer; two reports of the last. One saying by itself."""
    said = [
        ("Ties are poor.", "Ties are poor", "2029-03-03"),
        ("Ties are on the verge of rupture.", "Ties are on the verge of rupture", "2030-03-03"),
        ("Ties are on the verge of rupture now.", "Ties are on the verge of rupture now", "2030-03-04"),
        ("Ties are poor but alive, she said.", "Ties are poor but alive", "2031-03-04"),
        ("Ties are poor but alive, said Alpha.", "Ties are poor but alive", "2031-03-04"),
        ("Fish is dear.", "Fish is dear", "2031-03-04"),
    ]
    entries = [page(text, words, said=day)[0] for text, words, day in said]
    ids_ = [ids.content_id("sy_", e.statement.id) for e in entries]
    ids_[4] = ids_[3]
    relations: list[tuple[int, int, Relation]] = [(0, 1, "hardens"), (1, 2, "recurs"), (2, 3, "softens")]
    links = tuple(
        Link(f"ln_{n:016x}", ids_[a], ids_[b], relation, 0.9, "confirmed", (Why("force", "poor", "<verge>"),))
        for n, (a, b, relation) in enumerate(relations)
    )
    threads = (
        Thread("th_0000000000000001", tuple(ids_[:4]), "ties"),
        Thread("th_0000000000000002", (ids_[5],), "fish"),
    )
    return entries, Woven(threads, links, {e.statement.id: id_ for e, id_ in zip(entries, ids_, strict=True)})


def attacks() -> list[Entry]:
    """The fifty scripts: in words said, and in title, outlet, speaker, role, ref and reason."""
    found: list[Entry] = []
    for n, script in enumerate(SCRIPTS[:25]):
        text = f"{script} is what she said of {n}."
        other = SCRIPTS[25 + n]
        article = factory.article(text, title=other, outlet=other, published="2025-03-03", language=other)
        plain = factory.statement(article, script, speaker=other, said="2025-03-03", state=other)
        why = replace(plain.speaker, role=other, why=other, name=other)
        statement = replace(plain, speaker=why, act=Act(other, 0.5, other), topics=Found((other,), 0.5, other))
        found.append(Entry(statement, article, (other, f"http://x/{other}")))
    return found


@cache
def examples() -> tuple[Entry, ...]:
    """The pages of ``sayso demo``, as read."""
    from importlib import resources

    from sayso.intake import arrivals
    from sayso.read import Reader, read_article

    reader = Reader.load(threads=1)
    folder = str(resources.files("sayso").joinpath("examples"))
    taken = [arrival for arrival in arrivals([folder]) if isinstance(arrival, tuple)]
    return tuple(
        Entry(statement, article, (sighting.ref.rsplit("/", 1)[-1],))
        for article, sighting in taken
        if article.read
        for statement in read_article(article, reader).statements
        if statement.certainty >= 0.5
    )


def many(articles: int, statements: int) -> list[Entry]:
    """A ledger of some size, two weeks a hundred articles."""
    found = []
    for n in range(articles):
        sayings = [f"Point {n}.{k} of the talks will not be given up by us" for k in range(statements)]
        day = f"2025-{1 + n * 12 // articles:02}-{1 + n % 28:02}"
        text = "\n\n".join(f"{words}, Minister Jane Alpha said on Monday." for words in sayings)
        blocks = _paragraphs(text)
        found += page(text, *sayings, said=day, published=day, blocks=blocks, title=f"Report {n}", source=None)
    return found


def _paragraphs(text: str) -> tuple[Block, ...]:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(at, at + len(paragraph), "body"))
        at += len(paragraph) + 2
    return tuple(blocks)
