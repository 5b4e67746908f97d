"""Attributions of whole sentences, in sentences of our own: what is found, how it is cut, who lies inside whom."""

import pytest

from sayso import intake
from sayso.read import marks
from sayso.read.attribute import find


@pytest.fixture
def said(reader):
    def read(text):
        article, _ = intake.article_of(text.encode(), "page.txt", kind="text", given={})
        found = find(article, marks.mark(article, reader.lexicon), reader.neural)
        words = [" … ".join(article.text[s.start : s.end] for s in a.content) for a in found]
        sources = [" … ".join(article.text[s.start : s.end] for s in a.source) for a in found]
        return list(zip(sources, words, found, strict=True))

    return read


def test_one_statement_a_sentence_of_a_quotation(said):
    found = said(
        'Talks in Geneva\n\n"We are ready to talk. We will not beg for it," the French foreign minister said on Monday after a meeting.\n'
    )
    assert [w for _, w, _ in found] == ['"We are ready to talk.', 'We will not beg for it,"']
    assert {s for s, *_ in found} == {"the French foreign minister"}


def test_a_sentence_behind_its_speaker_inherits_him(said):
    found = said('"The treaty is dead," the Turkish foreign minister said on Tuesday. "It was a bad treaty."\n')
    assert [w for _, w, _ in found] == ['"The treaty is dead,"', '"It was a bad treaty."']
    first, second = (a for *_, a in found)
    assert second.cue is None
    assert second.inherits == 0
    assert first.cue is not None


def test_that_and_the_full_stop_stay_outside(said):
    found = said("Germany's foreign ministry said on Friday that the border would stay open.\n")
    assert [w for _, w, _ in found] == ["the border would stay open"]


def test_a_headline_with_a_colon(said):
    found = said(
        "Foreign Ministry: France has no plans to leave the accord\n\nThe accord was signed in 2015 after years of talks in Vienna.\n"
    )
    assert ("Foreign Ministry", "France has no plans to leave the accord") in [(s, w) for s, w, _ in found]


def test_a_medium_that_quotes_is_not_the_speaker(said):
    found = said(
        '"We see no threat in this step," the Reuters news agency quoted the Canadian foreign minister as saying.\n'
    )
    assert [(s, w) for s, w, _ in found] == [("the Canadian foreign minister", '"We see no threat in this step,"')]


def test_a_saying_inside_a_saying(said):
    found = said("The Russian foreign ministry said on Sunday that Japan rejected the proposal to meet in Geneva.\n")
    inner = [(s, w, a) for s, w, a in found if s == "Japan"]
    assert [w for _, w, _ in inner] == ["the proposal to meet in Geneva"]
    assert found[inner[0][2].inside][0] == "The Russian foreign ministry"


def test_one_source_two_sayings(said):
    found = said("Egypt said it was alarmed by the dam, and threatened to take the case to the Security Council.\n")
    assert [w for _, w, _ in found] == ["it was alarmed by the dam", "to take the case to the Security Council"]
    assert {s for s, *_ in found} == {"Egypt"}


def test_words_of_another_page_are_not_read(said):
    found = said(
        "Spain said on Monday that it would vote for the resolution.\n\nALSO READ: Italy says it will leave the talks\n\nThe vote is due in May.\n"
    )
    assert [s for s, *_ in found] == ["Spain"]


def test_spans_give_back_words_and_pointers_point_back(said):
    found = said(
        '"Peace is near. War is far," said the Indian prime minister, adding that China wants a summit, but India does not.\n'
    )
    assert found
    for _, words, a in found:
        assert words.strip()
        assert all(s.start < s.end for s in (*a.content, *a.source))
        assert a.inside is None or 0 <= a.inside < len(found)


@pytest.mark.parametrize(
    "scrap", ["said", "said: .", 'Chad said "".', "Chad said that that that.", "“”, Chad said.", ": : —"]
)
def test_a_cue_without_words_is_no_statement(said, scrap):
    found = said(scrap + "\n\nEgypt said on Monday that the talks would go on in the north until the end of May.\n")
    assert [s for s, _, a in found if a.certainty >= 0.5] == ["Egypt"]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Japan has long maintained its rule over the islands, and patrols the waters.", "its rule over the islands"),
        ("Greece threatened an unnamed \"answer\" once the drilling begins, a first in years.", "once the drilling begins"),
    ],
)  # fmt: skip
def test_what_an_actor_plainly_wants_and_what_it_hangs_on(said, sentence, words):
    assert any(words in w for _, w, _ in said(sentence + "\n"))


@pytest.mark.parametrize(
    "sentence",
    [
        "The Norwegian foreign ministry did not elaborate on its plans for the coming talks with Denmark.",
        "The envoy of Oman, Karim bin Said, stayed away from the talks on the border with Yemen.",
        "A video from the port showed that Turkish ships had left the harbour before the storm.",
    ],
)
def test_silence_names_and_pictures_say_nothing(said, sentence):
    assert [w for _, w, a in said(sentence + "\n") if a.certainty >= 0.5] == []


def test_where_it_was_said_is_no_part_of_the_words(said):
    found = said("The Finnish president said that the border would stay closed in a television interview.\n")
    assert [w for _, w, _ in found] == ["the border would stay closed"]


def test_a_clause_about_the_source_stays_outside(said):
    found = said("Poland, which borders Belarus, said on Monday that it would send more guards to the frontier.\n")
    assert "Poland" in [s for s, *_ in found]


def test_a_noun_of_saying_before_its_holder(said):
    found = said("The council turned down a push by Norway to suspend Belarus from the accord on Tuesday.\n")
    assert ("Norway", "to suspend Belarus from the accord on Tuesday") in [(s, w) for s, w, _ in found]
