import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake import article_of
from sayso.intake.blocks import label

LEAD = "Norland will not return to the sea talks before the summer, Minister Jane Alpha said on Monday at a briefing."
SECOND = "She told reporters that the two sides had met three times and that nothing had come of it so far."
THIRD = "Esterland has not replied to the letter that was sent to its embassy at the beginning of the week."


def labels(text, **known):
    return [(line.label, line.words) for line in label(text, **known)]


def of(text, kind):
    return [words for name, words in labels(text) if name == kind]


@pytest.mark.parametrize(
    "opening",
    [
        "NORVIK, May 4. /NNA/.",
        "NORVIK -",
        "NORVIK, Norland (NNA) —",
        "NORVIK/ESTERHAM",
        "NORVIK",
        "Wednesday, 7 May 2031 _",
        "NORVIK /Eastern Region/, May 14. /NNA/.",
    ],
)
def test_a_dateline_is_cut_from_its_lead(opening):
    gap = "" if opening.endswith("_") else " "
    found = labels(f"{opening}{gap}{LEAD}\n\n{SECOND}\n\n{THIRD}\n")
    assert found[:2] == [("dateline", opening), ("body", LEAD)]


def test_date_field_and_dateline_are_cut_one_after_the_other():
    found = labels(f" date 2031-05-04 NORVIK, May 4. /NNA/. {LEAD}\n\n{SECOND}\n")
    assert [name for name, _ in found] == ["meta", "dateline", "body", "body"]
    assert found[1][1] == "NORVIK, May 4. /NNA/."


@pytest.mark.parametrize("opening", ["NATO Secretary Jane Alpha", "US President Jane Alpha", "BREAKING Norland"])
def test_an_acronym_is_no_place(opening):
    assert of(f"{opening} said that the talks would go on in the summer and not before.\n\n{SECOND}", "dateline") == []


def test_a_headline_printed_twice_is_labelled_twice():
    title = "Norland rules out return to sea talks"
    assert of(f"{title}\n\n{title}\n\n{LEAD}\n\n{SECOND}\n", "headline") == [title, title]


def test_a_headline_glued_to_the_body_is_cut():
    title = "Norland rules out return to sea talks under Minister Alpha"
    glued = f"{title}Speaking at a meeting in Norvik on Monday, Alpha said that the talks had failed for good."
    found = labels(f"Publish Date: 12:40 - 7 May 2031\n{LEAD}\n\n{glued}\n\n{SECOND}\n")
    assert ("headline", title) in found
    assert any(name == "body" and words.startswith("Speaking at") for name, words in found)


@pytest.mark.parametrize("name", ["YouTube", "McDonald", "TikTok"])
def test_names_with_a_capital_inside_are_not_cut(name):
    text = (
        f"The ministry of Norland spoke to {name} about the film that was shown in Norvik on Monday evening, it said."
    )
    assert labels(f"{text}\n\n{SECOND}\n")[0] == ("body", text)


def test_a_text_without_headline_gets_none():
    assert of(f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n", "headline") == []


def test_lines_between_paragraphs():
    link = "Norland Opens Embassy After Nine Years of Silence"
    caption = "The harbour of Norvik is seen from the old fort on a quiet evening"
    crosshead = "LITTLE HOPE IN NORVIK"
    found = labels(f"{LEAD}\n\n{link}\n\n{SECOND}\n\n{caption}\n\n{THIRD}\n\n{crosshead}\n\n{LEAD}\n")
    assert [name for name, _ in found] == ["body", "related_link", "body", "caption", "body", "body", "body"]


def test_a_sentence_that_lost_its_stop_stays_body():
    long = (
        "The ministers of Norland, Esterland and of four other states that share the coast of the inner sea "
        "met in Norvik in the spring without a result that either side wished to speak about"
    )
    assert ("body", long) in labels(f"{LEAD}\n\n{SECOND}\n\n{long}\n\n{THIRD}\n")


def test_a_list_is_no_list_of_links():
    items = "\n".join(f"{number}) Jane Alpha, minister for the sea and the islands (Norland)" for number in range(1, 6))
    assert of(f"{LEAD}\n\n{SECOND}\n\n{items}\n\n{THIRD}\n", "related_link") == []


def test_a_standfirst_before_the_dateline_is_deck():
    deck = "The minister also said that the islands would stay open for ships of all states"
    assert labels(f"{deck}\n\nNORVIK, May 4. /NNA/. {LEAD}\n\n{SECOND}\n")[0] == ("deck", deck)


def test_hard_wrapped_lines_make_one_paragraph():
    words = f"{LEAD} {SECOND} {THIRD}".split()
    rows = [" ".join(words[at : at + 10]) for at in range(0, len(words), 10)]
    assert len(labels("\n".join(rows))) == 1


def test_a_known_title_is_found_without_its_rank():
    found = labels(f"World\n\nSea talks: over\n\n{LEAD}\n\n{SECOND}\n", title="Sea talks: over")
    assert ("headline", "Sea talks: over") in found


def covers(text, blocks):
    """Whether the blocks are in order, apart, and leave out nothing but white space."""
    at = 0
    for block in blocks:
        if block.start < at or block.end <= block.start or text[at : block.start].strip():
            return False
        at = block.end
    return not text[at:].strip()


MARKS = ["\n", "\n\n", "\r\n", " ", "\u00a0", "\ufeff", "Wednesday, 7 May 2031 _", "date 2031-05-04 ", "NORVIK - "]
LINES = [
    "By Newsfax",
    "ALSO READ: Sea talks",
    "[ad_1]",
    "Photo",
    "Your Comment",
    "Norland Opens Embassy After Nine Years",
]
PARTS = st.sampled_from([LEAD, SECOND, THIRD, *LINES, *MARKS])


@given(st.lists(st.one_of(PARTS, st.text(max_size=40)), max_size=30).map("".join))
def test_blocks_cover_any_text_and_never_overlap(text):
    lines = label(text)
    assert covers(text, lines)
    assert all(text[line.start : line.end] == line.words for line in lines)


@given(st.lists(PARTS, min_size=1, max_size=30).map("".join).filter(lambda text: text.strip("\ufeff \n\r\u00a0")))
def test_canonical_text_is_the_text_with_even_line_ends(text):
    article, _ = article_of(text.encode(), "x", kind="text")
    even = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert article.text == even
    assert covers(article.text, article.blocks)
