"""The page in a real Chromium. Needs playwright (the extra ``browser``), Chromium, and axe-core for accessibility.

``SAYSO_CHROMIUM`` names the browser (default: the one on the path), ``SAYSO_AXE`` the file ``axe.min.js`` (default: in
``node_modules`` here, as ``npm install --no-save axe-core`` puts it). What is missing is skipped with its reason.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sayso.model import Entry
from sayso.show import page
from tests.show import page_cases as cases

sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[browser]'")

CHROMIUM = os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(os.environ.get("SAYSO_AXE") or Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js")

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on the path: apt-get install chromium")
needs_axe = pytest.mark.skipif(
    not AXE.is_file(), reason="no axe-core: npm install --no-save axe-core, or set SAYSO_AXE"
)

ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
WIDTHS = (1280, 768, 390, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "demo.html"
    file.write_text(page.render(cases.examples(), names={"RUS": "Russia", "USA": "United States"}), encoding="utf-8")
    return file


def written(
    folder: Path, entries: Iterable[Any], articles: Iterable[page.Kept] = (), woven: page.Woven = page.UNWOVEN
) -> Path:
    file = folder / "page.html"
    file.write_text(page.render(entries, articles, woven=woven), encoding="utf-8")
    return file


def opened(browser: Any, file: Path, at: str = "", **options: Any) -> Any:
    tab = browser.new_page(**({"viewport": {"width": 1280, "height": 900}} | options))
    tab.goto(f"{file.as_uri()}#{at}")
    return tab


def parts(tab: Any) -> list[str]:
    """The address of every part, for articles a card as well."""
    return tab.evaluate(
        """[...document.querySelectorAll('main > .view')].map(view => (view.querySelector('.card') || view).id)"""
    )


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str):
    copied, articles = cases.printed()
    told, woven = cases.thread()
    demo = written(tmp_path, [*_some(cases.examples(), 2), *cases.odd(), *copied, *told], articles, woven)
    with checked(browser, demo, scheme) as tab:
        assert not [fault for part in parts(tab) for fault in faults(tab, part)]


@needs_axe
def test_axe_finds_nothing_on_a_dense_page(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The front as it opens, with days that are not laid out yet, and with all of them laid out; a card opened."""
    monkeypatch.setattr(page, "DENSE", 0)
    with checked(browser, written(tmp_path, cases.examples()), "light") as tab:
        card = tab.evaluate("document.querySelector('.card').id")
        assert not [*faults(tab, "front"), *faults(tab, card, widths=(1280, 320))]
        assert not tab.evaluate("card => document.getElementById(card).querySelector('[data-rows]')", card)
        tab.add_style_tag(content=".day { content-visibility: visible !important; overflow: visible !important }")
        assert not faults(tab, "front", widths=(768, 320))


@needs_axe
def test_axe_finds_nothing_in_the_files_of_a_folder(browser: Any, tmp_path: Path):
    page.write_folder([*_some(cases.examples(), 3), *cases.odd()], tmp_path)
    names = ("index", "find", "articles", "about", "days/*", "articles/*")
    for file in (next(tmp_path.glob(f"{name}.html")) for name in names):
        with checked(browser, file, "light") as tab:
            assert not faults(tab, "main", widths=(1280, 320)), file.name


@contextmanager
def checked(browser: Any, file: Path, scheme: str) -> Iterator[Any]:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.add_script_tag(path=str(AXE))
    yield tab
    context.close()


def faults(tab: Any, part: str, widths: Iterable[int] = WIDTHS) -> list[tuple[str, int, str, str]]:
    """What axe finds in a part of the page, in every width."""
    found = []
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.evaluate("part => { location.hash = part; }", part)
        tab.evaluate("document.querySelectorAll('.printing').forEach(printing => { printing.open = true; })")
        tab.wait_for_function("part => document.getElementById(part).checkVisibility()", arg=part)
        result = tab.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
        found += [(part, width, v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]]
    return found


def _some(entries: Iterable[Entry], articles: int) -> list[Entry]:
    ids = list(dict.fromkeys(entry.article.id for entry in entries))[-articles:]
    return [entry for entry in entries if entry.article.id in ids]


def test_no_part_scrolls_sideways_on_a_small_screen(browser: Any, demo: Path):
    tab = opened(browser, demo, viewport={"width": 320, "height": 700})
    for part in parts(tab):
        tab.evaluate("part => { location.hash = part; }", part)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, part
    tab.close()


def test_one_request_on_load_and_no_dead_link(browser: Any, demo: Path):
    tab, requests = browser.new_page(), []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(demo.as_uri())
    assert [url for url in requests if not url.startswith("data:")] == [demo.as_uri()]
    dead = tab.evaluate("[...document.links].map(a => a.hash).filter(h => h && !document.getElementById(h.slice(1)))")
    assert dead == []
    tab.close()


def test_fifty_texts_that_would_run_as_script_do_not(browser: Any, tmp_path: Path):
    dialogs: list[str] = []
    for file in (written(tmp_path, cases.attacks()), *_folder(tmp_path / "all", cases.attacks())):
        tab = browser.new_page()
        tab.on("dialog", lambda dialog: dialogs.append(dialog.message))
        tab.goto(file.as_uri())
        for summary in tab.query_selector_all("summary")[:3]:
            summary.evaluate("summary => summary.click()")
        assert tab.evaluate("window.ran") is None
        assert tab.evaluate("document.documentElement.className") == "script", "our own script runs"
        tab.close()
    assert not dialogs


def _folder(folder: Path, entries: list[Any]) -> list[Path]:
    return list(page.write_folder(entries, folder))[:12]


def test_without_script_words_lead_to_their_card(browser: Any, demo: Path):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(demo.as_uri())
    link = tab.locator("#front .say a").first
    card = link.get_attribute("href")
    link.click()
    assert tab.locator(f"[id='{card[1:]}']").is_visible()
    assert not tab.locator("#front").is_visible()
    tab.goto(f"{demo.as_uri()}#all")
    assert all(view.is_visible() for view in tab.locator("main > .view").all())
    context.close()


def test_keys_open_a_card_close_it_and_give_the_focus_back(browser: Any, demo: Path):
    tab = opened(browser, demo, "articles")
    tab.locator("#articles a").first.click()
    words = tab.locator(".view:target a.st[id]").first
    words.focus()
    tab.keyboard.press("Enter")
    card = words.get_attribute("href")[1:]
    assert tab.locator(f"[id='{card}']").is_visible()
    assert tab.evaluate("document.activeElement.id") == card
    tab.keyboard.press("Escape")
    assert not tab.locator(f"[id='{card}']").is_visible()
    assert tab.evaluate("document.activeElement.id") == f"w-{card}"
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "quick-words"
    tab.go_back()
    assert tab.locator("main > .view.art:visible").count() == 1
    tab.close()


def test_find_finds_and_says_what_it_holds_when_it_does_not(browser: Any, demo: Path):
    tab = opened(browser, demo)
    tab.fill("#quick-words", "verge rupture")
    tab.keyboard.press("Enter")
    assert tab.locator("#hits li").count() >= 1
    assert "rupture" in tab.locator("#hits li").first.inner_text()
    assert "newest first" in tab.locator("#count").inner_text()
    tab.fill("#filter [name=q]", "nobody ever said this")
    assert "does not mean that nobody said it" in tab.locator("#empty").inner_text()
    tab.click("#filter [type=reset]")
    tab.wait_for_selector("#index", state="visible")
    tab.close()


def test_a_row_of_a_card_lights_the_words_it_was_read_from(browser: Any, tmp_path: Path):
    entries = cases.odd()
    first = entries[0].statement
    tab = opened(browser, written(tmp_path, entries), first.id)
    tab.locator(f"[id='{first.id}'] .rest [data-spans]").first.hover()
    lit = tab.evaluate("[...CSS.highlights.get('field')].map(range => range.toString())")
    assert lit == ['"We see a way"', '"and we shall go it"']
    tab.close()


def test_print_shows_every_part_and_no_form(browser: Any, demo: Path):
    tab = opened(browser, demo)
    tab.emulate_media(media="print")
    shown = tab.evaluate(
        "[...document.querySelectorAll('main > .view')].filter(v => v.checkVisibility()).map(v => v.id)"
    )
    assert {"front", "articles", "about"} <= set(shown)
    assert "find" not in shown
    assert not tab.locator("form:visible, .card:visible, nav:visible").count()
    tab.close()


@pytest.mark.parametrize("make", [cases.odd, list], ids=["odd", "empty"])
def test_odd_ledgers_show_without_an_error(browser: Any, tmp_path: Path, make: Any):
    tab = browser.new_page(viewport={"width": 320, "height": 700})
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text))
    tab.goto(written(tmp_path, make()).as_uri())
    for part in parts(tab):
        tab.evaluate("part => { location.hash = part; }", part)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, part
    tab.close()
    assert not faults


def test_two_hundred_articles_are_built_without_asking_for_layout(browser: Any, tmp_path: Path):
    """Not the clock, which other work on the machine would move, but what takes the time: what has to be laid out."""
    tab = opened(browser, written(tmp_path, cases.many(200, 10)))
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")
    counted = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    tab.close()
    assert counted["LayoutCount"] < 40, json.dumps(counted)
    assert counted["Nodes"] < 2000 * 130, json.dumps(counted)


def test_the_front_of_a_folder_of_two_thousand_stays_small(tmp_path: Path):
    written = {path.name: path for path in page.write_folder(cases.many(2000, 2), tmp_path)}
    assert written["index.html"].stat().st_size < 1_000_000
