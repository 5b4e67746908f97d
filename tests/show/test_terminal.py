from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sayso.model import Copy, Entry, Hop, Note
from sayso.show import terminal
from tests import factory


def entries() -> list[Entry]:
    page, seen, reading = factory.example()
    return [Entry(statement, page, (seen.ref,)) for statement in reading.statements]


def plain(lines) -> list[str]:
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]


def test_a_page_tells_who_said_what_for_whom_when_and_how():
    first, *_ = entries()
    lines = plain(terminal.page(first.article, first.refs, [first], columns=100))
    assert lines == [
        "Ties with Eastland on the brink, says Norland",
        "Example Post · 2025-03-03 · page.txt",
        "  2025-03-03 · Minister Jane Alpha (NOR → EAS) · criticise −",
        "      Talks go nowhere",
    ]


@pytest.mark.parametrize(
    ("share", "cut", "told"),
    [
        (1.0, 0.0, "same text as b.txt"),
        (1.0, 0.57, "copy of b.txt, cut to 43%"),
        (0.9, 0.57, "copy of b.txt, cut to 43%, with 10% added"),
        (0.8, 0.0, "copied in b.txt, cut to 80%"),
        (0.3, 0.0, "copied in b.txt, cut to 30%"),
        (0.43, 0.1, "copied in b.txt, cut to 43%, with 10% added"),
        (0.3, 0.7, "shares 30% of its text with b.txt"),
    ],
)
def test_a_copy_is_told_with_what_was_cut_and_added(share: float, cut: float, told: str):
    first, *_ = entries()
    copy = Copy(first.article.id, "ar_1", "b.txt", share, cut, 1 - share)
    assert f"  {told}" in plain(terminal.page(first.article, first.refs, [first], columns=100, copies=[copy]))


def test_many_copies_are_a_number():
    first, *_ = entries()
    copies = [Copy(first.article.id, f"ar_{n}", f"{n}.txt", 1.0, 0.0, 0.0) for n in range(8)]
    lines = plain(terminal.page(first.article, first.refs, [first], columns=100, copies=copies))
    assert "  same text as 4.txt" in lines
    assert "  … and 3 more copies" in lines


def test_lines_that_only_one_printing_has_are_shown():
    first, *_ = entries()
    copy = Copy(first.article.id, "ar_1", "b.txt", 0.6, 0.2, 0.4, ("Ties began\x1b[2J in 1933.",), ("A line",) * 6)
    lines = plain(terminal.page(first.article, first.refs, [first], columns=100, copies=[copy]))
    assert "      only there: Ties began [2J in 1933." in lines
    assert lines.count("      only here: A line") == terminal.LINES
    assert "      only here: … and 2 more lines" in lines


def test_other_reports_of_a_statement_are_named():
    first, second, _ = entries()
    lines = plain(terminal.opened(first, [replace(second, refs=("b.txt",))], columns=100))
    assert "also in Example Post (2 reports)" in lines


def test_what_is_undetermined_is_said_plainly():
    *_, last = entries()
    bare = replace(last, statement=factory.statement(last.article, "the call"), level="suggested")
    lines = plain(terminal.page(last.article, (), [bare], columns=100))
    assert lines[2] == "  day: cannot tell · speaker: cannot tell · cannot tell ? (suggested)"


def test_the_chain_is_shown_outermost_first():
    first, *_ = entries()
    hops = tuple(Hop(kind, kind.title(), None, 1, "") for kind in ("outlet", "agency", "medium", "speaker"))
    entry = replace(first, statement=replace(first.statement, chain=hops))
    assert "Outlet ← Agency ← Medium ← Speaker" in "".join(terminal.page(first.article, (), [entry], columns=100))


def test_no_line_is_wider_than_the_terminal():
    for columns in (40, 60, 80):
        for entry in entries():
            for line in plain(terminal.page(entry.article, ("x" * 200,), [entry], [Note("odd", "y" * 200)], columns)):
                assert len(line) <= columns + 1
    assert terminal.cut("abcdef", 4) == "abc…"


def test_an_article_that_is_not_read_tells_why():
    page = replace(entries()[0].article, why_not_read="in another language (es)")
    assert "  not read: in another language (es)" in terminal.page(page, ("a",), [])
    assert "  no statements found" in terminal.page(entries()[0].article, ("a",), [])


def test_a_statement_opens_to_every_field_and_its_words():
    first, *_ = entries()
    condition = factory.condition(first.article, "We see no reason", "EAS")
    entry = replace(first, statement=replace(first.statement, condition=condition))
    text = "\n".join(plain(terminal.opened(entry, why=True, columns=100)))
    for field in (*terminal.FIELDS, "content", "source", "speaker", "said", "via speaker", "condition"):
        assert re.search(rf"^{field} ", text, re.MULTILINE), field
    assert "named in the sentence · at 87–106" in text
    assert "modality: as read\n             “Talks go nowhere” at 69–85" in text
    assert "0.70 · opens with a conditional word" in text
    assert "NOR → EAS" in text
    assert re.search(r"^modality +cannot tell", text, re.MULTILINE)
    assert re.search(r"^core +yes", text, re.MULTILINE)


def test_words_cannot_steer_the_terminal():
    page = factory.article("Alpha: \x1b[2Jgone\x07 and\nback, he said.")
    found = factory.statement(page, "\x1b[2Jgone\x07 and\nback")
    for lines in (
        terminal.opened(Entry(found, page, ("a",)), why=True),
        terminal.page(page, ("a",), [Entry(found, page, ())]),
    ):
        assert not [line for line in plain(lines) if re.search(r"\x1b|\x07", line)]


def test_the_summary_counts_and_names_what_to_try():
    lines = plain(terminal.summary(entries(), "x.db"))
    assert lines[0] == "3 statements in 1 article."
    assert "  for whom   NOR (2), cannot tell" in lines
    assert any(line.startswith("  sayso show st_") and line.endswith("--why --ledger x.db") for line in lines)
    assert len([line for line in lines if line.startswith("  sayso ")]) == 3
    assert plain(terminal.summary([], "x.db"))[0] == "0 statements in 0 articles."
