"""Agreements without a card: ids made of their names."""

import pytest

from sayso.read import pacts


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the Northaven Accord was broken", ("northaven-accord",)),
        ("under the Treaty of Velon and the Norland Trade Agreement", ("treaty-of-velon", "norland-trade-agreement")),
        ("UN Security Council Resolution 1701 must be kept", ("unscr1701",)),
        ("The Agreement is dead", ()),
        ("The agreement on grain is dead", ()),
        ("Norland's Velon Protocol", ("norland-velon-protocol",)),
    ],
)
def test_named(text: str, ids: tuple[str, ...]) -> None:
    assert pacts.named(text) == ids
