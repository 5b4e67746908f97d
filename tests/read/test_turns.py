"""Transcripts, in words of our own: who opens a turn speaks until the next one does; questions are nobody's statement."""

from sayso import intake
from sayso.read import read_article
from sayso.read.turns import turns

BRIEFING = """Department Press Briefing - Norway

Jane Alpha, spokesperson of the Norwegian Foreign Ministry
Oslo, March 3, 2031

MS. ALPHA: Good afternoon. Norway supports the grain deal.

QUESTION: Will Norway close its border?

MS. ALPHA: We have no plans to close the border.

It would help nobody.
"""


def _article(text):
    return intake.article_of(text.encode(), "page.txt", kind="text", given={})[0]


def test_turns_run_from_name_to_name():
    article = _article(BRIEFING)
    found = turns(article)
    assert [article.text[slice(*t.name)] for t in found] == ["MS. ALPHA", "QUESTION", "MS. ALPHA"]
    assert [t.asks for t in found] == [False, True, False]
    assert [len(t.words) for t in found] == [1, 1, 2]


def test_a_colon_alone_makes_no_transcript():
    assert turns(_article("NORVIK: Talks go on\n\nThe council met on Monday.\n")) == ()


def test_every_sentence_of_a_turn_is_the_speakers(reader):
    statements = read_article(_article(BRIEFING), reader).statements
    said = [(s.content.text.rstrip("."), s.speaker.name, s.state.value) for s in statements]
    assert said == [
        ("Norway supports the grain deal", "Alpha", "NOR"),
        ("We have no plans to close the border", "Alpha", "NOR"),
        ("It would help nobody", "Alpha", "NOR"),
    ]


def test_capitals_are_read_as_small_letters(reader):
    text = "BORDER STAYS OPEN\n\nFRANCE WILL KEEP THE BORDER OPEN, THE FRENCH FOREIGN MINISTRY SAID ON MONDAY.\n"
    (statement,) = read_article(_article(text), reader).statements
    assert statement.content.text.startswith("FRANCE WILL KEEP THE BORDER OPEN")
