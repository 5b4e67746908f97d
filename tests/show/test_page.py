"""The page as a file: what it holds, that it holds together, and that it is the same again."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html as parse

from sayso.errors import SaysoError
from sayso.model import Entry
from sayso.show import page
from tests import factory
from tests.show import page_cases as cases


def tree(entries: list[Entry], articles: tuple[page.Kept, ...] = (), **names: str):
    return parse.document_fromstring(page.render(entries, articles, names=names))


def words(node) -> str:
    return " ".join(node.text_content().split())


def test_the_same_entries_give_the_same_bytes():
    assert page.render(cases.odd()) == page.render(cases.odd())


@pytest.mark.parametrize("make", [cases.odd, cases.attacks, list])
def test_every_inner_link_leads_somewhere_and_ids_stand_once(make):
    whole = tree(make())
    ids = Counter(whole.xpath("//@id"))
    assert max(ids.values()) == 1
    dead = {href for href in whole.xpath("//a/@href") if href.startswith("#") and href[1:] not in ids}
    assert not dead


def test_the_whole_text_stands_there_each_statement_underlined():
    entries = cases.odd()
    article = entries[0].article
    section = tree(entries).get_element_by_id(article.id)
    for row, block in zip(section.xpath(".//div[@data-b]"), article.blocks, strict=True):
        for number in row.xpath("./p//sup"):
            number.drop_tree()
        assert row.find("p").text_content() == article.text[block.start : block.end]


def test_an_article_names_its_other_printings_and_what_only_one_of_them_has():
    whole = tree(*cases.printed())
    first, second = (whole.get_element_by_id(kept.article.id) for kept in cases.printed()[1])
    (opened,) = first.xpath(".//details[@class='printing']")
    assert words(opened[0]) == "Printed also by Example Courier: 40% of this text is not there"
    assert opened.xpath(".//p[@class='lab']/text() | .//li/text()") == ["Only here", "They began <in> 1933."]
    assert opened.xpath(".//a/@href") == [f"#{second.get('id')}"]
    assert "Printed also by gone.txt: the same text" in words(first)
    assert not first.xpath(".//a[@href='#ar_0123456789abcdef']")
    told = [words(each[0]) for each in second.xpath(".//details[@class='printing']")]
    assert told == ["Printed also by Example Post: 40% of it is not here"] * 3
    assert "and 2 more copies among the articles" in words(second)


def test_a_statement_in_pieces_has_one_id_and_one_number():
    entries = cases.odd()
    id_ = entries[0].statement.id
    pieces = tree(entries).xpath(f"//a[@class='st quoted'][@href='#{id_}']")
    assert [piece.get("id") for piece in pieces] == [f"w-{id_}", None]
    assert [piece.get("tabindex") for piece in pieces] == [None, "-1"]
    assert [piece.xpath("string(.//sup)") for piece in pieces] == ["", "1"]


def test_of_nested_statements_the_inner_owns_its_words():
    outer, inner = cases.odd()[1:3]
    whole = tree(cases.odd())
    assert words(whole.get_element_by_id(f"w-{outer.statement.id}")) == "Beta said"
    nested = whole.get_element_by_id(f"w-{inner.statement.id}")
    assert "nest" in nested.get("class")
    assert nested.xpath("string()") == "talks were over23"


def test_spans_of_a_field_give_back_its_words():
    entries = list(cases.odd())
    for found in tree(entries).xpath("//dd[@data-spans][q]"):
        spans = [tuple(map(int, span.split("-"))) for span in found.get("data-spans").split(";")]
        told = [q.text for q in found.xpath("q")]
        assert told == [" ".join(entries[0].article.text[start:end].split()) for start, end in spans]


def test_a_card_opens_every_field_to_value_certainty_and_reason():
    (entry,) = cases.page(
        "Ties are at an end, she said.", "Ties are at an end", topics=("relations",), said="2025-03-03"
    )
    card = words(tree([entry], NOR="Norland", EAS="Eastland").get_element_by_id(entry.statement.id))
    for told in (
        "Norland → Eastland",
        "warns 0.70",
        "hostile 0.60 −2",
        "Monday, 3 March 2025 0.80",
        "topics: relations",
    ):
        assert told in card
    assert "dyad: as read" in card
    assert f"sayso show {entry.statement.id} --why" in card


def test_a_statement_given_twice_stands_there_once():
    entries = cases.odd()
    assert page.render([*entries, *entries]) == page.render(entries)


def test_cannot_tell_looks_like_any_answer():
    article = factory.article("It is said that ties are good.")
    statement = factory.statement(article, "ties are good")
    whole = tree([cases.entry(article, statement)])
    card = words(whole.get_element_by_id(statement.id))
    assert card.count("cannot tell") >= 5
    assert words(whole.get_element_by_id("day-none")) == "No day"
    assert "When 1 saying was said." in words(whole.get_element_by_id("front"))


def test_copies_fold_under_their_saying():
    texts = ["Ties are at an end, she said.", "LATE. Ties are at an end, said she."]
    entries = [entry for text in texts for entry in cases.page(text, "Ties are at an end", said="2025-03-03")]
    says = tree(entries).xpath("//li[starts-with(@id, 'sy_')]")
    assert len(says) == 1
    assert words(says[0].find(".//summary")) == "2 reports"


def test_the_front_tells_how_often_it_was_said_before():
    days = ["2023-11-16", "2025-01-24", "2025-02-10"]
    entries = [
        entry
        for day in days
        for entry in cases.page(f"{day}: ties stand on the brink, she said.", "ties stand on the brink", said=day)
    ]
    front = words(tree(entries, NOR="Norland").get_element_by_id("front"))
    assert "For the third time since November 2023, Norland says: ties stand on the brink." in front
    assert "third time since 16 Nov 2023" in front
    assert "17 days later" in front


def test_days_stand_newest_first_and_those_without_a_day_last():
    entries = [
        entry
        for day in ("2024-01-01", None, "2025-01-01")
        for entry in cases.page(f"{day} no war now", "no war", said=day)
    ]
    other = [replace_words(entry, n) for n, entry in enumerate(entries)]
    keys = tree(other).xpath("//section[@class='day']//h2/@id")
    assert keys == ["day-2025-01-01", "day-2024-01-01", "day-none"]


def replace_words(entry: Entry, number: int) -> Entry:
    """The same with another speaker, so that nothing is a copy."""
    from dataclasses import replace

    return replace(
        entry, statement=replace(entry.statement, speaker=replace(entry.statement.speaker, name=f"N{number}"))
    )


def test_an_empty_ledger_and_articles_without_statements_have_a_page():
    assert "Nothing has been said here yet." in page.render([])
    unread = factory.article("Nada nuevo.", why_not_read="the text is in another language (es)", language="es")
    whole = tree([], (page.Kept(unread, ("a.txt",)),))
    assert "Not read: the text is in another language (es)" in words(whole.get_element_by_id(unread.id))
    assert "Nada nuevo." in words(whole.get_element_by_id(unread.id))


def test_nothing_from_an_article_becomes_markup():
    whole = tree(cases.attacks())
    assert len(whole.xpath("//script[not(@type)]")) == 1
    assert not whole.xpath("//img | //iframe | //object | //@*[starts-with(name(), 'on')] | //@style")
    links = set(whole.xpath("//a/@href | //link/@href"))
    assert not {link for link in links if not re.match(r"#|data:,|https?://", link)}


def test_the_words_of_scripts_are_shown_as_they_stand():
    for entry in cases.attacks():
        assert html.escape(
            entry.statement.content.text.replace("\u2028", " ").replace("\u2029", " ").strip(), quote=False
        )
        shown = words(tree([entry]).get_element_by_id(entry.statement.id))
        assert " ".join(entry.statement.content.text.split()) in shown


def test_data_for_the_script_is_plain_json():
    whole = tree(cases.attacks())
    data = json.loads(whole.get_element_by_id("data").text)
    assert len(data["words"]) == len(data["rows"]) == len(cases.attacks())
    assert "<" not in whole.get_element_by_id("data").text


def test_characters_that_no_page_may_hold_keep_their_place():
    text = "A\x00B\ud800 says ties are good."
    shown = page.render(cases.page(text, "ties are good"))
    assert "A\ufffdB\ufffd says" in shown
    assert shown.encode()


def test_nothing_refers_outside_but_the_places_articles_were_seen():
    shown = page.render(cases.odd())
    assert set(re.findall(r"https?://[^\"<\s]+", shown)) == {"https://example.org/a?b=1&amp;c=2"}


# --- folder -------------------------------------------------------------------------------------------------------------


def test_a_folder_holds_together(tmp_path: Path):
    written = page.write_folder(cases.many(40, 3), tmp_path)
    names = {str(path.relative_to(tmp_path)) for path in written}
    assert {"index.html", "find.html", "articles.html", "about.html", "days/2025-01.html"} <= names
    ids = {path: set(parse.parse(str(path)).xpath("//@id")) for path in written}
    for path in written:
        for href in parse.parse(str(path)).xpath("//a/@href"):
            name, _, at = href.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target in ids, (path, href)
            assert not at or at in ids[target], (path, href)


def test_a_folder_is_written_only_where_it_changed(tmp_path: Path):
    entries = cases.many(6, 2)
    page.write_folder(entries, tmp_path)
    assert page.write_folder(entries, tmp_path) == ()
    changed = {path.name for path in page.write_folder(entries[2:], tmp_path)}
    assert "index.html" in changed
    assert not (tmp_path / "articles" / f"{entries[0].article.id}.html").exists()


def test_the_front_of_a_folder_shows_the_newest_and_leads_to_the_rest(tmp_path: Path):
    page.write_folder(cases.page(*_brief(20), said="2025-03-03"), tmp_path)
    front = parse.parse(str(tmp_path / "index.html"))
    assert len(front.xpath("//li[starts-with(@id, 'sy_')]")) == page.OCCASION
    assert front.xpath("//p[@class='more']/a/text()") == ["8 more of that day"]


def _brief(number: int) -> list[str]:
    sayings = [f"point {n} stands as it stood" for n in range(number)]
    return ["; ".join(sayings) + ".", *sayings]


def test_a_page_that_cannot_be_written_is_the_callers_mistake(tmp_path: Path):
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file" / "page.html", f"{tmp_path}/file/"):
        with pytest.raises(SaysoError, match="cannot be written"):
            page.write([], out)


def test_of_two_statements_in_the_same_words_both_have_a_place_to_lead_to():
    article = factory.article("Alpha and Beta say ties are good.")
    joint = [cases.entry(article, factory.statement(article, "ties are good", source=who)) for who in ("Alpha", "Beta")]
    whole = tree(joint)
    for entry in joint:
        assert whole.get_element_by_id(f"w-{entry.statement.id}") is not None
    assert whole.xpath("string(//div[@data-b]/p)") == "Alpha and Beta say ties are good12."
