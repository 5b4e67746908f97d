"""What a user may set, and where it came from: flag > ``SAYSO_*`` > ``sayso.toml`` here > the user's own file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError

FORMATS = ("table", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and its origin in words."""

    name: str
    value: Any
    origin: str


def _between(value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError
    return number


def _positive(value: Any) -> int:
    number = int(str(value))
    if number < 1:
        raise ValueError
    return number


def _format(value: Any) -> str:
    if value not in FORMATS:
        raise ValueError
    return str(value)


KNOWN: dict[str, tuple[Any, Callable[[Any], Any], str]] = {
    "ledger": ("sayso.db", str, "a file"),
    "cards": (None, str, "a folder"),
    "format": (None, _format, f"one of {', '.join(FORMATS)}"),
    "jobs": (None, _positive, "a whole number from 1 on"),
    "threshold": (0.5, _between, "a number from 0 to 1"),
}
"""Name: default, how it is read, what it must be. None: decided by the command."""


def settings(
    flags: Mapping[str, Any], environ: Mapping[str, str] = os.environ, folder: Path | None = None
) -> dict[str, Setting]:
    """Every setting with where it came from. Raises ``SaysoError`` for a value that cannot be used."""
    layers = list(_layers(flags, environ, folder or Path()))
    return {name: _first(name, layers) for name in KNOWN}


def _layers(
    flags: Mapping[str, Any], environ: Mapping[str, str], folder: Path
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "flag", {name: value for name, value in flags.items() if value is not None}
    for name in KNOWN:
        if value := environ.get(f"SAYSO_{name.upper()}"):
            yield f"SAYSO_{name.upper()}", {name: value}
    for file in (folder / "sayso.toml", user_file()):
        yield str(file), _table(file)


def user_file() -> Path:
    """The user's own settings file."""
    from platformdirs import user_config_path

    return user_config_path("sayso") / "config.toml"


def _table(file: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SaysoError(f"{file}: cannot be read as settings ({error}); mend or remove it") from error
    if unknown := table.keys() - KNOWN.keys():
        raise SaysoError(f"{file}: unknown setting {min(unknown)!r}; known are {', '.join(KNOWN)}")
    return table


def _first(name: str, layers: list[tuple[str, Mapping[str, Any]]]) -> Setting:
    default, read, must_be = KNOWN[name]
    for origin, table in layers:
        if name in table:
            try:
                return Setting(name, read(table[name]), origin)
            except (ValueError, TypeError):
                raise SaysoError(f"{origin}: {name} is {table[name]!r}; give {must_be}") from None
    return Setting(name, default, "default")
