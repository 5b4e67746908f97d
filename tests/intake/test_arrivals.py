import gzip
import io
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_blocks import LEAD, SECOND  # type: ignore[import-not-found]

from sayso.errors import SourceError
from sayso.intake import arrivals, article_of
from sayso.intake.plain import LIMIT
from sayso.model import Refused

TEXT = f"{LEAD}\n\n{SECOND}\n"


def refs(found):
    return [item.ref if isinstance(item, Refused) else item[1].ref for item in found]


def refused(found):
    return [item for item in found if isinstance(item, Refused)]


def test_a_folder_is_walked_in_order_without_links(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", "notes.md", "lines.jsonl"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    *found, link = arrivals([str(tmp_path)])
    assert [os.path.relpath(ref, tmp_path) for ref in refs(found)] == ["a.txt", "c.txt", "b/d.txt"]
    assert isinstance(link, Refused)
    assert (link.ref, "not followed" in link.reason) == (str(tmp_path / "loop"), True)


def test_one_bad_file_does_not_stop_the_rest(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7 \x00\x01")
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "good.txt").write_text(TEXT)
    found = list(arrivals([str(tmp_path / "none.txt"), str(tmp_path), str(tmp_path / "*.rst")]))
    assert len(refused(found)) == 4
    assert len(found) == 5
    assert all("\n" not in item.reason and ":" in item.reason for item in refused(found))


def test_patterns_and_standard_input(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    found = list(arrivals([str(tmp_path / "*.txt"), "-"], stdin=io.BytesIO(TEXT.encode()), outlet="Norland News"))
    assert refs(found) == [str(tmp_path / "a.txt"), "-"]
    assert {article.id for article, _ in found} == {found[0][0].id}
    assert {sighting.outlet for _, sighting in found} == {"Norland News"}


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_json_lines(tmp_path, name):
    rows = [{"id": "one", "text": TEXT, "published": "2031-05-04", "title": "Sea talks"}, {"html": f"<p>{LEAD}</p>"}]
    lines = [json.dumps(rows[0]), '{"id": "torn', json.dumps(rows[1]), json.dumps({"id": "x"}), "[1]"]
    data = "\n".join(lines).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    found = list(arrivals([str(tmp_path / name)], published="2030-01-01"))
    path = str(tmp_path / name)
    assert refs(found) == ["one", f"{path}:2", f"{path}:3", f"{path}:4", f"{path}:5"]
    article, sighting = found[0]
    assert (article.title, article.published, article.published_basis) == ("Sea talks", "2031-05-04", "given")
    assert sighting.raw == lines[0].encode()
    assert dict(sighting.given) == {"published": "2031-05-04", "title": "Sea talks"}
    assert found[2][0].published == "2030-01-01"


def test_a_torn_archive_gives_what_came_before(tmp_path):
    rows = "".join(json.dumps({"id": str(n), "text": f"{n} {os.urandom(400).hex()} {TEXT}"}) + "\n" for n in range(60))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows.encode())[:-3000])
    found = list(arrivals([str(tmp_path / "a.jsonl.gz")]))
    assert len(found) > 5
    assert isinstance(found[-1], Refused)


def test_arrivals_are_lazy(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    stream = arrivals(iter([str(tmp_path / "a.txt"), str(tmp_path / "later.txt")]))
    next(stream)
    (tmp_path / "later.txt").write_text(TEXT)
    assert not isinstance(next(stream), Refused)


@pytest.mark.parametrize(
    ("charset", "words"),
    [("utf-8-sig", "“Café”"), ("utf-16", "“Café”"), ("cp1252", "“Café”"), ("cp1251", "Министерство иностранных дел")],
)
def test_charsets(charset, words):
    text = f"{words} {TEXT}" if charset != "cp1251" else words * 20
    assert article_of(text.encode(charset), "x", kind="text")[0].text == text


def test_a_declared_charset_is_believed():
    page = f"<html><head><meta charset='iso-8859-2'></head><body><p>Łódź: {LEAD}</p></body></html>"
    assert "Łódź" in article_of(page.encode("iso-8859-2"), "x", kind="html")[0].text


def test_half_a_character_from_json_is_marked(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "\\ud83d ' + LEAD + '"}')
    article, _ = next(arrivals([str(tmp_path / "a.jsonl")]))
    assert article.text.startswith("\ufffd")
    article.text.encode()


@given(st.binary(max_size=300), st.integers(0, len(TEXT)))
@settings(deadline=None)  # the first example loads the parsers
def test_damage_is_read_or_refused(damage, at):
    data = TEXT.encode()[:at] + damage + TEXT.encode()[at:]
    for kind in ("text", "html", None):
        read = attempt(data, kind)
        if isinstance(read, str):
            assert ":" in read
        else:
            article, sighting = read
            assert sighting.raw == data
            assert all(article.text[block.start : block.end].strip() for block in article.blocks)


def attempt(data, kind):
    try:
        return article_of(data, "x", kind=kind)
    except SourceError as error:
        return str(error)


@pytest.mark.parametrize("filling", [b"\x00", b"\n", b"x"])
def test_a_packed_file_that_unpacks_to_filling_is_told_and_the_records_before_are_read(tmp_path, filling):
    record = json.dumps({"id": "one", "text": TEXT}).encode() + b"\n"
    with gzip.open(tmp_path / "bomb.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(record)
        for _ in range(45):
            file.write(filling * 5_000_000)
    first, *told = arrivals([str(tmp_path / "bomb.jsonl.gz")])
    assert first[1].ref == "one"
    assert all(isinstance(item, Refused) for item in told)
    assert len(told) == (1 if filling == b"\n" else 2)


def test_json_lines_behind_a_line_that_is_too_long_are_read(tmp_path):
    long = b'{"id": "long", "text": "' + b"x" * (LIMIT * 2) + b'"}'
    lines = [json.dumps({"id": name, "text": TEXT}).encode() for name in ("one", "two")]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([lines[0], long, lines[1]]))
    one, told, two = arrivals([str(tmp_path / "a.jsonl")])
    assert (one[1].ref, two[1].ref) == ("one", "two")
    assert (told.ref, "MB" in told.reason) == (f"{tmp_path}/a.jsonl:2", True)


def test_standard_input_of_any_length_is_read_line_by_line():
    lines = [json.dumps({"text": f"{n} {TEXT}"}).encode() for n in range(3)]
    found = list(arrivals(["-"], stdin=io.BytesIO(b"\n\n" + b"\n".join(lines))))
    assert refs(found) == ["-:3", "-:4", "-:5"]
    (article,) = arrivals(["-"], stdin=io.BytesIO(b"\n\n" + TEXT.encode()))
    assert article[0].text == "\n\n" + TEXT


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<div>" * 10_000 + LEAD, "nested too deep"),
        ("<p>x</p>" * 60_000, "elements"),
        ("<p " + "a=b " * 9000 + f">{LEAD}</p>", "attributes"),
        (f"<p>{LEAD} </p>" * 2000, "characters"),
    ],
)
def test_pages_that_would_take_the_parser_minutes(page, told):
    assert told in attempt(f"<html><body>{page}".encode(), "html")


def test_a_page_with_its_picture_inside_is_read():
    picture = f'<img src="data:image/png;base64,{"A=" * 2_000_000}">'
    assert LEAD in attempt(f"<html><body>{picture}<p>{LEAD}</p>".encode(), "html")[0].text
