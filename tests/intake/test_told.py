"""What a page says of itself: corrected, changed, live, cut off, another page's form."""

from __future__ import annotations

import json

import pytest
from test_blocks import LEAD, SECOND, THIRD  # type: ignore[import-not-found]

from sayso.desk import Desk
from sayso.intake import article_of
from sayso.intake.told import _rules
from sayso.text import lists
from tests import fake

STORY = {
    "@type": "NewsArticle",
    "headline": "Norland rules out sea talks",
    "datePublished": "2031-05-04T09:00:00+02:00",
}
URL = "https://herald.example/world/sea-talks"
ENTRIES = "".join(
    f"<h3>{hour}:15 GMT</h3><p>{words}</p>" for hour, words in zip("9876", (LEAD, SECOND, THIRD, LEAD), strict=True)
)


def page(
    body: str = "", *, root: str = "html", head: str = "", story: bool = True, text: str = "", **data: object
) -> str:
    script = f'<script type="application/ld+json">{json.dumps(STORY | data)}</script>' if story else ""
    text = text or f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"
    return f"""<!doctype html><{root}><head><title>Norland rules out sea talks</title>{head}{script}</head><body>
      <article><h1>Norland rules out sea talks</h1>{text}{body}</article></body></html>"""


def told(source: str, kind: str = "html", **given: str) -> dict[str, str]:
    return {note.kind: note.text for note in article_of(source.encode(), "x", kind=kind, given=given)[1].told}


@pytest.mark.parametrize("kind", ["corrected", "live", "stub"])
def test_lines_of_a_kind_are_known_and_others_are_not(kind: str):
    line, card = _rules(kind)["line"], lists.table("told")[kind]
    assert [words for words in card["yes"] if not line.fullmatch(words)] == []
    assert [words for words in card["no"] if line.fullmatch(words)] == []


def test_a_plain_page_says_nothing_of_itself():
    assert told(page(dateModified="2031-05-04T18:00:00+02:00")) == {}
    assert told(f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n", "text") == {}


def test_a_corrected_page_is_said_to_be_so_with_its_words():
    words = "This article was amended on 5 May 2031 to correct the name of the port."
    article, sighting = article_of(page(f"<p>{words}</p>").encode(), "x", kind="html")
    (note,) = sighting.told
    assert (note.kind, note.text) == ("corrected", f"a correction: “{words}”")
    assert [article.text[start:end] for start, end in note.spans] == [words]


def test_a_corrected_text_is_said_to_be_so():
    note = "(This version of the story corrects the title of Alpha in paragraph 3)"
    assert told(f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n{note}\n", "text") == {"corrected": f"a correction: “{note}”"}


def test_a_page_changed_on_a_later_day():
    later = "a later change: published on 2031-05-04, changed on 2031-05-06"
    assert told(page(dateModified="2031-05-06T08:00:00Z")) == {"changed": later}
    meta = '<meta property="article:modified_time" content="2031-05-06T08:00:00Z">'
    assert told(page(head=meta)) == {"changed": later}


def test_a_live_blog_by_its_mark_up_or_by_its_hours():
    assert list(told(page(**{"@type": "LiveBlogPosting"}))) == ["live"]
    closed = "<p>This live page is now closed.</p>"
    assert list(told(page(closed, text=ENTRIES, story=False))) == ["live"]
    assert told(page(text=ENTRIES, story=False)) == {}, "hours alone may be a timetable"
    assert told(page(closed, story=False)) == {}, "a page may end with a link to another's live blog"


def test_the_beginning_of_a_paid_article():
    short = "a paywall: only its beginning is here"
    lead = f"<p>{LEAD}</p>"
    assert told(page(text=lead, isAccessibleForFree=False))["stub"].startswith(short)
    offer = '<div class="offer"><p>Subscribe to continue reading</p></div>'
    assert told(page(offer, text=lead, story=False))["stub"].startswith(short)
    assert (
        told(page(offer, text="".join(f"<p>In round {n} {LEAD} {SECOND}</p>" for n in range(9)), story=False)) == {}
    ), "all is there"


def test_the_amp_form_of_a_page_names_the_page():
    link = f'<link rel="canonical" href="{URL}">'
    for root in ("html amp", "html ⚡", 'html lang="en" amp'):
        assert told(page(root=root, head=link)) == {"amp": f"another form: it is the AMP form of {URL}"}
    assert told(page(head=link + f'<link rel="amphtml" href="{URL}/amp">')) == {}


def test_a_page_that_calls_itself_by_another_address():
    link = f'<link rel="canonical" href="{URL}">'
    assert told(page(head=link), url="https://copy.example/a") == {
        "canonical": f"another address: it calls itself {URL}"
    }
    assert told(page(head=link), url=f"http://www.{URL[8:]}/?from=feed#top") == {}


def test_what_a_page_says_of_itself_is_kept_with_it(tmp_path):
    file = tmp_path / "a.html"
    file.write_text(page("<p>Correction: the talks were on Monday, not on Sunday.</p>"))
    with Desk(tmp_path / "x.db", load=fake.load) as desk:
        (read,) = desk.read([file])
        assert [note.kind for note in read.notes] == ["corrected"] == [note.kind for note in desk.show(str(file)).notes]
