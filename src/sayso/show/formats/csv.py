"""CSV (RFC 4180, UTF-8): one row a statement, the columns of the ledger's table; other records have no row."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import chain
from typing import Any, TextIO

from sayso.records import FOUNDS, flat

COLUMNS = (
    "id", "article", "ref", "level", "certainty", "said_from", "said_to", "said_basis", "said_certainty", "speaker",
    "speaker_id", "speaker_kind", "speaker_role", "speaker_certainty", "state", "dyad_from", "dyad_to", "act",
    "act_class", "polarity", "content", "cue", "source", "chain", "kind", "form", "core", "modality", "status",
    "condition", "consequence", "controls", "condition_certainty", "addressee", "agreements", "channels", "topics",
    *(f"{name}_certainty" for name in FOUNDS), "content_spans", "cue_spans", "source_spans",
)  # fmt: skip
"""In this order; new ones are added at the end."""


BELONGING = ("match", "saying", "thread", "relation", "standing")
"""Columns behind these, where records tell where a statement belongs."""


LEDGER = ("article", "sighting", "statement")
"""Types of records of which only statements have a row."""


def write(records: Iterable[dict[str, Any]], out: TextIO) -> None:
    """A header, then a row for each statement; words are exact, also where a spreadsheet would compute them."""
    rows = csv.writer(out, lineterminator="\r\n")
    rest = iter(records)
    first = next(rest, None)
    listed = first is not None and first["type"] not in LEDGER
    belonging = tuple(name for name in BELONGING if first and name in first)
    columns = tuple(first) if first is not None and listed else COLUMNS + belonging
    rows.writerow(columns)
    for record in () if first is None else chain([first], rest):
        if listed or record["type"] == "statement":
            row = record if listed else flat(record) | {name: record[name] for name in ("ref", "level", *belonging)}
            rows.writerow(["" if row[name] is None else row[name] for name in columns])
