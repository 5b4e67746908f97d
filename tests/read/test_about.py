"""Topics and channels by their cards, dyads and agreements on a small page."""

import tomllib
from importlib.resources import files

import pytest

from sayso.intake.article import article_of
from sayso.lexicon import Lexicon
from sayso.model import Attribution, Span
from sayso.read import marks
from sayso.read.case import About, Case
from sayso.read.facets import about, force
from sayso.text.phrases import normal

TABLE = tomllib.loads((files("sayso") / "data" / "about.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("topic", TABLE["topics"])
def test_examples(topic: str) -> None:
    for sentence in TABLE["topics"][topic]["yes"]:
        assert topic in about.weigh(normal(sentence)), sentence
    for sentence in TABLE["topics"][topic]["no"]:
        assert topic not in about.weigh(normal(sentence)), sentence


def read(text: str, words: str, state: str | None, addressee: tuple[str, ...] = (), kind: str = "body") -> About:
    article, _ = article_of(text.encode(), "page", kind="text", given={"published": "2021-02-15"})
    lexicon = Lexicon.load()
    start = article.text.index(words)
    said = Attribution((), None, (Span(start, start + len(words)),), 1.0, "test")
    case = Case(article, marks.mark(article, lexicon), lexicon, [said], 0, None, kind, state)
    return about.read(case, force.read(case), addressee)


PAGE = """Brazil and Chile at odds

BRASILIA, Feb 15 - Brazil said on Monday that Chile had broken the rules of the river commission.
Chile must return to the Open Skies Treaty at once, Brazil said. The treaty is of use to both, it added.
Peru and Bolivia had found a common road, Brazil said. Nobody gains from the crisis in Cuba, Brazil said.
"""


def test_the_other_party_is_read_from_the_words() -> None:
    assert read(PAGE, "Chile had broken the rules of the river commission", "BRA").dyad.value == ("BRA", "CHL")


def test_a_party_addressed_comes_first() -> None:
    assert read(PAGE, "Chile had broken the rules", "BRA", ("PER",)).dyad.value == ("BRA", "PER")


def test_on_the_relation_of_two_others_a_third_party_has_no_dyad() -> None:
    assert read(PAGE, "Peru and Bolivia had found a common road", "BRA").dyad.value is None


def test_a_scene_is_no_party() -> None:
    assert read(PAGE, "Nobody gains from the crisis in Cuba", "BRA").dyad.value == ("BRA", "CHL")


def test_an_outlet_is_no_side() -> None:
    got = read(PAGE, "Chile had broken the rules", None, kind="outlet")
    assert got.dyad.value is None
    assert got.core.value is False


def test_an_agreement_named_and_taken_up() -> None:
    assert read(PAGE, "Chile must return to the Open Skies Treaty at once", "BRA").agreements.value == ("open-skies",)
    assert read(PAGE, "The treaty is of use to both", "BRA").agreements.value == ("open-skies",)
    assert read(PAGE, "Nobody gains", "BRA").agreements.value == ()


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("a summit of the leaders", "summit"),
        ("the embassy will reopen", "embassies"),
        ("the ambassador was recalled", "ambassadors"),
        ("the hotline still works", "hotline"),
        ("direct flights resume", "flights"),
        ("negotiations go on", "talks"),
        ("visas will be issued", "visas"),
        ("the consulate is closed", "consulates"),
    ],
)
def test_channels_are_read_as_named(words: str, channel: str) -> None:
    assert channel in (read(f"Chile said on Monday that {words} soon.\n", words, "CHL").channels.value or ())
