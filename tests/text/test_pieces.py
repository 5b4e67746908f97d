from hypothesis import given
from hypothesis import strategies as st

from sayso.text.pieces import LONGEST_WORD, WordPieces

VOCABULARY = WordPieces(["[CLS]", "[SEP]", "[UNK]", "talk", "##s", "##ing", "resume", "-", "t", "##a"])


def test_the_longest_piece_is_taken_first():
    assert VOCABULARY.cut("talks") == (3, 4)
    assert VOCABULARY.cut("ta") == (8, 9)


def test_case_and_accents_do_not_count_and_marks_part_words():
    assert VOCABULARY.cut("Résumé") == VOCABULARY.cut("resume") == (6,)
    assert VOCABULARY.cut("Talks-talking") == (3, 4, 7, 3, 5)


def test_what_cannot_be_cut_is_unknown():
    assert VOCABULARY.cut("Zzz") == (2,)


@given(st.text())
def test_every_word_gives_a_few_pieces(word):
    assert 1 <= len(VOCABULARY.cut(word)) <= LONGEST_WORD
