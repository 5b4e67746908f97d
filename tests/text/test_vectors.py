"""The sentence encoder as it ships."""

import numpy as np
import pytest

from sayso.text.vectors import WIDTH, Vectors


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return Vectors.load()


def test_unit_vectors_in_the_order_of_the_texts(vectors: Vectors):
    texts = ["Norland recalls its envoy.", "The harvest was good.", "Norland called its ambassador home on Friday."]
    found = vectors.of(texts)
    assert found.shape == (3, WIDTH)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-3)
    assert found[0] @ found[2] > 0.6 > 0.2 > found[0] @ found[1]


def test_a_text_has_one_vector_in_any_company(vectors: Vectors):
    texts = [f"The minister spoke for {n} minutes about grain, gas and the weather of the north." for n in range(40)]
    together, alone = vectors.of([*texts, "short"]), vectors.of(texts[7:8])
    assert together[7] @ alone[0] > 0.999


def test_the_end_of_a_very_long_text_is_not_read(vectors: Vectors):
    start = "word " * 200
    assert np.allclose(vectors.of([start + "peace"]), vectors.of([start + "war"]), atol=1e-3)


def test_nothing_and_no_words(vectors: Vectors):
    assert vectors.of([]).shape == (0, WIDTH)
    assert np.isfinite(vectors.of(["", "…", "\n"])).all()


def test_the_contrary_is_near(vectors: Vectors):
    """Why vectors decide nothing."""
    yes, no, other = vectors.of(
        [
            "The talks with Eastland will resume.",
            "The talks with Eastland will not resume.",
            "Both sides are going back to the table.",
        ]
    )
    assert yes @ no > yes @ other
