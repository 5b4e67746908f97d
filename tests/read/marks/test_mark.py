"""Actors of an article: who is named, who is meant, and for whom they speak."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.lexicon import Lexicon
from sayso.model import Article, Block, Dateline, Mention
from sayso.read.marks import anchor_of, mark

LEXICON = Lexicon.load()


def article(text: str, published: str | None = "2025-02-11", label: str = "body", **fields: object) -> Article:
    return Article("ar_0", text, "", (Block(0, len(text), label),), published=published, **fields)  # type: ignore[arg-type]


def mentions(text: str, published: str | None = "2025-02-11") -> dict[str, Mention]:
    return {text[m.start : m.end]: m for m in mark(article(text, published), LEXICON).mentions}


def test_title_state_and_name_are_one_mention() -> None:
    found = mentions("Russian Deputy Foreign Minister Sergei Ryabkov spoke.")
    one = found["Russian Deputy Foreign Minister Sergei Ryabkov"]
    assert (one.kind, one.name, one.role, one.state) == ("person", "Sergei Ryabkov", "Deputy Foreign Minister", "RUS")
    assert one.id == "person:sergei-ryabkov"


def test_a_short_form_a_description_and_a_pronoun_mean_the_same_person() -> None:
    text = "Russian Deputy Foreign Minister Sergei Ryabkov spoke. Ryabkov said so. The diplomat said more. He left."
    found = mentions(text)
    assert {found[w].entity for w in ("Ryabkov", "The diplomat", "He")} == {0}
    assert {found[w].name for w in ("Ryabkov", "The diplomat", "He")} == {"Sergei Ryabkov"}


def test_somebody_no_card_knows_is_learned_from_an_apposition() -> None:
    found = mentions("Jen Alpha, a spokeswoman for the French Foreign Ministry, said no. Alpha left. She was late.")
    assert found["Jen Alpha"].state == found["She"].state == found["Alpha"].state == "FRA"
    assert found["Alpha"].name == "Jen Alpha"
    assert found["Alpha"].id is None


def test_somebody_no_card_knows_is_learned_from_a_title() -> None:
    found = mentions("The Norwegian army said so. Spokesman Maj. Gen. Olaf Gamma added more. Gamma was brief.")
    assert found["Spokesman Maj. Gen. Olaf Gamma"].state == "NOR"
    assert found["Gamma"].name == "Olaf Gamma"


@pytest.mark.parametrize(("day", "state"), [("2014-05-01", "USA"), ("2026-06-01", None)])
def test_a_person_speaks_for_the_office_of_the_day(day: str, state: str | None) -> None:
    assert mentions("John Kerry said so.", day)["John Kerry"].state == state


def test_a_former_official_speaks_for_nobody() -> None:
    one = mentions("Former US Secretary of State John Kerry said so.")["Former US Secretary of State John Kerry"]
    assert (one.former, one.state) == (True, None)


@pytest.mark.parametrize(
    ("text", "words", "name", "state"),
    [
        ("The Russian Foreign Ministry said so.", "The Russian Foreign Ministry", "Russian Foreign Ministry", "RUS"),
        ("China's defense ministry said so.", "China's defense ministry", "Chinese Defense Ministry", "CHN"),
        (
            "The foreign ministry in Moscow said so.",
            "The foreign ministry in Moscow",
            "Russian Foreign Ministry",
            "RUS",
        ),
        ("The State Department said so.", "The State Department", "State Department", "USA"),
        ("The Kremlin said so.", "The Kremlin", "Kremlin", "RUS"),
        ("The Biden administration said so.", "The Biden administration", "Biden administration", "USA"),
        ("The European Union said so.", "The European Union", "European Union", "EU"),
        ("The UN Security Council said so.", "The UN Security Council", "United Nations Security Council", "UN"),
    ],
)
def test_bodies_have_a_name_and_a_state(text: str, words: str, name: str, state: str) -> None:
    one = mentions(text)[words]
    assert (one.kind, one.name, one.state) == ("body", name, state)


def test_a_ministry_named_before_is_meant_by_the_ministry() -> None:
    found = mentions("Chinese Foreign Ministry spokeswoman Mao Ning spoke. The ministry said more. It stressed this.")
    assert found["The ministry"].name == found["It"].name == "Chinese Foreign Ministry"


def test_a_capital_acts_or_is_a_place() -> None:
    assert mentions("Washington must decide.")["Washington"].certainty >= 0.8
    assert mentions("They met in Washington.")["Washington"].certainty < 0.5


def test_a_pair_and_half_an_adjective_differ() -> None:
    assert mentions("Russia-China ties grow.")["China"].certainty == 1.0
    assert mentions("The US-backed troops left.")["US"].certainty <= 0.6


@pytest.mark.parametrize(
    ("text", "words", "kind", "state"),
    [
        ("A Turkish Foreign Ministry official said so.", "A Turkish Foreign Ministry official", "office", "TUR"),
        ("Officials in Tehran said so.", "Officials in Tehran", "group", "IRN"),
        ("A source said so.", "A source", "office", None),
        ("Two senior US officials said so.", "Two senior US officials", "group", "USA"),
    ],
)
def test_the_unnamed_stay_unnamed(text: str, words: str, kind: str, state: str | None) -> None:
    one = mentions(text)[words]
    assert (one.kind, one.state, one.id) == (kind, state, None)


def test_an_opposition_speaks_for_no_state() -> None:
    assert mentions("Venezuela's opposition said so.")["Venezuela's opposition"].state is None


def test_a_medium_is_one_with_its_description() -> None:
    found = mentions("The state-run news agency TASS said so. The agency gave no source.")
    assert found["The agency"].id == "outlet:tass"
    assert found["The agency"].kind == "medium"


def test_a_ruler_is_told_by_the_word_for_him() -> None:
    text = "US President Donald Trump met King Abdullah of Jordan in May. The king said so. The president agreed."
    found = mentions(text)
    assert found["The president"].name == "Donald Trump"
    assert found["The king"].name != "Donald Trump"


def test_an_office_told_before_its_holder_is_his() -> None:
    found = mentions("Russia's deputy foreign minister was gloomy. Sergei Ryabkov said so.")
    assert found["Russia's deputy foreign minister"].entity == found["Sergei Ryabkov"].entity


def test_an_office_whose_holder_is_nowhere_named_lends_no_name() -> None:
    one = mentions("Russia's foreign minister was gloomy.")["Russia's foreign minister"]
    assert (one.kind, one.name, one.state) == ("office", "Russia's foreign minister", "RUS")


def test_she_is_the_woman_and_he_the_man() -> None:
    found = mentions("Russian spokeswoman Maria Zakharova spoke. Sergei Lavrov said no. She said yes. He left.")
    assert found["She"].name == "Maria Zakharova"
    assert found["He"].name == "Sergei Lavrov"


def test_the_page_spells_the_name() -> None:
    assert mentions("Sergey Lavrov spoke. Lavrov left.")["Lavrov"].name == "Sergey Lavrov"


@pytest.mark.parametrize(
    ("label", "marked"), [("body", True), ("caption", True), ("related_link", False), ("furniture", False)]
)
def test_only_blocks_of_news_are_marked(label: str, marked: bool) -> None:
    marks = mark(article("Russia said so on Monday.", label=label), LEXICON)
    assert bool(marks.mentions and marks.sentences and marks.days) is marked


@pytest.mark.parametrize(
    ("line", "published", "anchor"),
    [
        ("2025-02-10", "2025-02-11", "2025-02-10"),
        ("02-10", "2025-02-11T09:33", "2025-02-10"),
        (None, "2025-02-11", "2025-02-11"),
        (None, None, None),
    ],
)
def test_the_articles_day(line: str | None, published: str | None, anchor: str | None) -> None:
    assert anchor_of(article("x", published, dateline=Dateline("PORT", line))) == anchor


def test_an_undated_article_keeps_states_from_the_text() -> None:
    marks = mark(article("Russian Deputy Foreign Minister Sergei Ryabkov spoke on Monday.", None), LEXICON)
    assert marks.mentions[0].state == "RUS"
    assert marks.days[0].since is marks.anchor_day is None


WORDS = st.sampled_from(
    [
        "Russian",
        "Moscow",
        "the",
        "The",
        "U.S.",
        "President",
        "Trump",
        "Putin",
        ",",
        ".",
        '"',
        "'",
        "’s",
        "said",
        "He",
        "she",
        "it",
        "official",
        "Foreign",
        "Ministry",
        "in",
        "of",
        "for",
        "former",
        "Jane",
        "Alpha",
        "-",
        "a",
        "spokesman",
        "Kremlin",
        "EU",
        "\n",
        "Monday",
        "Sir",
        "Lavrov",
        "TASS",
        "news agency",
        "country",
        "two",
        "leaders",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_mentions_are_in_order_and_none_overlap(text: str) -> None:
    marks = mark(article(text), LEXICON)
    assert all(a.end <= b.start for a, b in pairwise(marks.mentions))
    assert all(0 <= m.start < m.end <= len(text) and text[m.start : m.end].strip() for m in marks.mentions)
    assert all(0 <= m.certainty <= 1 and m.why and m.name for m in marks.mentions)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_marking_twice_gives_the_same(text: str) -> None:
    assert mark(article(text), LEXICON) == mark(article(text), LEXICON)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_one_entity_has_one_name(text: str) -> None:
    names: dict[int, str] = {}
    for m in mark(article(text), LEXICON).mentions:
        assert names.setdefault(m.entity, m.name) == m.name
