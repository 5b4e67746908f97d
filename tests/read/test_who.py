"""Who said it, for whom, through whom, to whom."""

from __future__ import annotations

import pytest

from tests.read.said import ALPHA, MINISTRY, NORLAND, PAPER, SUDLAND, WIRE, Page


def test_a_named_person_speaks_for_her_state() -> None:
    page = Page("Foreign Minister Jane Alpha said ties are good.")
    found = page.mention("Jane Alpha", **ALPHA).says("Foreign Minister Jane Alpha", "said", "ties are good").who()[0]
    assert (found.speaker.name, found.speaker.kind, found.state.value) == ("Jane Alpha", "person", "NRL")
    assert [(h.kind, h.name) for h in found.chain] == [("speaker", "Jane Alpha")]
    assert found.addressee.value == ()


def test_an_office_owned_by_a_state_is_no_state() -> None:
    page = Page("Norland's Jane Alpha said ties are good.").mention("Norland", **NORLAND).mention("Jane Alpha", **ALPHA)
    assert page.says("Norland's Jane Alpha", "said", "ties are good").who()[0].speaker.name == "Jane Alpha"


def test_somebody_out_of_office_speaks_for_no_state() -> None:
    page = Page("Former minister Jane Alpha said ties are good.").mention("Jane Alpha", **ALPHA, former=True)
    assert page.says("Former minister Jane Alpha", "said", "ties are good").who()[0].state.value is None


@pytest.mark.parametrize(
    ("source", "name", "kind", "state"),
    [
        ("Senior Norland officials", "Senior Norland officials", "body", "NRL"),
        ("A Norland diplomat", "Norland diplomat", "person", "NRL"),
        ("Norland analysts", "Norland analysts", "person", None),
        ("A Norland newspaper", "Norland newspaper", "outlet", None),
        ("A hospital in Norland", "hospital in Norland", "body", None),
    ],
)
def test_a_phrase_without_a_name_is_read_by_its_noun(source: str, name: str, kind: str, state: str | None) -> None:
    page = Page(f"{source} said ties are good.").mention("Norland", **NORLAND)
    found = page.says(source, "said", "ties are good").who()[0]
    assert (found.speaker.name, found.speaker.kind, found.state.value) == (name, kind, state)


def test_two_named_together_are_one_speaker() -> None:
    page = Page("Norland and Sudland said ties are good.").mention("Norland", **NORLAND).mention("Sudland", **SUDLAND)
    found = page.says("Norland and Sudland", "said", "ties are good").who()[0]
    assert (found.speaker.name, found.state.value) == ("Norland and Sudland", "NRL")


def test_both_sides_are_the_two_named_before() -> None:
    page = Page("Norland and Sudland met. Both sides said talks go on.")
    page.mention("Norland", **NORLAND).mention("Sudland", **SUDLAND)
    assert page.says("Both sides", "said", "talks go on").who()[0].speaker.name == "Norland and Sudland"


def test_a_statement_is_its_issuers() -> None:
    page = Page("The ministry said ties are good. Talks go on, the statement added.")
    page.mention("ministry", **MINISTRY).says("The ministry", "said", "ties are good")
    page.says("the statement", "added", "Talks go on")
    assert page.who()[1].speaker.name == "Norland Foreign Ministry"
    assert page.who()[1].state.value == "NRL"


def test_some_are_nobody() -> None:
    found = Page("Some said ties are good.").says("Some", "said", "ties are good").who()[0]
    assert found.speaker.name is None
    assert found.chain == ()


def test_a_continuation_shares_speaker_and_chain() -> None:
    page = Page("Ties are good, Jane Alpha told Reuters. Talks go on.", agency="TASS")
    page.mention("Jane Alpha", **ALPHA).mention("Reuters", **WIRE)
    found = page.says("Jane Alpha", "told", "Ties are good").says(None, None, "Talks go on", inherits=0).who()
    assert found[1].speaker.name == "Jane Alpha"
    assert found[1].chain == found[0].chain
    links = [(h.kind, h.name) for h in found[0].chain]
    assert links == [("agency", "TASS"), ("agency", "Reuters"), ("speaker", "Jane Alpha")]


def test_a_medium_that_tells_is_a_link_of_the_inner_chain() -> None:
    page = Page("The Norland Herald reported that Jane Alpha said ties are good.")
    page.mention("Norland Herald", **PAPER).mention("Jane Alpha", **ALPHA)
    page.says("The Norland Herald", "reported", "Jane Alpha said ties are good")
    outer, inner = page.says("Jane Alpha", "said", "ties are good", inside=0).who()
    assert (outer.speaker.kind, outer.state.value) == ("outlet", None)
    assert [(h.kind, h.name) for h in inner.chain] == [("medium", "Norland Herald"), ("speaker", "Jane Alpha")]


def test_the_speaker_quoted_speaks_of_himself() -> None:
    page = Page('Jane Alpha said "we proposed talks".').mention("Jane Alpha", **ALPHA)
    page.says("Jane Alpha", "said", '"we proposed talks"').says("we", "proposed", "talks", inside=0)
    assert page.who()[1].speaker.name == "Jane Alpha"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "addressed"),
    [
        ("Norland urged Sudland to talk.", "Norland", "urged", "to talk", ("SDL",)),
        ("Norland said Sudland must withdraw.", "Norland", "said", "Sudland must withdraw", ("SDL",)),
        ("Norland said it hopes Sudland will talk.", "Norland", "said", "it hopes Sudland will talk", ("SDL",)),
        ("Norland accused Sudland of spying.", "Norland", "accused", "spying", ()),
        ("Norland said it will talk to Sudland.", "Norland", "said", "it will talk to Sudland", ()),
    ],
)
def test_whom_the_words_are_directed_to(
    text: str, source: str, cue: str, content: str, addressed: tuple[str, ...]
) -> None:
    page = Page(text).mention("Norland", **NORLAND).mention("Sudland", **SUDLAND)
    assert page.says(source, cue, content).who()[0].addressee.value == addressed


def test_who_and_which_go_back_to_what_stands_before() -> None:
    page = Page("Talks fell to Jane Alpha, who said ties are good.").mention("Jane Alpha", **ALPHA)
    assert page.says("who", "said", "ties are good").who()[0].speaker.name == "Jane Alpha"


def test_a_verb_without_a_source_goes_to_the_last_speaker() -> None:
    page = Page("Jane Alpha said ties are good. Added later: talks go on.").mention("Jane Alpha", **ALPHA)
    found = page.says("Jane Alpha", "said", "ties are good").says(None, "Added", "talks go on").who()
    assert (found[1].speaker.name, found[1].state.value) == ("Jane Alpha", "NRL")


def test_a_noun_without_a_source_has_no_speaker() -> None:
    page = Page("Jane Alpha said ties are good. Allegations of spying remain.").mention("Jane Alpha", **ALPHA)
    found = page.says("Jane Alpha", "said", "ties are good").says(None, "Allegations", "spying").who()
    assert found[1].speaker.name is None


def test_who_rejects_a_proposal_does_not_tell_it() -> None:
    page = Page("Norland rejected a Sudland proposal to hold talks.")
    page.mention("Norland", **NORLAND).mention("Sudland", **SUDLAND)
    page.says("Norland", "rejected", "a Sudland proposal to hold talks")
    page.says("Sudland", "proposal", "to hold talks", inside=0)
    assert [h.name for h in page.who()[1].chain] == ["Sudland"]


def test_he_in_words_quoted_directly_is_somebody_else() -> None:
    page = Page('John Beta fell ill. Jane Alpha said "she wants talks".').mention("Jane Alpha", **ALPHA)
    page.mention("John Beta", kind="person", name="John Beta", entity=9, state="SDL")
    page.mention("she", **ALPHA | {"kind": "pronoun"})
    page.says("Jane Alpha", "said", '"she wants talks"').says("she", "wants", "talks", inside=0)
    assert page.who()[1].speaker.name == "John Beta"


def test_an_office_is_its_holders_who_is_named_elsewhere() -> None:
    page = Page("Norland's foreign minister spoke of war. Foreign Minister Jane Alpha left.")
    page.mention("Norland's foreign minister", kind="office", name="Norland's foreign minister", entity=8, state="NRL",
                 role="foreign minister").mention("Jane Alpha", **ALPHA)  # fmt: skip
    assert page.says("Norland's foreign minister", "spoke", "war").who()[0].speaker.name == "Jane Alpha"


def test_a_country_by_its_full_style_is_that_state() -> None:
    page = Page("The Kingdom of Norland said ties are good.").mention("Norland", **NORLAND)
    assert page.says("The Kingdom of Norland", "said", "ties are good").who()[0].state.value == "NRL"


def test_every_reading_tells_where_it_was_read() -> None:
    page = Page("Jane Alpha said ties are good.").mention("Jane Alpha", **ALPHA)
    found = page.says("Jane Alpha", "said", "ties are good").who()[0]
    assert found.speaker.spans == found.state.spans == (page.find("Jane Alpha"),)
    assert 0 < found.state.certainty <= 1
    assert found.speaker.why
