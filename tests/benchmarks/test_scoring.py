"""The scorers: what counts as found and right, on examples small enough to count by hand."""

import pytest

from benchmarks.scoring import attribution, statements
from benchmarks.scoring.matching import assign, best_pairs
from benchmarks.scoring.pages import page_figures, sprung_traps
from benchmarks.scoring.tokens import Tokens, quote_class, quoted_chars
from benchmarks.scoring.words import same_name

TEXT = 'Alpha said on Monday that "ties are bad". If they listen, we will talk, he added.'
TIES, IF = TEXT.index('"ties'), TEXT.index("If they")
GOLD = [
    {
        "article": "x", "n": 1, "core": True, "content": [[TIES, TIES + 15]], "speaker": "Jane Alpha", "state": "AAA",
        "said": "2024-01-01", "act": "criticise", "act_alt": ["warn"], "polarity": -1,
        "chain": [{"kind": "speaker", "name": "Jane Alpha"}], "topics": ["relations"], "status": "asserted",
    },
    {
        "article": "x", "n": 2, "core": True, "content": [[IF, IF + 29]], "speaker": "Jane Alpha", "state": "AAA",
        "said": None, "act": "offer", "polarity": 1, "status": "denied",
        "condition": {"antecedent": [[IF, IF + 14]], "consequence": [[IF + 16, IF + 29]]},
    },
]  # fmt: skip
FOUND = [
    {
        "type": "statement", "ref": "in/x.txt", "content": {"spans": [[TIES, TIES + 15]]}, "speaker": {"name": "Alpha"},
        "state": {"value": "AAA"}, "said": {"from": "2024-01-01", "to": "2024-01-01"}, "act": {"value": "warn"},
        "polarity": {"value": -2}, "chain": [{"kind": "speaker", "name": "Alpha"}], "topics": ["relations"],
        "status": {"value": "asserted"},
    },
    {"type": "statement", "ref": "in/x.txt", "content": {"spans": [[0, 5]]}, "speaker": {"name": "Beta"}},
]  # fmt: skip


def whole(found, gold=GOLD, **options):
    return statements.report(statements.score({"x": TEXT}, gold, found, **options))


def test_half_found_half_right():
    result = whole(FOUND)
    assert result["core_recall"] == result["precision"] == 0.5
    assert (result["gold"], result["pred"], result["strays"]) == (2, 2, 0)


def test_fields_are_scored_on_what_was_found():
    result = whole(FOUND)
    assert result["speaker"] == result["state"] == result["said"] == result["act"] == result["class"] == 1
    assert result["act_strict"] == 0, "an accepted second value counts only in the lenient figure"
    assert (result["polarity"], result["polarity±1"]) == (0, 1)
    assert result["conditions"] == {"gold": 1, "pred": 0, "right": 0, "f1": 0}


def test_a_constant_answer_and_rare_values_stand_beside_accuracy():
    usual = [{**FOUND[0], "content": {"spans": g["content"]}} for g in GOLD]
    result = whole(usual)
    assert result["status"] == result["constant"]["status"] == 0.5
    assert result["rare_f1"]["status"] == 0
    assert whole([usual[0], {**usual[1], "status": {"value": "denied"}}])["rare_f1"]["status"] == 1


def test_both_halves_of_a_condition():
    condition = {"antecedent": {"spans": [[IF, IF + 14]]}, "consequence": {"spans": [[IF + 16, IF + 29]]}}
    found = {**FOUND[0], "content": {"spans": GOLD[1]["content"]}, "condition": condition}
    assert whole([found])["conditions"]["f1"] == 1
    assert whole([{**found, "condition": {**condition, "consequence": None}}])["conditions"]["f1"] == 0


def test_uncertain_predictions_and_unknown_articles_are_left_out():
    assert whole([{**FOUND[0], "certainty": 0.3}], threshold=0.5)["pred"] == 0
    assert whole([{**FOUND[0], "ref": "elsewhere.txt"}])["strays"] == 1


def test_nothing_predicted():
    result = whole([])
    assert result["f1"] == 0
    assert "speaker" not in result


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Sergei Lavrov", "Sergei Ryabkov", False),
        ("Sergey Lavrov", "Lavrov", True),
        ("Russian Foreign Ministry", "Foreign Ministry of Russia", True),
        ("Russian Foreign Ministry", "Chinese Foreign Ministry", False),
        (None, None, True),
        (None, "Lavrov", False),
    ],
)
def test_names(a, b, same):
    assert same_name(a, b) is same


def test_traps():
    trap = {"article": "x", "kind": "furniture", "text": "he added"}
    glued = {"article": "x", "kind": "glued_headline", "text": "Alpha said on Monday"}
    undated = {"article": "x", "kind": "undated", "text": ""}
    inside = {"ref": "x", "content": {"spans": [[TEXT.index("he added"), len(TEXT)]]}}
    across = {"ref": "x", "content": {"spans": [[0, 40]]}}
    dated = {"type": "article", "ref": "x", "published": "2024-01-01"}
    texts = {"x": TEXT}
    assert [t.kind for t in sprung_traps(texts, [trap, glued, undated], [inside])] == ["furniture"]
    assert [t.kind for t in sprung_traps(texts, [trap, glued, undated], [across])] == ["glued_headline"]
    assert [t.kind for t in sprung_traps(texts, [trap, glued, undated], [dated])] == ["undated"]


def test_pages():
    want = [{"article": "x", "title": None, "agency": "TASS", "published": "2024-01-01", "dateline_place": "MOSCOW"}]
    page = {"type": "article", "ref": "x", "title": None, "agency": "Tass", "published": "2024-01-01T10:00"}
    assert page_figures(want, [page]) == {"title": 1, "agency": 1, "published": 1, "dateline_place": 0}


# --- attribution ---

NEWS = (
    'Ties are "on the verge of rupture," Alpha said on Monday.\n\n'
    "According to him, Norland would consider returning if Sudland changed its decision.\n\n"
    "There were calls for restraint.\n"
)


def at(words):
    return [NEWS.index(words), NEWS.index(words) + len(words)]


def relation(source, cue, content):
    return {role: [at(w) for w in words] for role, words in zip(attribution.ROLES, (source, cue, content), strict=True)}


RELATIONS = [
    relation(["Alpha"], ["said"], ['Ties are "on the verge of rupture,"']),
    relation(["him"], ["According to"], ["Norland would consider returning if Sudland changed its decision"]),
    relation([], ["calls for"], ["restraint"]),
]
PREDICTED = [
    relation(["Alpha"], ["said on Monday"], ["on the verge of rupture"]),
    relation(["Sudland"], [], ["Norland would consider returning if Sudland"]),
    relation([], [], ["Norland would"]),
    relation(["There"], ["calls for"], ["restraint"]),
]


def relations(found, gold=RELATIONS, **options):
    gold_file = {"a": {"id": "a", "text": NEWS, "attributions": gold}}
    return attribution.report(attribution.score(gold_file, {"a": {"attributions": found}}, **options))


def test_gold_against_itself():
    result = relations(RELATIONS)
    assert result["headline"]["f1"] == result["all_exact"]["f1"] == 1
    assert set(result["recall_by"]["cue_class"]) == {"say_verb", "according_to", "noun"}
    assert set(result["recall_by"]["source_class"]) == {"named_person", "pronoun", "none"}
    assert set(result["recall_by"]["quote"]) == {"mixed", "indirect"}


def test_headline_asks_content_and_source():
    result = relations(PREDICTED)
    assert (result["headline"]["tp"], result["headline"]["n_pred"], result["headline"]["n_gold"]) == (1, 4, 3)
    assert result["content_found"]["tp"] == 3
    assert result["source_right_given_content"] == pytest.approx(1 / 3)
    assert result["all_exact"]["tp"] == 0
    assert result["roles"]["cue"]["exact"]["tp"] == 1
    assert result["roles"]["source"]["exact"] == attribution.rates(1, 3, 2)


def test_speech_only_judges_no_attitude():
    gold = [*RELATIONS[:2], {**RELATIONS[2], "cue_class": "other_verb"}]
    head = relations(PREDICTED, gold, speech_only=True)["headline"]
    assert (head["tp"], head["n_pred"], head["n_gold"]) == (1, 3, 2)


def test_certainty():
    sure = [{**RELATIONS[0], "certainty": 0.9}, {**PREDICTED[3], "certainty": 0.2}]
    assert relations(sure)["certainty_bins"] == [
        {"from": 0.2, "n": 1, "right": 0},
        {"from": 0.8, "n": 1, "right": 1},
    ]
    assert relations(sure, least=0.5)["predicted"] == 1


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="outside the text"):
        relations([{"content": [[0, 10_000]]}])


def test_matching_finds_the_best_whole():
    assert sorted(assign([[0.9, 0.8], [0.85, 0.1]])) == [(0, 1), (1, 0)]
    assert sorted(assign([[0.1], [0.7], [0.3]])) == [(1, 0)]
    assert sorted(best_pairs({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.85, (5, 7): 0.1})) == [(0, 1), (1, 0), (5, 7)]
    assert best_pairs({}) == []


def test_quotation_marks():
    text = "He is \"tall\" and 'no friend', she’s said “so it\nis"
    assert sum(quoted_chars(text)) == len('"tall"') + len("'no friend'") + len("“so it")
    tokens = Tokens(text)
    assert quote_class(tokens, tokens.of([[7, 11]]), quoted_chars(text)) == "direct"
