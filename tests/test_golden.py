"""One golden reading per example page: what the whole path, from bytes to statements, makes of it.

``pytest tests/test_golden.py --update-golden`` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso import records
from sayso.intake import arrivals
from sayso.model import Refused
from sayso.read import Reader, read_article
from tests.conftest import EXAMPLES
from tests.golden import differences, laid_out, plain

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(page for page in EXAMPLES.iterdir() if page.suffix in (".txt", ".html"))


def reading_of(page: Path, reader: Reader) -> dict[str, Any]:
    """The page's record and reading, without what names this version of the program or this place."""
    (arrival,) = arrivals([str(page)])
    assert not isinstance(arrival, Refused)
    article, _ = arrival
    reading = records.of_reading(read_article(article, reader))
    del reading["reader"]
    return {"page": plain(records.of_article(article, page.name)), **plain(reading)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(page: Path, reader: Reader, request: pytest.FixtureRequest) -> None:
    golden, got = GOLDEN / f"{page.stem}.json", reading_of(page, reader)
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(laid_out(got) + "\n", encoding="utf-8")
    assert golden.exists(), "no golden reading yet: run pytest tests/test_golden.py --update-golden"
    found = list(differences(json.loads(golden.read_text(encoding="utf-8")), got))
    assert not found, "\n".join(found[:20])


def test_no_golden_without_a_page() -> None:
    assert {golden.stem for golden in GOLDEN.glob("*.json")} <= {page.stem for page in PAGES}


def test_differences_forgive_certainties_alone() -> None:
    want = {"certainty": 0.8, "value": "warn", "spans": [[1, 2]]}
    assert not list(differences(want, {**want, "certainty": 0.75}))
    assert list(differences(want, {**want, "certainty": 0.2})) == [".certainty: 0.8 is now 0.2"]
    assert list(differences(want, {**want, "spans": [[1, 3]]})) == [".spans[0][1]: 2 is now 3"]
    assert list(differences(want, {**want, "spans": []})) == [".spans: [[1, 2]] is now []"]


def test_layout_is_json_again() -> None:
    value = {"a": [], "b": {"c": [1, {"d": "…"}]}, "e": None}
    assert json.loads(laid_out(value)) == value
