"""When a field of a predicted statement agrees with the gold's (annotation guide, section 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.files import Record
from benchmarks.scoring.words import same_name
from sayso.model import CLASS_OF

FIELDS = (
    *("core_right", "kind", "form", "speaker", "state", "chain", "chain_strict", "said", "act", "act_strict", "class"),
    *("polarity", "polarity_strict", "polarity±1", "modality", "status"),
    *("addressee", "dyad", "agreements", "channels", "topic"),
)
"""What is compared, in the order of the report; ``_strict`` leaves out the values a gold accepts beside its first."""

READ_FROM = {
    "core_right": "core",
    "chain_strict": "chain",
    "class": "act",
    "act_strict": "act",
    "polarity_strict": "polarity",
    "polarity±1": "polarity",
    "topic": "topics",
}
"""The gold's field behind a compared one, where the names differ."""

USUAL: dict[str, Any] = {
    "status": "asserted",
    "modality": "is",
    "kind": "say",
    "addressee": frozenset(),
    "agreements": frozenset(),
    "channels": frozenset(),
    "dyad": None,
}
"""Fields whose commonest value is nearly always right: accuracy flatters, so their F1 over the others stands beside."""

Spans = Sequence[Sequence[int]]


def spans_of(part: Any) -> Spans:
    """The spans of ``{spans, text}`` or of a plain list."""
    if not part:
        return []
    return (part.get("spans") or []) if isinstance(part, dict) else part


def characters(text: str, spans: Spans) -> set[int]:
    """Where the spans' letters and digits stand."""
    return {i for start, end in spans for i in range(start, min(end, len(text))) if text[i].isalnum()}


def overlap(a: set[int], b: set[int]) -> float:
    """Jaccard; 0 if either is empty."""
    return len(a & b) / len(a | b) if a and b else 0.0


def value_of(found: Any) -> Any:
    """The value of a *found*, or the plain value itself."""
    return found["value"] if isinstance(found, dict) and "value" in found else found


def others(gold: Record, field: str) -> list[Any]:
    """Values that the gold accepts beside its first."""
    return (gold.get("alt") or {}).get(field) or []


def as_set(value: Iterable[Any] | None) -> frozenset[str]:
    """A list of ids, order and case aside."""
    return frozenset(str(v).lower().replace("_", "-") for v in value or ())


def plain(field: str, record: Record) -> Any:
    """A field's value in a form that can be counted."""
    value = value_of(record.get(field))
    if field == "speaker":
        value = value.get("name") if isinstance(value, dict) else value
    if field in ("addressee", "agreements", "channels"):
        return as_set(value)
    return tuple(value) if isinstance(value, list) else value


def compare(gold: Record, found: Record) -> dict[str, bool | None]:
    """Which fields agree; None where the gold leaves the field out."""
    agreed = _by_value(gold, found) | _acts(gold, found) | _polarities(gold, found)
    agreed |= {
        "speaker": same_speaker(gold, found),
        "chain": _same_chain(gold, found),
        "chain_strict": _same_chain(gold, found, strict=True),
        "said": _bounds(found.get("said")) in [_bounds(v) for v in [gold.get("said"), *others(gold, "said")]],
        "topic": _same_topic(gold, found),
    }
    return {field: agreed[field] if READ_FROM.get(field, field) in gold else None for field in FIELDS}


def _by_value(gold: Record, found: Record) -> dict[str, bool | None]:
    def agrees(field: str, read: Callable[[Any], Any] = lambda v: v) -> bool:
        accepted = [read(v) for v in [gold.get(field), *others(gold, field)]]
        return read(value_of(found.get(field))) in accepted

    equal = {field: agrees(field) for field in ("kind", "form", "state", "modality", "status")}
    sets = {field: agrees(field, as_set) for field in ("addressee", "agreements", "channels")}
    return {**equal, **sets, "core_right": agrees("core"), "dyad": agrees("dyad", lambda v: list(v) if v else None)}


def _acts(gold: Record, found: Record) -> dict[str, bool | None]:
    act, allowed = value_of(found.get("act")), [gold.get("act"), *(gold.get("act_alt") or [])]
    classes = {CLASS_OF.get(a) for a in allowed}
    return {
        "act": act in allowed,
        "act_strict": act == gold.get("act"),
        "class": act is not None and CLASS_OF.get(act) in classes,
    }


def _polarities(gold: Record, found: Record) -> dict[str, bool | None]:
    polarity = value_of(found.get("polarity"))
    bands = [b for b in [gold.get("polarity"), *others(gold, "polarity")] if b is not None]
    known = bool(bands) and polarity is not None
    return {
        "polarity": known and polarity in bands,
        "polarity_strict": known and polarity == gold["polarity"],
        "polarity±1": known and min(abs(b - polarity) for b in bands) <= 1,
    }


def same_speaker(gold: Record, found: Record) -> bool:
    """Whether the speaker is one that the gold names."""
    names = [gold.get("speaker"), *others(gold, "speaker")]
    name = found.get("speaker")
    name = name.get("name") or name.get("value") if isinstance(name, dict) else name
    return any(same_name(wanted, name) for wanted in names)


def _same_chain(gold: Record, found: Record, strict: bool = False) -> bool:
    """Same names in order (strict: and the same kinds; else outlet, agency and medium count as one kind).

    The outlet is left out on both sides when the gold has none: pages seldom name it.
    """

    def kind(link: Record) -> Any:
        return link.get("kind") if strict or link.get("kind") == "speaker" else "relay"

    def alike(wanted: Record, link: Record) -> bool:
        names = [wanted.get("name"), *(others(gold, "speaker") if wanted["kind"] == "speaker" else [])]
        return kind(wanted) == kind(link) and any(same_name(name, link.get("name")) for name in names)

    wanted, chain = gold.get("chain") or [], found.get("chain") or []
    optional = set(others(gold, "chain_without"))
    forms = [wanted, [link for link in wanted if link.get("name") not in optional]]
    chains = [chain]
    if not any(link["kind"] == "outlet" for link in wanted):
        chains.append([link for link in chain if link.get("kind") != "outlet"])
    return any(len(w) == len(f) and all(map(alike, w, f)) for w in forms for f in chains)


def _same_topic(gold: Record, found: Record) -> bool | None:
    topics = as_set(gold.get("topics"))
    first = as_set((value_of(found.get("topics")) or [])[:1])
    return bool(topics & first) if topics else None


def _bounds(said: Any) -> tuple[Any, Any]:
    if isinstance(said, dict):
        return said.get("from"), said.get("to")
    if said is None or isinstance(said, str):
        return said, said
    since, until = said
    return since, until
