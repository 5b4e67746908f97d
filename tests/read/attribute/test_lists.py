"""The word lists keep what they promise on their own examples."""

import re

from sayso.read.attribute.lists import alternatives, words


def test_examples_of_the_lists():
    verb = re.compile(rf"\b(?:{alternatives('say', 'verbs')})\b")
    for card in words()["example"]:
        assert card["verb"] in words()["say"]["verbs"]
        assert verb.search(card["yes"])
        assert not verb.search(card["no"])


def test_lists_are_lower_case_and_without_doubles():
    for section in ("say", "relay", "cue", "content", "drop", "own", "inner", "coordinate", "noun"):
        for name, entries in words()[section].items():
            assert len(entries) == len(set(entries)), (section, name)
            assert all(entry == entry.lower() for entry in entries), (section, name)
