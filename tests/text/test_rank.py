import numpy as np
import pytest

from sayso.text import rank


def test_what_two_rankings_name_stands_first():
    fused = rank.fuse([[1, 2, 3], [4, 2]])
    assert next(iter(fused)) == 2
    assert fused[1] == pytest.approx(1 / 61)
    assert list(fused)[-1] == 3


def test_shared_words_raise_and_never_lower():
    cosines, none = np.array([0.5, 0.5, 0.6]), np.zeros(3)
    near = rank.blend(cosines, np.array([10.0, 0.0, 0.0]), none)
    assert near.argmax() == 0
    assert (near >= cosines).all()
    assert (rank.blend(cosines, none, np.ones(3)) > cosines).all()
