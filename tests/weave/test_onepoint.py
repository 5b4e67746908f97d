from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.lexicon import Lexicon
from sayso.weave import slots
from sayso.weave.onepoint import Told, chance, likeness, rarity, scopes_apart, sentences
from tests import factory


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def told(words: str, lexicon: Lexicon, state: str = "NOR") -> Told:
    page = factory.article(words)
    return Told(slots.of(factory.statement(page, words, speaker="Jane Alpha", state=state), lexicon))


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("We have the highest tax in the world", "Ours is the highest tax in the world", False),
        ("We have the highest tax in the world", "We have the highest corporate tax in the world", True),
        ("We are the highest-taxed country", "We are one of the highest-taxed countries", True),
        ("Our business tax is the highest", "Our companies pay the highest tax", False),
        ("The largest fleet in the developed world", "The largest fleet in the industrialized world", False),
        ("The largest fleet in the developed world", "The largest fleet in the world", True),
        ("Talks on corporate tax failed", "Talks on tax failed", False),
    ],
)
def test_an_utmost_holds_of_its_scope_alone(a: str, b: str, apart: bool, lexicon: Lexicon):
    one, other = told(a, lexicon), told(b, lexicon)
    assert (scopes_apart(one, other) is not None) is apart
    assert (scopes_apart(other, one) is not None) is apart


def test_rare_words_count_more(lexicon: Lexicon):
    assert rarity("people") < rarity("treaty") < rarity("moratorium") <= 1
    base = told("The moratorium will stay in force", lexicon)
    rare, common = told("The moratorium was lifted", lexicon), told("The force was here", lexicon)
    assert likeness(base, rare) > likeness(base, common)


def test_the_same_words_are_surely_one_point_and_others_are_not(lexicon: Lexicon):
    one = told("Fishing in the strait must be regulated by a joint commission", lexicon)
    assert chance(one, one) > 0.9 > 0.1 > chance(one, told("The opera house will open in spring", lexicon))


WORDS = ["quota", "grain", "strait", "treaty", "talks", "failed", "signed", "will", "not", "be", "renewed"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)
)
def test_likeness_mirrors_and_stays_within_bounds(a: list[str], b: list[str]):
    lexicon = _lexicon()
    one, other = told(" ".join(a), lexicon), told(" ".join(b), lexicon)
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1.001


def _lexicon(held: list[Lexicon] = []) -> Lexicon:  # noqa: B006
    held.extend([] if held else [Lexicon.load()])
    return held[0]


def test_scraps_are_no_sentences():
    assert sentences("We will not sign it. No. The talks are over now.") == [
        "We will not sign it.",
        "The talks are over now.",
    ]
    assert sentences("Never.") == ["Never."]
