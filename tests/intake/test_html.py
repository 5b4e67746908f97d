import json

import pytest
from test_blocks import LEAD, SECOND, THIRD, covers  # type: ignore[import-not-found]

from sayso.errors import SourceError
from sayso.intake import article_of

STORY = {
    "@type": "NewsArticle",
    "headline": "Norland rules out sea talks",
    "datePublished": "2031-05-04T23:30:00+02:00",
    "author": [{"@type": "Person", "name": "Jane Beta"}],
    "publisher": {"name": "Norland Herald"},
}
OTHER = {"@type": "NewsArticle", "headline": "Esterland opens embassy", "datePublished": "2031-05-09"}


def page(*, data=(), head="", body="", tail=""):
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in data)
    return f"""<!doctype html><html>
      <head><title>Norland rules out sea talks | Herald</title>{head}{scripts}</head><body>
      <nav><a href="/">Home</a> <a href="/world">World</a></nav>
      <article><h1>Norland rules out
        sea talks</h1>{body}<p>{LEAD}</p>
      <figure><img src="a.jpg"><figcaption>The harbour of Norvik</figcaption></figure>
      <p>{SECOND}</p><p><a href="/x">READ MORE: Esterland opens embassy in Norvik</a></p><p>{THIRD}</p></article>{tail}
      <aside><a href="/y">Esterland opens embassy after nine long years</a></aside>
      <footer>© 2031 Herald</footer></body></html>"""


def read(source, **given):
    return article_of(source.encode(), "x", kind="html", given=given)[0]


def by_label(article):
    out = {}
    for block in article.blocks:
        out.setdefault(block.label, []).append(article.text[block.start : block.end])
    return out


def test_blocks_of_a_page():
    article = read(page())
    found = by_label(article)
    assert found["headline"] == ["Norland rules out sea talks"]
    assert found["body"] == [LEAD, SECOND, THIRD]
    assert found["caption"] == ["The harbour of Norvik"]
    assert "READ MORE: Esterland opens embassy in Norvik" in found["related_link"]
    assert covers(article.text, article.blocks)
    assert "\n\n\n" not in article.text
    assert "  " not in article.text


def test_the_day_is_that_of_the_page_s_own_story():
    article = read(page(data=[OTHER, STORY]))
    assert (article.published, article.published_basis) == ("2031-05-04", "jsonld")
    assert article.published_candidates[0].date == "2031-05-04T23:30:00+02:00"
    assert (article.author, article.outlet) == ("Jane Beta", "Norland Herald")


@pytest.mark.parametrize(
    ("head", "body", "basis"),
    [
        ('<meta property="article:published_time" content="2031-05-04T10:00:00Z">', "", "meta"),
        ("", '<time datetime="2031-05-04">yesterday</time>', "time"),
        ('<link rel="canonical" href="https://herald.example/2031/05/04/sea-talks">', "", "url"),
        ("", "<div>Published: 09:33, May 4, 2031</div>", "line"),
    ],
)
def test_where_a_day_can_stand(head, body, basis):
    article = read(page(head=head, body=body))
    assert (article.published, article.published_basis) == ("2031-05-04", basis)


def test_the_day_of_reading_in_a_page_s_head_is_no_day():
    source = page().replace("<nav>", "<nav><div>Friday, May 9, 2031</div>")
    assert read(source).published is None


def test_broken_json_is_passed_over():
    source = page(head='<script type="application/ld+json">{"datePublished": </script>', data=[STORY])
    assert read(source).published == "2031-05-04"


def test_two_line_breaks_part_paragraphs_and_one_does_not():
    article = read(f"<html><body><div>{LEAD}<br>{SECOND}<br><br>{THIRD}</div></body></html>")
    assert article.text == f"{LEAD} {SECOND}\n\n{THIRD}"


def test_a_page_nested_a_thousand_deep_is_read():
    assert LEAD in read("<div>" * 1000 + f"<p>{LEAD}</p>").text


def test_words_in_a_script_or_comment_that_look_like_an_element_with_thousands_of_attributes_are_none():
    many = "<p " + "a=b " * 9000
    assert "Norland" in read(page(head=f"<script>write('{many}')</script>")).text
    assert "Norland" in read(page(head=f"<!-- <script> --><!-- {many} -->")).text
    with pytest.raises(SourceError, match="attributes"):
        read(page(body=f"<!-- <script> -->{many}></p><script></script>"))


def test_scripts_are_no_text():
    assert "alert" not in read(page(tail="<script>alert('x')</script><style>p{}</style>")).text
    with pytest.raises(SourceError, match="no text"):
        read("<html><body><script>alert('x')</script></body></html>")
