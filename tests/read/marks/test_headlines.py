"""Headlines: who stands after a dash, without article or state, and for whom."""

from __future__ import annotations

import pytest

from sayso import ids
from sayso.lexicon import Lexicon
from sayso.model import Article, Block, Dateline, Mention
from sayso.read.marks import mark

DAY = "2019-03-01"


def headline(text: str, *, outlet: str = "Xinhua", place: str | None = None) -> list[Mention]:
    article = Article(
        ids.article_id(ids.sha256_of(text), DAY),
        text,
        ids.sha256_of(text),
        (Block(0, len(text), "headline"),),
        outlet=outlet,
        dateline=Dateline(place, None) if place else None,
        published=DAY,
    )
    return list(mark(article, Lexicon.load()).mentions)


@pytest.mark.parametrize(
    ("text", "place", "state"),
    [
        ("No date set for the talks — ministry", "Beijing", "CHN"),
        ("No date set for the talks — senior diplomat", "Vienna", "CHN"),
        ("Kenya ready to host the talks — foreign ministry", "Nairobi", "KEN"),
        ("Kenya ready to host the talks — diplomat", "Nairobi", "KEN"),
        ("Kenya ready to host the talks — ambassador to China", "Beijing", "KEN"),
        ("Kenya ready to host the talks — Tanzanian envoy", "Nairobi", "TZA"),
        ("Lake ferries to run again — government", "Osaka", "JPN"),
    ],
)
def test_the_state_left_out(text: str, place: str, state: str) -> None:
    assert headline(text, place=place)[-1].state == state


def test_a_short_name_after_a_dash_is_of_who_is_near() -> None:
    assert headline("Talks go on in any weather — Wang", place="Beijing")[-1].id == "person:wang-yi"


def test_an_unknown_name_after_a_dash_is_somebody() -> None:
    found = headline("Talks go on in any weather — Alphason")[-1]
    assert (found.kind, found.name, found.state) == ("person", "Alphason", None)


def test_a_newspaper_after_a_dash_is_a_medium_without_a_name() -> None:
    found = headline("Talks go on in any weather — newspaper")[-1]
    assert (found.kind, found.id) == ("medium", None)


def test_a_state_before_security_council_owns_it() -> None:
    assert headline("Kenya\u2019s Security Council meets at night")[-1].state == "KEN"
    assert headline("Security Council meets at night")[-1].id == "UNSC"


def test_a_diplomat_is_not_taken_for_the_minister() -> None:
    assert headline("No date set for the talks — diplomat", place="Beijing")[-1].id is None
    assert headline("No date set for the talks — top Chinese diplomat", place="Berlin")[-1].id == "person:wang-yi"
