"""On what day it was said."""

from __future__ import annotations

from sayso.model import Block, Dateline
from tests.read.said import ALPHA, MINISTRY, NORLAND, SUDLAND, Page


def alpha(text: str, **article: object) -> Page:
    return Page(text, **article).mention("Alpha", **ALPHA)


def test_time_words_beside_the_cue() -> None:
    page = alpha("Alpha said on Monday ties are good.").day("on Monday", "2024-05-13")
    assert page.says("Alpha", "said", "ties are good").when() == [("2024-05-13", "2024-05-13", "weekday")]


def test_time_words_of_the_content_are_of_events() -> None:
    page = alpha("Alpha said talks opened on Monday.").day("on Monday", "2024-05-13")
    assert page.says("Alpha", "said", "talks opened on Monday").when() == [("2024-05-16", "2024-05-16", "published")]


def test_the_dateline_is_named_where_it_gave_the_day() -> None:
    page = alpha("Alpha said ties are good.", dateline=Dateline("NORTON", "2024-05-16"))
    assert page.says("Alpha", "said", "ties are good").when()[0][2] == "dateline"


def test_a_page_without_a_day_gives_none() -> None:
    page = alpha("Alpha said ties are good. Alpha has warned of war.", anchor=None)
    page.says("Alpha", "said", "ties are good").says("Alpha", "warned", "war", nth=1)
    assert page.when() == [(None, None, "none"), (None, None, "none")]


def test_an_occasion_lends_its_day_to_its_speaker() -> None:
    page = alpha("Alpha said on Monday ties are good. Talks go on, Alpha added.").day("on Monday", "2024-05-13")
    page.mention("Alpha", 1, **ALPHA).says("Alpha", "said", "ties are good")
    page.says("Alpha", "added", "Talks go on", nth=1)
    assert page.when()[1] == ("2024-05-13", "2024-05-13", "inherited")


def test_the_ministry_and_its_minister_share_an_occasion() -> None:
    page = alpha("The ministry said on Monday ties are good. Talks go on, Alpha added.").day("on Monday", "2024-05-13")
    page.mention("ministry", **MINISTRY).says("The ministry", "said", "ties are good")
    page.says("Alpha", "added", "Talks go on")
    assert page.when()[1] == ("2024-05-13", "2024-05-13", "inherited")


def test_a_headline_has_the_day_of_its_words_in_the_body() -> None:
    text = "Ties are good: ministry\nAlpha said on Monday ties are good."
    page = alpha(text, blocks=(Block(0, 23, "headline"), Block(24, len(text), "body"))).day("on Monday", "2024-05-13")
    page.mention("ministry", **MINISTRY)
    page.says("ministry", ":", "Ties are good").says("Alpha", "said", "ties are good")
    assert page.when()[0] == ("2024-05-13", "2024-05-13", "inherited")


def test_words_recalled_are_open_to_the_past() -> None:
    page = Page("Norland has repeatedly warned of war.").mention("Norland", **NORLAND)
    assert page.says("Norland", "warned", "war").when() == [(None, "2024-05-16", "relative")]


def test_a_standing_position_is_open_to_the_past() -> None:
    page = Page("Norland claims the island.").mention("Norland", **NORLAND)
    assert page.says("Norland", "claims", "the island").when() == [(None, "2024-05-16", "relative")]


def test_what_another_tells_was_said_no_later() -> None:
    page = alpha("Alpha said on Monday Sudland refused talks.").mention("Sudland", **SUDLAND)
    page.day("on Monday", "2024-05-13")
    page.says("Alpha", "said", "Sudland refused talks").says("Sudland", "refused", "talks", inside=0)
    assert page.when()[1] == (None, "2024-05-13", "relative")


def test_what_lies_far_back_lends_no_day() -> None:
    page = alpha("Alpha said on January 3 ties are good. Talks go on, Alpha added.")
    page.day("on January 3", "2024-01-03", rule="explicit_date").mention("Alpha", 1, **ALPHA)
    page.says("Alpha", "said", "ties are good").says("Alpha", "added", "Talks go on", nth=1)
    assert page.when()[1][2] == "published"


def test_time_words_of_another_clause_are_not_the_cues() -> None:
    page = alpha("Alpha, who was hit on Monday by illness, came back and said ties are good.")
    page.day("on Monday", "2024-05-13")
    assert page.says("Alpha", "said", "ties are good").when()[0][1] == "2024-05-16"


def test_since_ties_time_words_to_an_event() -> None:
    page = Page("Since Monday Norland said little of war.").mention("Norland", **NORLAND).day("Monday", "2024-05-13")
    assert page.says("Norland", "said", "war").when()[0][2] == "published"
