"""The actors of one article, as far as it has been read: who they are, what they are called, when they last spoke."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sayso.model import MentionKind

RECENT = 900
"""Characters within which an actor who spoke is the first that a pronoun means: about two paragraphs of a news text."""


@dataclass(slots=True)
class Entity:
    """One actor of the article."""

    number: int
    kind: MentionKind
    name: str
    id: str | None = None
    state: str | None = None
    role: str | None = None
    roles: set[str] = field(default_factory=set)
    """Classes of its offices."""
    offices: set[str] = field(default_factory=set)
    """Words for its offices, small letters."""
    gender: str | None = None
    shorts: set[str] = field(default_factory=set)
    organ: str | None = None
    employer: Entity | None = None
    """The ministry it speaks or works for."""
    former: bool = False
    certainty: float = 1.0
    seen: int = -1
    """Where it was last named."""
    led: int = -1
    """Where it last opened a sentence."""
    spoke: int = -1
    """Where it was last the subject of saying."""


class Entities:
    """All actors met so far."""

    def __init__(self) -> None:
        self.all: list[Entity] = []
        self._by_key: dict[tuple[str, str], Entity] = {}

    def get(self, key: tuple[str, str]) -> Entity | None:
        """The entity with a key: ("id", card), ("name", name in full), ("organ", organ and state)."""
        return self._by_key.get(key)

    def add(self, key: tuple[str, str] | None, kind: MentionKind, name: str) -> Entity:
        """A new entity."""
        entity = Entity(len(self.all), kind, name)
        self.all.append(entity)
        if key:
            self._by_key[key] = entity
        return entity

    def known(self, key: tuple[str, str], kind: MentionKind, name: str) -> Entity:
        """The entity with the key, made if there is none."""
        return self._by_key.get(key) or self.add(key, kind, name)

    def called(self, short: str) -> Entity | None:
        """The person last named who has the short form."""
        return latest((e for e in self.all if e.kind == "person" and short in e.shorts), lambda e: e.seen)

    def focus(self, at: int, fits: Callable[[Entity], bool]) -> Entity | None:
        """Whom a pronoun or description means: who spoke last, else who opened a sentence, else who was named."""
        near = [e for e in self.all if e.seen >= 0 and e.seen < at and fits(e)]
        spoke = latest((e for e in near if e.spoke >= 0 and at - e.spoke < RECENT), lambda e: e.spoke)
        led = latest((e for e in near if e.led >= 0 and at - e.led < RECENT), lambda e: e.led)
        if spoke and led and led.led > spoke.spoke and led is not spoke:
            return led
        return spoke or led or latest(near, lambda e: e.seen)

    def nearest(self, at: int, fits: Callable[[Entity], bool]) -> Entity | None:
        """The fitting actor named last before ``at``."""
        return latest((e for e in self.all if 0 <= e.seen < at and fits(e)), lambda e: e.seen)


def latest(entities: Iterable[Entity], where: Callable[[Entity], int]) -> Entity | None:
    """The entity with the greatest position, None of none."""
    return max(entities, key=where, default=None)
