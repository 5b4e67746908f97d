from __future__ import annotations

from pathlib import Path

import pytest

from sayso import weave
from sayso.ask import reports, seen
from sayso.ask.reports import one_saying
from sayso.ledger import Ledger
from tests import factory

STORY = [
    "Norland will not reopen the northern bridge before the spring flood is over, {who} told reporters in Mountainton.",
    "The bridge was shut after the river rose by two metres in a single night and carried off a part of the bank.",
    "Eastland, on whose side the customs post stands, had asked for one lane to be opened to lorries with food.",
    "Engineers of both sides are to meet on the island again next week to look at the pillars under water.",
]


def page(of: list[str], content: str, who: str = "Jane Alpha"):
    words = "\n\n".join(of).format(who=who)
    article = factory.article(words)
    return article, factory.statement(article, content, source=who, said=None)


def add(ledger: Ledger, ref: str, article, *found) -> None:
    weave.add(ledger, ledger.add(article, factory.sighting(article, ref), factory.reading(article, *found)))


SAID = "will not reopen the northern bridge before the spring flood is over"
CHANGED = [STORY[0].replace("northern", "old").replace("flood", "water"), *STORY[1:]]


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "x.db", create=True) as opened:
        yield opened


def test_reports_in_copies_with_words_changed_are_one_saying(ledger: Ledger):
    add(ledger, "a.txt", *page(STORY, SAID))
    add(ledger, "b.txt", *page(CHANGED, "will not reopen the old bridge before the spring water is over"))
    (hit,) = seen(ledger, "bridge spring").hits
    assert (hit.entry.refs, [copy.refs for copy in hit.copies]) == (("a.txt",), [("b.txt",)])
    assert [each.refs for each in reports(ledger, hit.entry)] == [("b.txt",)]
    assert [each.refs for each in reports(ledger, hit.copies[0])] == [("a.txt",)]


def test_the_same_changed_words_in_another_text_are_another_saying(ledger: Ledger):
    add(ledger, "a.txt", *page(STORY, SAID))
    other = "will not reopen the old bridge before the spring water is over"
    add(ledger, "b.txt", *page([f"Norland {other}, {{who}} said."], other))
    assert len(seen(ledger, "bridge spring").hits) == 2


def test_a_negation_lost_in_a_copy_is_another_saying(ledger: Ledger):
    add(ledger, "a.txt", *page(STORY, SAID))
    lost = [STORY[0].replace("will not", "will"), *STORY[1:]]
    add(ledger, "b.txt", *page(lost, SAID.replace("will not", "will")))
    assert len(seen(ledger, "bridge spring").hits) == 2


def said(content: str, who: str = "Jane Alpha", **fields):
    article = factory.article(f"{who}: {content}")
    return factory.statement(article, content, source=who, **fields)


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        (said("talks are near a close"), said("talks are near a close", "Minister Alpha"), True),
        (said("talks are near a close"), said("talks are near a close", "Max Beta"), False),
        (said("talks are near a close", speaker_id="a"), said("talks are near a close", speaker_id="b"), False),
        (said("talks are near a close"), said("talks are very near a good close"), True),
        (said("we sent 12 trucks over"), said("we sent 14 trucks over"), False),
        (said("we open the road at once"), said("we open the road if asked"), False),
        (said("the road"), said("the road is open to every lorry with food"), False),
        (said("we open the road at once"), said("nobody has heard of such a plan"), False),
    ],
)
def test_when_two_reports_in_copies_say_the_same(a, b, one: bool):
    assert one_saying(a, b) is one is one_saying(b, a)
