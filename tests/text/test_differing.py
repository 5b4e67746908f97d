"""Two wordings side by side."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.text import differing

VOCABULARY = ["ties", "are", "on", "the", "verge", "of", "rupture", "collapse", "not", "now", "again"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)


def words(earlier, later):
    gone, new = differing(earlier, later)
    return [earlier[slice(*s)] for s in gone], [later[slice(*s)] for s in new]


def test_what_was_not_kept_and_what_is_new():
    assert words("Ties are on the verge of collapse.", "“Ties” are now on the verge of rupture") == (
        ["collapse"],
        ["now", "rupture"],
    )


def test_wordings_with_little_in_common_are_not_marked():
    assert words("nobody needs this pact", "the talks end in spring") == ([], [])


@given(WORDS, WORDS)
def test_what_is_left_over_is_alike(earlier, later):
    gone, new = differing(earlier, later)
    if gone or new:
        left = [" ".join(_without(text, spans).split()) for text, spans in ((earlier, gone), (later, new))]
        assert left[0] == left[1]


def _without(text, spans):
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text
