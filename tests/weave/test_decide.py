"""What a later statement is to an earlier one, on sentences read by the reader that ships."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.lexicon import Lexicon
from sayso.model import OUT_OF_THREAD
from sayso.read import Reader, read_words
from sayso.weave import decide, slots
from sayso.weave.slots import Slots

EARLY, LATE = "2031-03-04", "2031-09-12"


@cache
def reader() -> Reader:
    return Reader.load()


@cache
def said(words: str, day: str = EARLY, side: str | None = "Norland", speaker: str = "foreign ministry") -> Slots:
    statement = read_words(words, reader(), speaker=speaker, state=side, said=day)
    return slots.of(statement, Lexicon.load())


def relation(a: str, b: str, day: str = LATE, side: str | None = "Norland") -> str | None:
    return decide.decide(said(a), said(b, day, side)).relation


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ties with Westmark are on the verge of rupture.", "Relations with Westmark are on the brink of a break.", "recurs"),
        ("Norland will take part in the conference.", "Norland will not take part in the conference.", "reverses"),
        ("The mayor was pleased with the outcome of the talks.", "The mayor was displeased with the outcome of the talks.", "reverses"),
        ("Ties with Westmark are on the verge of rupture.", "Ties with Pelland are on the verge of rupture.", "other_object"),
        ("Norland will return to the Lake Accord.", "Norland will return to the Forest Accord.", "other_object"),
        ("The shelling of the bridge was deliberate.", "The shelling of the tunnel was deliberate.", "other_object"),
        ("The envoys will come in June.", "The envoys will come in June provided the siege has ended.", "adds_condition"),
        ("We shall sign if the annex is agreed.", "We shall sign on Thursday.", "drops_condition"),
        ("Relations with Westmark leave much to be desired.", "Relations with Westmark are on the verge of collapse.", "hardens"),
        ("Norland is ready to discuss all arms.", "Norland is ready to discuss long-range arms only.", "narrows"),
        ("Norland closed three crossings.", "Norland closed all crossings.", "widens"),
    ],
)  # fmt: skip
def test_what_changed_names_the_relation(a: str, b: str, expected: str) -> None:
    assert relation(a, b) == expected


def test_said_anew_on_one_day_by_one_speaker_is_one_utterance() -> None:
    a, b = (
        "The treaty lapses in May and we see no grounds to prolong it.",
        "There is no reason to extend the accord, which runs out in May.",
    )
    assert relation(a, b, EARLY) == "same_utterance"


def test_another_side_with_the_same_words_says_nothing_again() -> None:
    words = "Relations with Pelland are at their lowest point in forty years."
    assert relation(words, words, LATE, "Westmark") in {"kindred", None}


def test_another_side_that_denies_it_answers() -> None:
    assert (
        relation(
            "Westmark was behind the attack on the grid.",
            "Westmark was not behind the attack on the grid.",
            LATE,
            "Westmark",
        )
        == "answers"
    )


def test_unlike_matters_are_unrelated() -> None:
    assert relation("The observers were let into the zone.", "Our hens lay fewer eggs than last year.") is None


def test_why_tells_the_words_that_differ() -> None:
    decision = decide.decide(
        said("Ties with Westmark are on the verge of rupture."),
        said("Ties with Pelland are on the verge of rupture.", LATE),
    )
    clash = next(why for why in decision.why if why.slot == "object")
    assert (clash.a, clash.b) == ("westmark", "pelland")


def test_a_period_of_office_is_part_of_the_object() -> None:
    early = said("We have no illusions about an improvement of ties with the US under Biden.", "2021-02-10", "RUS")
    late = said("We have no illusions about an improvement of ties with the US under Trump.", "2025-02-10", "RUS")
    assert decide.decide(early, late).relation in {"other_object", "kindred"}


def test_without_vectors_hard_conflicts_hold_too() -> None:
    a, b = said("The bridge will be open in May."), said("The bridge will not be open in May.", LATE)
    assert a.vector is None
    assert decide.decide(a, b).relation == "reverses"


WORDS = st.sampled_from(
    [
        "Ties with Westmark are on the verge of rupture.", "We are ready to talk to Westmark at any time.", "The accord is dead.",
        "We shall not recognise the vote.", "If Westmark frees the crew, the port will be opened.", "No.", "“…”",
        "Relations With US Could Be Severed at Any Moment", "the 3 bases must go, all of them",
    ]
)  # fmt: skip


@given(WORDS, WORDS, st.sampled_from(["Norland", "Westmark", None]))
def test_a_decision_is_sure_between_none_and_all_and_never_crosses_sides(a: str, b: str, side: str | None) -> None:
    decision = decide.decide(said(a), said(b, LATE, side))
    assert 0 <= decision.certainty <= 1
    if side != "Norland":
        assert decision.relation is None or decision.relation in OUT_OF_THREAD


@given(WORDS)
def test_the_same_words_again_are_no_other_relation(words: str) -> None:
    earlier = said(words)
    decision = decide.decide(earlier, replace(earlier, said=(LATE, LATE)))
    assert decision.relation in {"recurs", "kindred", None}


def test_the_words_that_differ_are_found_in_the_later_article() -> None:
    words = "The ministry said the bridge will not be open in May."
    later = read_words(words, reader(), state="Norland", said=LATE)
    decision = decide.decide(said("The bridge will be open in May."), slots.of(later, Lexicon.load()))
    spans = [span for why in decision.why for span in why.spans or ()]
    assert spans
    assert all(words[span.start : span.end].strip() for span in spans)


def test_a_span_of_why_gives_back_the_words() -> None:
    later = "Relations with Westmark are now on the brink of a break."
    decision = decide.decide(said("Relations with Westmark leave much to be desired."), said(later, LATE))
    told = [(why.b, later[span.start : span.end]) for why in decision.why for span in why.spans or ()]
    assert told
    assert all(given is not None and given.lower() == found.lower() for given, found in told)
