"""Words that stand alone, read as one statement."""

from __future__ import annotations

from functools import cache

import pytest

from sayso.read import Reader, read_words


@cache
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("Ties with Westmark are on the verge of rupture, the ministry said.", "Ties with Westmark are on the verge of rupture"),
        ("Ties with Westmark are on the verge of rupture.", "Ties with Westmark are on the verge of rupture."),
        ("Relations with Westmark leave much to be desired.", "Relations with Westmark leave much to be desired."),
        ("Norland breaches the test ban; we have said so more than once.", "Norland breaches the test ban; we have said so more than once."),
    ],
)  # fmt: skip
def test_the_frame_is_no_content(words: str, content: str) -> None:
    assert read_words(words, reader()).content.text.strip(" ,") == content.strip(" ,")


def test_what_is_given_overrides_what_the_words_tell() -> None:
    read = read_words(
        "“We shall stay,” the envoy said on Monday.", reader(), speaker="Jane Alpha", state="Norland", said="2031-03-04"
    )
    assert (read.speaker.name, read.state.value) == ("Jane Alpha", "Norland")
    assert (read.said.from_, read.said.to, read.said.basis) == ("2031-03-04", "2031-03-04", "given")


def test_an_interval_may_be_given() -> None:
    read = read_words("We shall stay.", reader(), said=(None, "2031-03-04"))
    assert (read.said.from_, read.said.to) == (None, "2031-03-04")


def test_an_unknown_party_behind_the_cue_is_the_addressee() -> None:
    assert read_words("The premier called on Westmark to free the crew.", reader()).addressee.value == ("Westmark",)


@pytest.mark.parametrize("words", ["", "…", "No", "A: b", "“", "Korr: no talks this year"])
def test_scraps_are_read_too(words: str) -> None:
    assert (
        read_words(words, reader()).content.text == words[len(words) - len(read_words(words, reader()).content.text) :]
    )
