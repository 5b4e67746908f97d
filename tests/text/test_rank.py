import pytest

from sayso.text import rank


def test_what_two_rankings_name_stands_first():
    fused = rank.fuse([[1, 2, 3], [4, 2]])
    assert next(iter(fused)) == 2
    assert fused[1] == pytest.approx(1 / 61)
    assert list(fused)[-1] == 3


def test_shared_words_raise_and_never_lower():
    assert rank.blend(0.5, 10.0) > rank.blend(0.5, 1.0) > rank.blend(0.5, 0.0)
    assert rank.blend(0.5, 1.0, around=5.0) > rank.blend(0.5, 1.0)
