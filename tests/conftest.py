"""What tests of several rooms share: the reader (loaded once), the examples, and the options that rewrite files."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.read import Reader

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "src" / "sayso" / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is read now as tests/golden/*.json")
    parser.addoption("--update-docs", action="store_true", help="write docs/cli.md and the outputs in docs/*.md anew")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader that ships with the program."""
    return Reader.load(threads=1)
