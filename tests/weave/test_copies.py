from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import weave
from sayso.ledger import Ledger, faults, migrations
from sayso.model import Receipt
from sayso.weave import copies
from sayso.weave.copies import Print, copies_of, cut_and_added, kin, needed, print_of, rules
from tests import factory

WORDS = [
    a + b
    for a in ("mi", "tra", "ke", "lon", "pas", "ver", "du", "sho")
    for b in ("ta", "rel", "mok", "sin", "dor", "wey")
]


def passage(seed: int, length: int = 30) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length)) + "."


def text(*seeds: int) -> str:
    return "\n\n".join(map(passage, seeds))


def reworded(words: str, rate: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return "\n\n".join(
        " ".join("else" if rng.random() < rate else word for word in line.split()) for line in words.split("\n\n")
    )


def printed(words: str) -> Print:
    return Print.of(words.split("\n"))


def woven(texts: Iterable[str], folder: str | Path) -> set[tuple[str, str, float, float]]:
    """The pairs found when texts arrive in this order."""
    with Ledger.open(Path(folder) / "x.db", create=True) as ledger:
        pages = [factory.article(words) for words in texts]
        for number, page in enumerate(pages):
            receipt = ledger.add(page, factory.sighting(page, f"{number}.txt"), factory.reading(page))
            weave.add(ledger, receipt)
        assert not list(faults(ledger))
        return {(c.article, c.of, round(c.share, 6), round(c.cut, 6)) for p in pages for c in copies_of(ledger, p.id)}


# --- two texts ---

WHOLE = text(*range(8))


def test_a_shingle_hash_never_changes():
    assert copies.shingles(["ties", "are", "on", "the", "brink"]) == (3032221160, 1305400983)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12))
def test_a_text_is_its_own_copy(seeds: list[int]):
    own = printed(text(*seeds))
    assert kin(own, own) == (1.0, 1.0)
    assert len(own.keys) >= needed(own, own)


@given(st.lists(st.integers(0, 500), min_size=4, max_size=12, unique=True), st.data())
def test_order_of_passages_does_not_matter_and_shares_mirror(seeds: list[int], data: st.DataObject):
    shuffled = data.draw(st.permutations(seeds))
    a, b = printed(text(*seeds)), printed(text(*shuffled))
    assert kin(a, b) == kin(b, a) == (1.0, 1.0)
    part = printed(text(*shuffled[: len(seeds) // 2]))
    forth, back = kin(a, part), kin(part, a)
    assert forth is not None
    assert back == forth[::-1]
    assert needed(a, part) == needed(part, a) <= len(a.keys & part.keys)


@given(st.lists(st.integers(0, 500), max_size=6), st.text(max_size=40))
def test_a_print_is_kept_and_comes_back(seeds: list[int], tail: str):
    own = printed(text(*seeds) + tail)
    assert Print.unpacked(own.sha256, own.packed(), own.keys) == own


@pytest.mark.parametrize(
    ("copy", "share", "kept"),
    [
        (text(0, 1, 2, 3), 1.0, 0.5),
        (text(0, 1), 1.0, 0.25),
        (reworded(WHOLE, 0.1), 1.0, 1.0),
        (WHOLE + "\n\n" + text(90, 91), 0.8, 1.0),
        (text(80, 81, 82) + "\n\n" + text(0, 1, 2) + "\n\n" + text(83, 84, 85), 1 / 3, 3 / 8),
        (WHOLE.replace("ta ", "TA ").replace("si", "s\u00adi"), 1.0, 1.0),
    ],
    ids=["half", "quarter", "reworded", "added to", "embedded", "typeset"],
)
def test_what_is_cut_and_added_is_known(copy: str, share: float, kept: float):
    assert kin(printed(copy), printed(WHOLE)) == pytest.approx((share, kept))


def test_one_word_in_four_changed_is_still_mostly_found():
    found = [kin(printed(reworded(WHOLE, 0.25, seed)), printed(WHOLE)) for seed in range(20)]
    assert sum(each is not None for each in found) >= 18


@pytest.mark.parametrize("background", [text(99), text(98, 99)], ids=["one passage", "two"])
def test_stock_background_is_no_copy(background: str):
    a, b = (printed(text(*seeds) + "\n\n" + background) for seeds in ((1, 2, 3, 4), (5, 6, 7, 8)))
    assert kin(a, b) is None


def test_a_short_text_that_is_half_stock_is_no_copy():
    assert kin(printed(text(1, 99)), printed(text(2, 99))) is None


def test_formulas_in_common_are_no_copy():
    """Each passage shares a formula of seven words; all else is its own."""
    formula = "both ministers exchanged views on bilateral ties"
    a, b = (
        printed("\n".join(f"{passage(seed, 9)} {formula} {passage(seed + 50, 4)}" for seed in range(start, start + 6)))
        for start in (0, 20)
    )
    assert kin(a, b) is None


def test_too_little_is_no_copy_of_anything():
    assert kin(printed("All rights reserved."), printed("All rights reserved.")) is None


def test_cut_and_added_lines_are_named():
    full = factory.article(text(1, 2, 3, 4))
    part = factory.article(text(2, 3) + "\n\n" + passage(9))
    cut, added = cut_and_added(part, full)
    assert [full.text[start:end] for start, end in cut] == [passage(1), passage(4)]
    assert [part.text[start:end] for start, end in added] == [passage(9)]


def test_furniture_is_left_out():
    words = text(1, 2)
    page = factory.article(f"{words}\n\n{passage(3)}")
    assert print_of(page).size > printed(words).size
    blocks = [factory.Block(0, len(words), "body"), factory.Block(len(words) + 2, len(page.text), "furniture")]
    assert print_of(factory.article(page.text, blocks=blocks)) == printed(words)


# --- many texts ---

FAMILIES = [
    text(*range(8)), text(*range(4)), text(0, 1), reworded(text(*range(8)), 0.1), text(50, 51, 52, 0, 1, 2, 53, 54, 55),
    text(20, 21, 22, 23), text(20, 21, 22, 60), text(30, 31, 99), text(32, 33, 34, 99), text(35, 36, 37, 38, 99),
]  # fmt: skip


@pytest.mark.parametrize("common", [2, 3, 100])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_order_of_arrival_changes_nothing(common: int, data: st.DataObject):
    table = rules()
    kept, table["common"]["texts"] = table["common"]["texts"], common
    try:
        with TemporaryDirectory() as one, TemporaryDirectory() as other:
            assert woven(data.draw(st.permutations(FAMILIES)), one) == woven(FAMILIES, other)
    finally:
        table["common"]["texts"] = kept


def test_the_copies_of_a_text_are_found_among_others(tmp_path: Path):
    found = woven(FAMILIES, tmp_path)
    ids = [factory.article(words).id for words in FAMILIES]
    assert {ids.index(b) for a, b, *_ in found if a == ids[0]} == {1, 2, 3, 4}
    assert {ids.index(b) for a, b, *_ in found if a == ids[5]} == {6}
    assert not [pair for pair in found if pair[0] in ids[7:]]


def test_a_cut_is_found_though_the_whole_was_broken_into_other_lines_before(tmp_path: Path):
    broken = WHOLE.replace(" tra", "\ntra")
    pairs = woven([broken, WHOLE, passage(0)], tmp_path)
    whole, other = factory.article(WHOLE).id, factory.article(broken).id
    assert {b for a, b, *_ in pairs if a == whole} >= {other, factory.article(passage(0)).id}


def test_what_stands_in_very_many_texts_is_stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    texts = [text(99, 98, 97, 200 + number) for number in range(8)]
    monkeypatch.setitem(rules()["common"], "texts", 8)
    assert len(woven(texts, tmp_path)) == 8 * 7
    monkeypatch.setitem(rules()["common"], "texts", 7)
    (tmp_path / "again").mkdir()
    assert woven(texts, tmp_path / "again") == set()


def add(ledger: Ledger, words: str, ref: str) -> str:
    page = factory.article(words)
    weave.add(ledger, ledger.add(page, factory.sighting(page, ref), factory.reading(page)))
    return page.id


def derived(ledger: Ledger) -> list[list[tuple]]:
    return [
        [tuple(row) for row in ledger._rows(f"SELECT * FROM {table}")]
        for table in ("print", "printed", "shingle", "kin")
    ]


def test_weaving_in_twice_changes_nothing_and_what_was_dropped_is_made_again(tmp_path: Path):
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        ids = [add(ledger, words, f"{number}.txt") for number, words in enumerate(FAMILIES)]
        before = derived(ledger)
        assert not any(weave.add(ledger, Receipt(id_)) for id_ in ids)
        assert derived(ledger) == before
        for table in ("kin", "shingle", "printed", "print"):
            ledger._sql.execute(f"DELETE FROM {table}")
        assert weave.catch_up(ledger) == len(ids)
        assert derived(ledger) == before
        assert weave.catch_up(ledger) == 0


def test_the_same_body_under_two_headlines_is_one_text(tmp_path: Path):
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        ids = []
        for head in ("Ties at a low", "What was said in Norland"):
            words = f"{head}\n\n{text(1, 2, 3)}"
            blocks = [factory.Block(0, len(head), "headline"), factory.Block(len(head) + 2, len(words), "body")]
            page = factory.article(words, blocks=blocks)
            weave.add(ledger, ledger.add(page, factory.sighting(page, head), factory.reading(page)))
            ids.append(page.id)
        (copy,) = copies_of(ledger, ids[0])
        assert (copy.of, copy.ref, copy.share, copy.cut, copy.added) == (ids[1], "What was said in Norland", 1, 0, 0)


def test_forgetting_an_article_forgets_its_print(tmp_path: Path):
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        first, second = add(ledger, WHOLE, "a.txt"), add(ledger, text(0, 1, 2, 3), "b.txt")
        assert copies_of(ledger, first)
        ledger.forget("b.txt", "2025-01-02")
        assert copies_of(ledger, first) == [] == copies_of(ledger, second)
        assert {row["print"] for row in ledger._rows("SELECT print FROM shingle")} == {1}
        assert not list(faults(ledger))


def test_a_ledger_of_the_first_format_is_brought_up_to_date(tmp_path: Path):
    path = tmp_path / "x.db"
    with Ledger.open(path, create=True) as ledger:
        for words in FAMILIES:
            page = factory.article(words)
            ledger.add(page, factory.sighting(page, page.id), factory.reading(page))
        first = migrations._script("schema.sql")
        for kind, name in list(ledger._rows("SELECT type, name FROM sqlite_master WHERE name NOT LIKE '%fts%'")):
            if kind in ("view", "table") and f" {name} " not in first:
                ledger._sql.execute(f"DROP {kind} {name}")
        ledger._sql.execute("PRAGMA user_version=1")
    with Ledger.open(path) as ledger:
        assert weave.catch_up(ledger) == len(FAMILIES)
        assert copies_of(ledger, factory.article(FAMILIES[0]).id)
