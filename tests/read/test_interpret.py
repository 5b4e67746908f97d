"""Attributions become statements: ids, words, order."""

from __future__ import annotations

from sayso import ids
from sayso.lexicon import Lexicon
from sayso.model import Statement
from sayso.read import interpret
from tests.read.said import ALPHA, NORLAND, Page


def read(page: Page) -> tuple[Statement, ...]:
    case = page.cases()[0]
    return interpret.statements(case.article, case.marks, page.attributions, Lexicon.load())


def page() -> Page:
    return Page('"Ties are good," Alpha said. "Talks go on."').mention("Alpha", **ALPHA)


def test_an_id_is_where_the_words_stand() -> None:
    one = page().says("Alpha", "said", '"Ties are good,"', '"Talks go on."')
    first = read(one)[0]
    spans = [list(s) for s in one.attributions[0].content]
    assert first.id == ids.statement_id(first.article, spans, [list(one.find("Alpha"))])
    assert first.content.text == '"Ties are good," … "Talks go on."'


def test_nothing_said_gives_no_statements() -> None:
    case = page().says("Alpha", "said", '"Talks go on."').cases()[0]
    assert interpret.statements(case.article, case.marks, [], Lexicon.load()) == ()


def test_statements_keep_the_order_of_the_attributions() -> None:
    one = page().says(None, None, '"Talks go on."', inherits=1).says("Alpha", "said", '"Ties are good,"')
    found = read(one)
    assert [s.content.text for s in found] == ['"Talks go on."', '"Ties are good,"']
    assert found[0].speaker.name == "Jane Alpha"
    assert found[0].source is None


def test_pointers_in_a_circle_are_cut() -> None:
    one = page().mention("Talks", **NORLAND)
    one.says(None, None, '"Talks go on."', inherits=1).says(None, None, '"Ties are good,"', inherits=0)
    assert len(read(one)) == 2
