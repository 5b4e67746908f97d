"""The decoder and the layout: laws that hold whatever the network says."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.read import encode
from sayso.read.attribute import neural

VOCABULARY = encode.WordPieces(
    [
        "[PAD]",
        "[CLS]",
        "[SEP]",
        "[UNK]",
        *"abcdefghijklmnopqrstuvwxyz",
        *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz"),
        "talks",
        "##s",
        ".",
    ]
)
TEXTS = st.text(alphabet="abc XYZ.,\"“”\n'é", max_size=600)


def best_by_hand(logs, transitions, never_first):
    words, tags = logs.shape
    best = (-np.inf, ())
    paths = [((), 0.0)]
    for word in range(words):
        paths = [
            (
                (*path, tag),
                score
                + logs[word, tag]
                + (transitions[path[-1], tag] if path else (neural.NEVER if tag in never_first else 0)),
            )
            for path, score in paths
            for tag in range(tags)
        ]
    for path, score in paths:
        best = max(best, (score, path))
    return best[1]


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_viterbi_finds_the_best_allowed_path(seed, words):
    logs = neural.log_softmax(np.random.default_rng(seed).normal(size=(2, words, 5)))
    paths = neural.viterbi(logs, neural.INSIDE_NEEDS_BEGIN, never_first=(neural.SOURCE, neural.CONTENT))
    for row in range(2):
        assert tuple(paths[row]) == best_by_hand(logs[row], neural.INSIDE_NEEDS_BEGIN, (neural.SOURCE, neural.CONTENT))


def test_runs_part_where_a_new_one_begins():
    assert neural.runs(np.array([0, 1, 2, 2, 1, 0, 2]), 1, 2) == [(1, 4), (4, 5), (6, 7)]


@given(TEXTS)
def test_words_give_back_the_text_and_every_word_has_pieces(text):
    layout = encode.lay_out(text, VOCABULARY)
    assert [text[w.start : w.end] for w in layout.words] == encode.WORD.findall(text)
    assert len(layout.pieces) == len(layout.features)
    assert all(a < b for a, b in pairwise([*layout.firsts, len(layout.pieces)]))


@given(TEXTS, st.integers(20, 60), st.integers(0, 10))
def test_every_word_is_owned_by_exactly_one_window(text, size, overlap):
    layout = encode.lay_out(text, VOCABULARY)
    owned = [w for window in encode.windows(layout, size, overlap) for w in range(window.own_first, window.own_last)]
    assert owned == list(range(len(layout.words)))


@given(TEXTS)
def test_an_unclosed_mark_ends_with_its_paragraph(text):
    layout = encode.lay_out(text, VOCABULARY)
    seen = set()
    for word, state in zip(layout.words, layout.quotes, strict=True):
        if word.paragraph not in seen:
            assert state in (encode.OUTSIDE, encode.OPENING)
        seen.add(word.paragraph)


def test_pieces_are_the_longest_known():
    assert VOCABULARY.cut("Talks") == (VOCABULARY.cut("talks"))
    assert len(VOCABULARY.cut("talks")) == 1
    assert len(VOCABULARY.cut("talk")) == 4
    assert VOCABULARY.cut("é") == VOCABULARY.cut("e")
    assert VOCABULARY.cut("я") == (3,)
