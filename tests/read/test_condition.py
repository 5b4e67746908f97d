"""Conditions: the cards' own sentences, and the side that decides."""

import tomllib
from importlib.resources import files

import pytest

from sayso.read.facets import condition

TABLE = tomllib.loads((files("sayso") / "data" / "condition.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE["yes"], ids=lambda row: row["text"][:30])
def test_both_halves_are_read(row: dict[str, str]) -> None:
    text = row["text"]
    halves = next(condition.found(text))
    assert halves.consequence is not None
    start, end = condition.trimmed(text, *halves.antecedent)
    assert text[start:end] == row["antecedent"]
    start, end = condition.trimmed(text, *halves.consequence)
    assert text[start:end] == row["consequence"]


@pytest.mark.parametrize("row", TABLE["no"], ids=lambda row: row["text"][:30])
def test_no_condition(row: dict[str, str]) -> None:
    assert next(condition.found(row["text"]), None) is None


def test_pieces_of_an_interrupted_quotation_keep_their_places() -> None:
    text = '"The anger goes," she said, "if they pay."'
    from sayso.model import Span

    content = condition.joined(text, [Span(0, 17), Span(28, len(text))])
    halves = next(condition.found(content.text))
    spans = content.spans(*halves.antecedent)
    assert [text[s.start : s.end] for s in spans] == ["they pay"]
