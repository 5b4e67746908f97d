"""Threads on the page: what stands on the line, in which order, and what the pairs say."""

import re

from sayso.show import page
from sayso.show.sayings import folded
from sayso.show.threads import Woven, lines
from tests.show import page_cases as cases


def _lines():
    entries, woven = cases.thread()
    return lines(woven, folded(entries, woven.sayings))


def test_a_thread_of_one_saying_is_no_line():
    (line,) = _lines()
    assert line.thread.id == "th_0000000000000001"
    assert line.told == "4 sayings in 5 reports, 3 Mar 2029 to 4 Mar 2031"


def test_harder_steps_up_and_softer_down():
    (line,) = _lines()
    wide = line.charts[0]
    latest_first = [(m.shape, m.count) for m in wide.marks]
    assert latest_first == [("down", 1), ("up", 2), ("first", 1)]
    softer, harder, first = (m.y for m in wide.marks)
    assert harder < softer == first
    assert [m.x for m in wide.marks] == sorted((m.x for m in wide.marks), reverse=True)


def test_pairs_are_latest_first_with_what_is_new():
    (line,) = _lines()
    assert [p.link.relation for p in line.pairs] == ["softens", "recurs", "hardens"]
    assert ("now", True) in line.pairs[1].new
    assert line.pairs[1].kept == (("Ties are on the verge of rupture", False),)


def test_the_page_links_a_saying_to_its_thread():
    entries, woven = cases.thread()
    html = page.render(entries, woven=woven)
    assert 'id="th_0000000000000001"' in html
    assert "third time since 3 Mar 2029" in html
    assert "&lt;verge&gt;" in html
    told = html[: html.index("<script")]
    assert set(re.findall(r'href="#([^"]+)"', told)) <= set(re.findall(r'id="([^"]+)"', told))


def test_without_threads_the_page_has_no_such_part():
    entries, _ = cases.thread()
    assert 'id="threads"' not in page.render(entries, woven=Woven())


def test_a_folder_has_a_file_a_thread(tmp_path):
    entries, woven = cases.thread()
    page.write_folder(entries, tmp_path, woven=woven)
    assert (tmp_path / "threads/th_0000000000000001.html").is_file()
    page.write_folder(entries, tmp_path)
    assert not (tmp_path / "threads/th_0000000000000001.html").exists()


def test_a_dense_file_tells_of_threads_beyond_the_drawn_ones(monkeypatch):
    entries, woven = cases.thread()
    monkeypatch.setattr(page, "DENSE", 1)
    monkeypatch.setitem(page._environment().globals, "drawn", 0)
    html = page.render(entries, woven=woven)
    assert 'id="th_0000000000000001"' in html
    assert '<svg class="chart' not in html
