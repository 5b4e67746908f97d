"""What the speed figures are made of; no test asks how fast this machine is."""

from benchmarks import speed


def test_an_article_is_600_words():
    assert speed.rates(1200, speed.Clock(wall=4, cpu=2)) == {"articles_a_second": 0.5, "per_core": 1}


def test_a_peer_that_is_not_installed_has_no_figure(monkeypatch):
    monkeypatch.setattr(speed, "PEERS", {"nobody": (("no_such_package",), lambda: print)})
    assert speed.peers(["Talks go on."]) == {"nobody": None}


def test_a_peer_reads_the_same_words(monkeypatch):
    read = []
    monkeypatch.setattr(speed, "PEERS", {"json": (("json",), lambda: read.append)})
    assert speed.peers(["Talks go on.", "Talks end."])["json"]["per_core"] > 0
    assert read == ["Talks go on.", "Talks go on.", "Talks end."]


def test_texts_are_read_into_a_ledger_by_workers(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Talks\n\nNorland said on Monday that it would go on with the talks in the north.\n"
    )
    assert speed.into_a_ledger([str(tmp_path)], jobs=2, least=7)["texts"] == 7


def test_a_program_that_fails_has_no_startup():
    assert speed.startup_cpu("raise SystemExit(3)") is None
    assert speed.startup_cpu("pass") >= 0
