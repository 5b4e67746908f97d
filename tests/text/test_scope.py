"""Every card's own sentences: yes must hit it, no must not; and how far a negation reaches."""

import re
import tomllib
from importlib.resources import files

import pytest

from sayso.text import scope
from sayso.text.phrases import Normal, normal

TABLE = tomllib.loads((files("sayso") / "data" / "scope.toml").read_text(encoding="utf-8"))


def under(sentence: str, word: str) -> bool:
    words = normal(sentence)
    return scope.turned(words)[words.words.index(word)]


@pytest.mark.parametrize("name", [name for name in TABLE if name != "raises"])
def test_examples(name: str) -> None:
    for sentence in TABLE[name]["yes"]:
        assert scope.says(name, normal(sentence)), sentence
    for sentence in TABLE[name]["no"]:
        assert not scope.says(name, normal(sentence)), sentence


@pytest.mark.parametrize(
    ("sentence", "word", "negated"),
    [
        ("They have not kept the promise", "promise", True),
        ("They kept the promise", "promise", False),
        ("They not only kept the promise", "promise", False),
        ("No Norland guard has crossed the river", "crossed", True),
        ("We do not believe that they want a lasting peace in the valley", "peace", True),
        ("We do not say that they want a lasting peace in the valley", "peace", False),
        ("It was not without success", "success", False),
        ("There is neither trust nor good faith", "faith", True),
        ("They did not come, but the talks were a success", "success", False),
    ],
)
def test_reach_of_a_negation(sentence: str, word: str, negated: bool) -> None:
    assert under(sentence, word) is negated


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The accord has not been broken", True),
        ("Norland, which has not paid, broke the accord", False),
        ("It is Norland that broke the accord, not its neighbour", False),
        ("It was not Norland that broke the accord", True),
        ("The charge that Norland broke the accord is baseless", True),
        ("They never failed to keep the accord", False),
    ],
)
def test_denied(sentence: str, denied: bool) -> None:
    assert scope.denied(normal(sentence)) is denied


@pytest.mark.parametrize(
    ("sentence", "past"),
    [
        ("Norland broke off relations in 1951", True),
        ("Norland broke off relations in 2023", False),
        ("Norland has broken the treaty of 1951", False),
        ("Two hundred years ago they fought here", True),
    ],
)
def test_long_ago(sentence: str, past: bool) -> None:
    assert scope.long_ago(normal(sentence), 2024) is past


def test_main_clause_is_a_normal_text() -> None:
    main = scope.main_clause(normal("Although they came late, we signed the accord, which is good"))
    assert isinstance(main, Normal)
    assert re.fullmatch("we signed the accord", " ".join(main.words))
