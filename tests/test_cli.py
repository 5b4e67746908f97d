from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sayso import cli, desk, settings
from sayso.cli import run
from tests import fake

LINES = "Ties\n\nAlpha: the road is open.\nBeta: perhaps it is.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "our_reader", fake.load)
    monkeypatch.setattr(settings, "user_file", lambda: tmp_path / "home.toml")
    for name in settings.KNOWN:
        monkeypatch.delenv(f"SAYSO_{name.upper()}", raising=False)
    (tmp_path / "a.txt").write_text(LINES)
    return tmp_path


@pytest.fixture
def kept(here: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["read", "a.txt", "--published", "2025-03-03"]) == 0
    capsys.readouterr()
    return here


def records(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


# --- read ---------------------------------------------------------------------------------------------------------


def test_read_prints_records_on_standard_output_and_nothing_else(here: Path, capsys):
    assert run(["read", "a.txt"]) == 0
    out, err = capsys.readouterr()
    article, statement = records(out)
    assert (article["type"], article["ref"], article["read"]) == ("article", "a.txt", True)
    assert "text" not in article
    assert (statement["type"], statement["article"], statement["level"]) == ("statement", article["id"], "confirmed")
    assert statement["content"] == {"spans": [[13, 30]], "text": "the road is open."}
    assert err == ""


def test_read_again_prints_the_same(kept: Path, capsys):
    run(["read", "a.txt", "--published", "2025-03-03"])
    first = capsys.readouterr().out
    run(["read", "a.txt", "--published", "2025-03-03"])
    assert capsys.readouterr().out == first != ""


def test_read_options(here: Path, capsys):
    run(["read", "a.txt", "--suggested", "--with-text", "--outlet", "Example Post", "--published", "2025-03-03"])
    article, confirmed, suggested = records(capsys.readouterr().out)
    assert article["text"] == LINES
    assert (article["published"], article["published_basis"]) == ("2025-03-03", "given")
    assert article["outlet"] == "Example Post"
    assert (confirmed["level"], suggested["level"]) == ("confirmed", "suggested")


def test_read_as_table_and_csv(here: Path, capsys):
    assert run(["read", "a.txt", "--format", "table"]) == 0
    table = capsys.readouterr().out
    assert "Ties" in table
    assert "day: cannot tell · Alpha · cannot tell" in table
    assert "\x1b" not in table
    assert run(["read", "a.txt", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["speaker"], row["content"], row["said_from"]) == ("Alpha", "the road is open.", "")


def test_what_cannot_be_read_is_told_and_the_rest_is_read(here: Path, capsys):
    assert run(["read", "none.txt", "a.txt"]) == 1
    out, err = capsys.readouterr()
    assert len(records(out)) == 2
    assert err.startswith("none.txt: ")
    assert err.count("\n") == 1


def test_read_from_standard_input(here: Path):
    line = json.dumps({"id": "x", "text": "Norland speaks. " * 5})
    code = """
from sayso import cli, desk
from tests import fake
desk.our_reader = fake.load
raise SystemExit(cli.run(["read", "-"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=line, capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert records(done.stdout)[0]["ref"] == "x"


# --- wrong usage ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["read"], "Missing argument"),
        (["reed"], "No such command"),
        (["read", "a.txt", "--published", "soon"], "soon: not a day; write it as 2025-02-11"),
        (["read", "a.txt", "--threshold", "7"], "threshold is '7'; give a number from 0 to 1"),
        (["read", "a.txt", "--jobs", "0"], "jobs is '0'; give a whole number from 1 on"),
        (["read", "a.txt", "--ledger", "no/such/x.db"], "no/such/x.db: it cannot be opened"),
        (["read", "a.txt", "--ledger", "a.txt"], "a.txt: not a sayso ledger"),
        (["read", "a.txt", "--output", "no/such/out"], "no/such/out: cannot be written"),
        (["seen", "words", "--ledger", "none.db"], "none.db: no ledger here; `sayso read` makes one"),
        (["show", "x", "--ledger", "none.db"], "none.db: no ledger here"),
        (["verify", "--ledger", "none.db"], "none.db: no ledger here"),
        (["export", "--ledger", "none.db"], "none.db: no ledger here"),
        (["export", "--format", "xml"], "not one of"),
        (["seen", "...", "--ledger", "sayso.db"], "no words to look for"),
        (["seen", "road", "--since", "May"], "May: not a day"),
        (["seen", "road", "--by", "-"], "no name"),
    ],
)
def test_wrong_usage_is_one_clear_line(kept: Path, capsys, arguments: list[str], told: str):
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert told in err
    assert "Traceback" not in err
    assert out == ""


def test_debug_shows_the_traceback(here: Path):
    from sayso.errors import LedgerError

    with pytest.raises(LedgerError):
        run(["verify", "--debug"])


def test_an_interrupt_ends_with_130(here: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    def stopped(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.Desk, "read", stopped)
    assert run(["read", "a.txt"]) == 130
    assert "interrupted; finished articles are kept" in capsys.readouterr().err


# --- asking ---------------------------------------------------------------------------------------------------------


def test_seen_answers_in_its_first_line(kept: Path, capsys):
    assert run(["seen", "the road is open", "--format", "table"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "Yes, once: on 3 Mar 2025 by Alpha."
    assert run(["seen", "the road is open"]) == 0
    (record,) = records(capsys.readouterr().out)
    assert (record["match"], record["copies"], record["speaker"]["name"]) == (1.0, [], "Alpha")


def test_seen_records_tell_where_each_belongs(kept: Path, capsys):
    assert run(["seen", "the road is open"]) == 0
    (record,) = records(capsys.readouterr().out)
    assert (record["saying"][:3], record["thread"][:3]) == ("sy_", "th_")
    assert (record["relation"], record["standing"]) == (None, "said")
    assert run(["seen", "the road is open", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert list(row)[-5:] == ["match", "saying", "thread", "relation", "standing"]
    assert (row["thread"], row["relation"]) == (record["thread"], "")


def test_seen_without_words_lists_what_was_said_again(kept: Path, capsys):
    assert run(["seen"]) == 1
    assert "Nothing was said more than once" in capsys.readouterr().err


def test_show_opens_a_saying_and_a_thread(kept: Path, capsys):
    run(["seen", "the road is open"])
    (record,) = records(capsys.readouterr().out)
    assert run(["show", record["thread"][:12], "--format", "table"]) == 0
    assert capsys.readouterr().out.startswith(f"{record['thread']}: 1 saying\n")
    assert run(["show", record["saying"], "--why", "--format", "table"]) == 0
    assert capsys.readouterr().out.startswith(f"{record['saying']}: 1 statement in 1 report\n")
    assert run(["show", record["thread"]]) == 0
    assert [each["type"] for each in records(capsys.readouterr().out)] == ["statement", "thread"]
    assert run(["show", record["thread"], "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert run(["show", "th_0000000000000000"]) == 1
    assert "give an id that begins with sy_ or th_" in capsys.readouterr().err


def test_seen_nothing_is_status_1(kept: Path, capsys):
    assert run(["seen", "no such words", "--by", "Gamma"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("No: “no such words” (by Gamma) is not in this ledger, which begins on ")
    assert run(["seen", "perhaps it is"]) == 1
    assert run(["seen", "perhaps it is", "--suggested"]) == 0


def test_show_opens_a_statement_and_an_article(kept: Path, capsys):
    run(["export"])
    ids = {record["type"]: record["id"] for record in records(capsys.readouterr().out)}
    assert run(["show", ids["statement"][:12], "--why", "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "the road is open." in out
    assert "polarity" in out
    assert "cannot tell" in out
    for name in (ids["article"], "a.txt"):
        assert run(["show", name]) == 0
        article, statement, suggested = records(capsys.readouterr().out)
        assert (article["id"], statement["id"]) == (ids["article"], ids["statement"])
        assert suggested["level"] == "suggested"
    assert run(["show", "a.txt", "--why", "--format", "table"]) == 0
    assert ids["statement"] in capsys.readouterr().out


def test_show_what_is_not_there(kept: Path, capsys):
    assert run(["show", "b.txt"]) == 1
    assert capsys.readouterr().err.startswith("b.txt: not in sayso.db; give an id")


def test_export_writes_sorted_lines_or_statements(kept: Path, capsys):
    assert run(["export", "--suggested"]) == 0
    out = capsys.readouterr().out
    assert [record["type"] for record in records(out)] == [
        "article", "saying", "sighting", "statement", "statement", "thread",
    ]  # fmt: skip
    assert out.splitlines() == sorted(out.splitlines())
    assert run(["export", "--format", "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == 1


def test_verify_tells_that_all_is_well_or_what_is_not(kept: Path, capsys):
    assert run(["verify"]) == 0
    assert capsys.readouterr().err == "All well: 1 articles, 2 statements, every word where it is said to be.\n"
    import sqlite3

    with sqlite3.connect("sayso.db") as sql:
        sql.execute("DROP TRIGGER keep_article_update")
        sql.execute("UPDATE article SET text = replace(text, 'open', 'shut')")
    assert run(["verify"]) == 1
    out, err = capsys.readouterr()
    assert any("its content is not what stands there" in fault["what"] for fault in records(out))
    assert "faults in 1 articles" in err
    assert run(["verify", "--format", "csv"]) == 1
    assert capsys.readouterr().out.startswith("type,schema,record,what\r\n")


def test_forget_removes_and_keeps_out(kept: Path, capsys):
    assert run(["forget", "a.txt"]) == 0
    assert capsys.readouterr().err.startswith("forgotten: ar_")
    assert run(["read", "a.txt", "--published", "2025-03-03"]) == 1
    assert "kept out; --again takes it back" in capsys.readouterr().err
    assert run(["read", "a.txt", "--published", "2025-03-03", "--again"]) == 0
    capsys.readouterr()
    assert run(["forget", "b.txt"]) == 1
    assert "b.txt: not in sayso.db" in capsys.readouterr().err


# --- settings -------------------------------------------------------------------------------------------------------


def test_config_names_each_origin(here: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    (here / "home.toml").write_text('jobs = 3\nledger = "home.db"\nthreshold = 0.9\n')
    (here / "sayso.toml").write_text("threshold = 0.7\n")
    monkeypatch.setenv("SAYSO_CARDS", "mine")
    assert run(["config", "--ledger", "x.db"]) == 0
    told = {record["name"]: (record["value"], record["origin"]) for record in records(capsys.readouterr().out)}
    assert told == {
        "ledger": ("x.db", "flag"),
        "cards": ("mine", "SAYSO_CARDS"),
        "format": (None, "default"),
        "jobs": (3, str(here / "home.toml")),
        "threshold": (0.7, "sayso.toml"),
    }
    assert run(["config", "--format", "table"]) == 0
    assert "decided by the command" not in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("threshold = 'much'", "sayso.toml: threshold is 'much'; give a number from 0 to 1"),
        ("colour = 1", "sayso.toml: unknown setting 'colour'; known are ledger"),
        ("= 1", "sayso.toml: cannot be read as settings"),
    ],
)
def test_settings_that_cannot_be_used(here: Path, capsys, written: str, told: str):
    (here / "sayso.toml").write_text(written)
    assert run(["config"]) == 2
    assert told in capsys.readouterr().err


def test_the_ledger_of_the_environment(kept: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAYSO_LEDGER", "other.db")
    assert run(["verify"]) == 2
    assert "other.db: no ledger here" in capsys.readouterr().err


# --- out ------------------------------------------------------------------------------------------------------------


def test_output_is_written_at_once_or_not_at_all(kept: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    assert run(["export", "--output", "all.jsonl"]) == 0
    assert capsys.readouterr().out == ""
    before = (kept / "all.jsonl").read_text()
    assert len(records(before)) == 5

    def broken(self, **kwargs):
        yield {"type": "article"}
        raise cli.SaysoError("broke")

    monkeypatch.setattr(desk.Desk, "export", broken)
    assert run(["export", "--output", "all.jsonl"]) == 2
    assert (kept / "all.jsonl").read_text() == before
    assert sorted(p.name for p in kept.iterdir() if "all" in p.name) == ["all.jsonl"]


def test_a_closed_pipe_ends_quietly(kept: Path):
    code = "import sys; from sayso.cli import run; sys.exit(run(['export', '--with-text']))"
    path = {"PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=path
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_colour_only_on_a_terminal_and_never_against_the_users_will(kept: Path, capsys, monkeypatch):
    monkeypatch.setattr("click._compat.should_strip_ansi", lambda stream=None, color=None: color is False)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda stream=None, color=None: color is False)
    run(["seen", "road", "--format", "table"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    run(["seen", "road", "--format", "table"])
    assert "\x1b[" not in capsys.readouterr().out


def test_demo_reads_the_examples_and_writes_only_under_its_folder(here: Path, capsys):
    before = set(here.iterdir())
    assert run(["demo"]) == 0
    out = capsys.readouterr().out
    assert "Now try:" in out
    assert set(here.iterdir()) - before == {here / "sayso-demo"}
    assert (here / "sayso-demo" / "sayso.db").exists()
    assert run(["demo"]) == 0
    assert capsys.readouterr().out == out


def leaves() -> Iterator[str]:
    """Every command that does something; of those in a group with the group's name."""
    for name, command in sorted(cli.sayso.commands.items()):
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in sorted(command.commands))
        else:
            yield name


@pytest.mark.parametrize("command", list(leaves()))
def test_every_command_has_help_with_examples(command: str, capsys):
    assert run([*command.split(), "--help"]) == 0
    out = capsys.readouterr().out
    assert f"  sayso {command}" in out.split("Examples:")[1]
    assert "--ledger" in out or command == "cards import"  # which opens none


def test_the_commands_are_those_built():
    assert sorted(cli.sayso.commands) == [
        "cards",
        "config",
        "demo",
        "export",
        "forget",
        "judge",
        "page",
        "read",
        "seen",
        "show",
        "verify",
    ]


def test_python_m_sayso(here: Path):
    path = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "verify"], capture_output=True, text=True, env=path, cwd=here, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sayso: sayso.db: no ledger here")
