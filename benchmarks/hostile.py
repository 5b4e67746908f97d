"""Whether bad inputs cost more than one line: a hundred of them in one folder with twenty good ones, read at once.

    python -m benchmarks.hostile [--jobs 1] [--keep FOLDER] [--json] [--out FILE]

Runs ``sayso read FOLDER``, then ``sayso verify``, then reads again. A bad input is *told* if exactly one line on standard
error names it. ``slowest`` is the longest time from one input's answer to the next (with one job, an input's own time).
Everything is made here, of our own wording. Inputs that need a right (no permission for root) are replaced by others.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.files import common_options, figures, write_jsonl
from benchmarks.kills import article, rows

Make = bytes | Callable[[Path], None]
Inputs = Mapping[str, Make]
MILLION = 1_000_000
TEXT = article(7)
LEAD = TEXT.split("\n\n", 1)[1].strip()
PAGE = f"<!doctype html><html><head><title>Talks</title></head><body><h1>Talks go on</h1><p>{LEAD}</p></body></html>"


def page(body: str, head: str = "") -> bytes:
    """A web page."""
    return f"<!doctype html><html><head><title>Talks</title>{head}</head><body>{body}</body></html>".encode()


# --- bad ones ---------------------------------------------------------------------------------------------------------


def bad() -> dict[str, Make]:
    """A hundred inputs, by name, each of which must be told in one line."""
    kinds = (
        empty(),
        binary(),
        bombs(),
        too_much(),
        too_deep(),
        without_text(),
        charsets(),
        hidden(),
        names(),
        places(),
    )
    made = {f"bad-{name}": make for kind in kinds for name, make in kind.items()}
    for n in range(100 - len(made)):
        made[f"bad-noise-{n}.txt"] = b"\x00" + random.Random(n).randbytes(900)
    assert len(made) == 100
    return made


def empty() -> Inputs:
    """Nothing, in several manners."""
    kinds = {"empty": b"", "blank": b"   ", "lines": b"\n" * 5000, "mark": b"\xef\xbb\xbf", "tabs": b"\t\r\n" * 9}
    made: dict[str, Make] = {f"nothing-{n}.txt": data for n, data in kinds.items()}
    return made | {"nothing.html": b"", "nothing-2.html": b" \n "}


def binary() -> Inputs:
    """Files of other kinds under a text's name."""
    starts = {
        "pdf": b"%PDF-1.7",
        "png": b"\x89PNG\r\n",
        "jpg": b"\xff\xd8\xff\xe0",
        "gif": b"GIF89a",
        "elf": b"\x7fELF",
    }
    starts |= {
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1",
        "db": b"SQLite format 3\x00",
        "mp3": b"ID3\x03\x00\x00",
        "tar": b"a\x00" * 99,
    }
    noise = random.Random(1).randbytes(4000)
    return {f"{name}.txt": start + noise for name, start in starts.items()} | {"pdf.html": starts["pdf"] + noise}


def bombs() -> Inputs:
    """Small files that unpack to large ones, and entities that do."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(100 * MILLION))
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{levels}]><html><body><p>&a9;</p></body></html>'
    outside = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>&x;</p></body></html>'
    zeros = gzip.compress(bytes(100 * MILLION), 9)
    made: dict[str, Make] = {"zip.txt": packed.getvalue(), "gzip.html": zeros, "gzip-twice.txt": gzip.compress(zeros)}
    return made | {"entities.html": laughs.encode(), "outside.html": outside.encode()}


def too_much() -> Inputs:
    """More than an article can have."""
    body = f"<p>{LEAD}</p>"
    return {
        "50-mb.html": page(body * (50 * MILLION // len(body))),
        "50-mb.txt": (LEAD + "\n").encode() * (50 * MILLION // len(LEAD)),
        "9-mb.html": page(body * (9 * MILLION // len(body))),
        "million-lines.txt": b"a line\n" * MILLION,
        "million-words.txt": b"word " * MILLION,
        "one-word.txt": b"a" * 9 * MILLION,
        "quotes.txt": b'"' * MILLION,
        "million-lines.html": page("<br>line" * MILLION),
        "million-cells.html": page("<table>" + "<td>x" * MILLION),
        "stops.txt": b". " * MILLION,
    }


def too_deep() -> Inputs:
    """Elements inside elements, ten thousand deep and more, the article behind them."""
    tags = ("div", "b", "i", "span", "table", "ul", "blockquote", "font", "section")
    made: dict[str, Make] = {f"deep-{t}.html": page(f"<{t}>" * 10_000 + PAGE + f"</{t}>" * 10_000) for t in tags}
    return made | {"deepest.html": page("<div>" * 300_000 + LEAD)}


def without_text() -> Inputs:
    """Pages that have words only for machines, or none that run on."""
    kinds = {
        "script": page(f"<script>document.write({LEAD!r})</script>"),
        "style": page(f"<style>p {{ content: {LEAD!r} }}</style>"),
        "frames": page('<frameset><frame src="a.html"></frameset>'),
        "comment": page(f"<!-- {LEAD}"),
        "open-script": page(f"<script><p>{LEAD}</p>"),
        "attributes": page("<p " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + "></p>"),
        "tags": page("<p></p>" * 300_000),
        "torn-tag": b"<!doctype html><html><head><meta na",
        "torn-head": PAGE.encode()[:60],
        "headings": page("<h1>Talks</h1><h2>Ties</h2><h2>Trade</h2>"),
        "angles": page("<" * MILLION),
    }
    return {f"{name}.html": data for name, data in kinds.items()}


def charsets() -> Inputs:
    """Texts in an encoding that nothing tells, or torn in the middle of a character; texts in other languages."""
    accents = f"{LEAD} The café of the Élysée, it was said, stayed open – “as ever”. {LEAD}"
    other = {
        "russian": "Министр сказал в понедельник, что переговоры о границе продолжатся на следующей неделе.",
        "french": "Le ministre a déclaré lundi que les pourparlers sur la frontière reprendraient la semaine prochaine.",
        "german": "Die Ministerin sagte am Montag, dass die Gespräche über die Grenze nächste Woche weitergehen würden.",
        "spanish": "La ministra dijo el lunes que las conversaciones sobre la frontera seguirán la próxima semana.",
        "chinese": "部长星期一表示，有关边界的会谈将于下周继续举行，双方都没有理由放弃希望。",
    }
    made: dict[str, Make] = {f"{name}.txt": (words * 4).encode() for name, words in other.items()}
    made |= {f"{c}.txt": (other["russian"] * 4).encode(c) for c in ("koi8-r", "cp1251", "iso8859-5")}
    made |= {f"{c}.txt": accents.encode(c) for c in ("utf-16-le", "utf-16-be", "utf-32-le")}
    torn = accents.encode()
    made["torn-character.txt"] = torn[: torn.index("–".encode()) + 1]
    made["torn-utf-16.txt"] = accents.encode("utf-16")[:-1]
    made["lost-characters.txt"] = accents.replace("é", "\ufffd").encode()
    return made


def hidden() -> Inputs:
    """Characters that are not seen, or not what they look like."""
    kinds = {
        "override": LEAD.replace("hope", "\u202eepoh\u202c"),
        "isolate": LEAD.replace("hope", "\u2066hope\u2069"),
        "zero-width": LEAD.replace("no reason", "n\u200bo r\u200bea\u200bson"),
        "joiner": LEAD.replace("hope", "ho\u2060pe"),
        "mark-inside": LEAD.replace("hope", "ho\ufeffpe"),
        "escape": LEAD.replace("hope", "\x1b[31mhope\x1b[0m"),
        "bell": LEAD + "\x07\x08",
        "cyrillic": LEAD.replace("hope", "h\u043epe"),
        "greek": LEAD.replace("hope", "h\u03bfpe"),
        "late-null": LEAD * 400 + "\x00",
    }
    return {f"{name}.txt": f"Talks go on\n\n{words}\n".encode() for name, words in kinds.items()}


def names() -> Inputs:
    """Names that would break a line, steer a terminal or are no text, of files without one."""
    odd = (
        "new\nline",
        "return\rline",
        "escape\x1b[2Jline",
        "turned\u202etxt",
        "tab\tname",
        "-dash",
        "semi;colon",
        "a" * 240,
    )
    made: dict[str, Make] = {f"{name}.txt": b"" for name in odd}
    return made | {os.fsdecode(b"half-\xff.txt"): TEXT.encode()}


def places() -> Inputs:
    """What stands in a folder and is no file, or none that may be read."""

    def link(target: str) -> Callable[[Path], None]:
        return lambda place: place.symlink_to(target)

    def closed(place: Path) -> None:
        place.write_bytes(TEXT.encode())
        place.chmod(0)

    made: dict[str, Make] = {"loop": link("."), "outside": link(".."), "nowhere.txt": link("no-such-file")}
    made |= {"itself.txt": link("bad-itself.txt"), "endless.txt": link("/dev/zero"), "pipe.txt": lambda p: os.mkfifo(p)}
    return made | ({"closed.txt": closed} if os.geteuid() else {})


# --- good ones --------------------------------------------------------------------------------------------------------


def good() -> dict[str, bytes]:
    """Twenty articles, some in strange dress."""
    dressed = {
        "script.html": page(f"<script>alert(1)</script><p>{LEAD}</p><p>&lt;script&gt;alert('x')&lt;/script&gt; is text.</p>"),
        "entities.html": page(f"<p>{LEAD.replace(' ', '&#32;').replace('.', '&period;')}</p>"),
        "nested.html": page("<div>" * 1000 + f"<p>{LEAD}</p>"),
        "picture.html": page(f'<img src="data:image/png;base64,{"A" * 8 * MILLION}"><p>{LEAD}</p>'),
        "unclosed.html": page(f"<p>{LEAD}<p>{LEAD}<ul><li>{LEAD}"),
        "windows.txt": f"Talks\r\n\r\n{LEAD} The café stayed open.\r\n".encode("cp1252"),
        "wide.txt": TEXT.encode("utf-16"),
        "marked.txt": TEXT.encode("utf-8-sig"),
    }  # fmt: skip
    plain = {f"plain-{n}.txt": article(n).encode() for n in range(20 - len(dressed))}
    return {f"good-{name}": data for name, data in (dressed | plain).items()}


def make(folder: Path, inputs: dict[str, Any]) -> None:
    """Puts the inputs into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, what in inputs.items():
        if callable(what):
            what(folder / name)
        else:
            (folder / name).write_bytes(what)


# --- the run ----------------------------------------------------------------------------------------------------------


@dataclass
class Run:
    """What ``sayso read`` gave: status, seconds between answers, memory, and its lines."""

    status: int
    mebibytes: float
    told: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    waits: list[tuple[float, str]] = field(default_factory=list)


def read(folder: Path, ledger: Path, *options: str) -> Run:
    """Reads a folder, standard error and output in one pipe so that answers come in order."""
    command = [sys.executable, "-u", "-m", "sayso", "read", str(folder), "--ledger", str(ledger), *options]
    run = Run(0, 0.0)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    before = time.perf_counter()
    assert process.stdout
    for line in (raw.decode("utf-8").rstrip("\n") for raw in process.stdout):
        if line.startswith("{"):
            if not line.startswith('{"type":"article"'):
                continue
            run.articles.append(line)
        else:
            run.told.append(line)
        now = time.perf_counter()
        run.mebibytes = max(run.mebibytes, _peak(process.pid))
        run.waits.append((now - before, line[:160]))
        before = now
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = run.status = os.waitstatus_to_exitcode(status)
    run.mebibytes = run.mebibytes or usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return run


def _peak(process: int) -> float:
    """Mebibytes a running process has held at most; 0 where the system does not tell.

    What ``wait`` tells of a child holds what its parent held when it was started.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def shown(name: str) -> str:
    """A name as a line can show it."""
    plain = name.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in plain)


def measure(folder: Path, inputs: dict[str, Any], fair: dict[str, bytes], options: list[str]) -> dict[str, Any]:
    """The figures for some bad and some good inputs."""
    make(folder / "in", {**inputs, **fair})
    run = read(folder / "in", folder / "sayso.db", *options)
    counted = {name: sum(f"{shown(name)}: " in line for line in run.told) for name in inputs}
    read_well = [name for name in fair if any(f'/{name}"' in line and '"read":true' in line for line in run.articles)]
    before = rows(folder / "sayso.db")
    verify = [sys.executable, "-m", "sayso", "verify", "--ledger", str(folder / "sayso.db")]
    status = subprocess.run(verify, capture_output=True, check=False).returncode
    read(folder / "in", folder / "sayso.db", *options)
    return {
        "bad": len(inputs),
        "good": len(fair),
        "good_read": len(read_well),
        "lines": len(run.told),
        "told_once": sum(number == 1 for number in counted.values()),
        "not_told_once": [shown(name) for name, number in counted.items() if number != 1],
        "status": run.status,
        "peak_mebibytes": run.mebibytes,
        "slowest_seconds": max(run.waits)[0],
        "slowest": max(run.waits)[1],
        "verify_status": status,
        "rows_added_by_reading_again": (rows(folder / "sayso.db") - before).total(),
    }


def sound(result: dict[str, Any]) -> bool:
    """Whether each bad input cost one line and nothing else."""
    lines = result["bad"] == result["told_once"] == result["lines"]
    held = result["verify_status"] == result["rows_added_by_reading_again"] == 0
    return bool(lines and held and result["good"] == result["good_read"] and result["status"] == 1)


def main() -> int:
    """Runs the command; exit status 1 if an input was not told once, or a good one not read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="make the inputs there and leave them")
    common_options(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(options.keep or Path(folder), bad(), good(), ["--jobs", str(options.jobs)])
    if options.out:
        write_jsonl(options.out, [result])
    figures(options, result)
    return int(not sound(result))


if __name__ == "__main__":
    sys.exit(main())
