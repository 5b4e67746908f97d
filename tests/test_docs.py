"""The docs are true: what they show is what happens, and everything is told.

``pytest tests/test_docs.py --update-docs`` writes docs/cli.md and the outputs anew.
"""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import sayso
from sayso import model, records
from sayso.cli import sayso as commands
from sayso.lexicon import FILES
from tests import factory
from tests.conftest import ROOT
from tests.docs_blocks import ran

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
RUN = [ROOT / "README.md", DOCS / "walk.md", DOCS / "recurrence.md"]


def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-docs"))


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_code_prints_what_the_page_shows(
    page: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYSO_FORMAT", "table")
    monkeypatch.setenv("COLUMNS", "100")
    text = page.read_text(encoding="utf-8")
    blocks = list(ran(text))
    assert blocks
    if update(request):
        for block in blocks:
            text = text.replace(block.written, block.now)
        page.write_text(text, encoding="utf-8")
        return
    for block in blocks:
        assert block.alike, f"the page shows\n{block.written}\nbut now it is\n{block.now}"


def inner_of(command: click.Command) -> list[tuple[str, ...]]:
    """Names of the commands in a group; of another, nothing added to its own."""
    return [(name,) for name in sorted(command.commands)] if isinstance(command, click.Group) else [()]


def cli_page() -> str:
    """Every command's help."""

    def told(*words: str) -> str:
        with click.Context(commands, info_name="sayso"):
            result = CliRunner().invoke(commands, [*words, "--help"], prog_name="sayso", terminal_width=100)
        return f"```text\n{result.output.rstrip()}\n```\n"

    head = "# Command line\n\nWritten from `--help` by `pytest tests/test_docs.py --update-docs`; do not edit.\n\n"
    exits = (
        "Exit status: 0 all well · 1 some inputs could not be read, `verify` found a fault, or `seen` found nothing · "
        "2 wrong usage.\nData goes to standard output, everything else to standard error; `NO_COLOR` is honoured.\n\n"
    )
    names = sorted((name, *inner) for name, command in commands.commands.items() for inner in inner_of(command))
    parts = [f"## sayso {' '.join(name)}\n\n{told(*name)}" for name in names]
    return head + exits + "\n".join([f"{told()}", *parts])


def test_command_line(request: pytest.FixtureRequest) -> None:
    page = DOCS / "cli.md"
    if update(request):
        page.write_text(cli_page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == cli_page(), "stale: run pytest tests/test_docs.py --update-docs"


# --- fields ---


def section(heading: str) -> str:
    """What stands under a heading of fields.md."""
    text = (DOCS / "fields.md").read_text(encoding="utf-8")
    found = re.search(rf"^##+ `{heading}`$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"fields.md has no section {heading}"
    return found[1]


def told_fields(heading: str) -> set[str]:
    rows = re.findall(r"^\| ([a-z_0-9, ]+) \|", section(heading), re.MULTILINE)
    return {name for row in rows for name in row.split(", ")} - {"field"}


def fields_of(kind: Any) -> set[str]:
    return {field.name.rstrip("_") for field in dataclasses.fields(kind)}


PARTS = (
    *(model.Found, model.Act, model.Speaker, model.Hop, model.Said, model.Condition, model.Words),
    *(model.Block, model.Dateline, model.DateCandidate, model.Attribution, model.Note, model.Reading),
)


@pytest.mark.parametrize("kind", PARTS, ids=lambda kind: kind.__name__)
def test_fields_of_parts(kind: Any) -> None:
    assert told_fields(kind.__name__) == fields_of(kind)


def test_fields_of_records() -> None:
    article = factory.article()
    statement = factory.statement(article, "Talks go nowhere", source="Minister Jane Alpha")
    assert told_fields("article") == set(records.of_article(article, "page.txt", with_text=True))
    assert told_fields("statement") == set(records.of_statement(statement, "page.txt"))
    assert told_fields("sighting") == set(records.of_sighting(factory.sighting(article)))


def test_values() -> None:
    acts = set(re.findall(r"`(\w+)`", section("Act")))
    assert set(model.CLASS_OF) | set(model.ACTS) <= acts
    assert set(model.LABELS) == set(re.findall(r"`(\w+)`", section("Block")))


# --- words ---


def test_every_public_name_is_told() -> None:
    told = "".join((DOCS / name).read_text(encoding="utf-8") for name in ("library.md", "fields.md"))
    names = set(re.findall(r"`(?:sayso\.)?(\w+)", told))
    assert set(sayso.__all__) <= names


def test_every_card_file_is_told_with_cards_that_load() -> None:
    told = (DOCS / "cards.md").read_text(encoding="utf-8")
    assert all(name in told for name in FILES)
    for kind, card in re.findall(r"^```(json|toml)\n(.*?)^```", told, re.MULTILINE | re.DOTALL):
        assert json.loads(card) if kind == "json" else tomllib.loads(card)


def test_glossary_tells_every_act_and_label() -> None:
    told = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert all(f"**{act}**" in told for act in model.CLASS_OF)
    assert all(label in told for label in model.LABELS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_index_names_every_page() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if page.name != "index.md" and f"({page.name})" not in index] == []
