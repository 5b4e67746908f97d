"""Said before? By whom first, how often, and what is new in it: sayings and threads asked for.

Words find sayings; a thread adds those that make the same point in other words, if the link to one with the words is
confirmed. A denial, the contrary, another side and another object are no "yes". What a ledger does not hold may have
been said all the same, so every answer has its bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from sayso.ask import find
from sayso.ask.news import news, same_speaker
from sayso.ask.standing import repeats, standing
from sayso.ledger import Ledger, Query, told
from sayso.lexicon import Lexicon
from sayso.model import OUT_OF_THREAD, SURE, Decision, Entry, First, History, Hit, Hits, Link, News, Relation, Standing

Like = Callable[[str], Iterable[tuple[str, Decision]]]
"""Statements near in sense to words, by id, and what the words would be to each if they were said after it."""

Away = Literal["other_days", "other_object", "other_side", "near"]

TURNS: dict[Relation, Standing] = {"reverses": "denied", "drops_condition": "conditional"}
"""How an earlier saying stands to words that are this to it."""

FOUND_OPEN = ("said", "conditional")
"""Standings of sayings that are said again."""


def seen(
    ledger: Ledger,
    words: str,
    *,
    by: str | None = None,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
    suggested: bool = False,
    lexicon: Lexicon | None = None,
    like: Like | None = None,
) -> Hits:
    """Whether words were said before: the sayings by day, by whom first, what is new, and what else comes near.

    ``by``: a person, body or state; ``about``: a state, agreement or topic, as id or name; the others: ISO days.
    ``like`` finds what means the same in other words, and is asked only if the words are not found.
    Raises ``AskError`` for words or days that cannot be understood.
    """
    query = find.asked_for(by, about, since, until, suggested=suggested, lexicon=lexicon)
    asked = {"by": by, "about": about, "since": since, "until": until}
    search = _Search(ledger, words, like)
    hits = search.found(query)
    answer = Hits(words, hits, {k: v for k, v in asked.items() if v}, bounds=told.bounds(ledger))
    if not hits:
        away, others = search.elsewhere(query)
        return replace(answer, others=others, away=away)
    return replace(
        answer, side=_side(answer.told, lexicon), firsts=search.firsts(answer, query), news=search.news(answer)
    )


class _Near(NamedTuple):
    """What is near in sense: sayings that make the point, that are of another object, and that only may make it."""

    same: tuple[Hit, ...] = ()
    other: tuple[Hit, ...] = ()
    maybe: tuple[Hit, ...] = ()


class _Search:
    """One question to a ledger."""

    def __init__(self, ledger: Ledger, words: str, like: Like | None) -> None:
        self.ledger, self.words, self._like = ledger, words, like
        self._links = dict[str, list[Link]]()

    def found(self, query: Query) -> tuple[Hit, ...]:
        """The sayings that fit a query, by their words and threads, else by their sense."""
        hits = self.worded(query)
        close = [hit for hit in hits if hit.match >= find.CLOSE]
        if not close:
            close = list(self.near(query).same)
            hits = close or hits
        return self._linked([*hits, *self._again(close, query)])

    def worded(self, query: Query) -> list[Hit]:
        """The sayings with the words."""
        return self._together(find.worded(self.ledger, self.words, query), query)

    def _together(self, hits: list[Hit], query: Query) -> list[Hit]:
        """Hits made sayings: with all their reports, in whatever words, and with how the words stand in them."""
        homes = told.homes(self.ledger, (e.statement.id for hit in hits for e in (hit.entry, *hit.copies)))
        groups = defaultdict[str, list[Hit]](list)
        for hit in hits:
            home = homes.get(hit.entry.statement.id)
            groups[home.saying if home else hit.entry.statement.id].append(hit)
        reports = self._reports(groups, query)
        return [self._one(key, group, reports.get(key, []), homes) for key, group in groups.items()]

    def _one(self, key: str, group: list[Hit], reports: list[Entry], homes: dict[str, told.Home]) -> Hit:
        best = max(group, key=lambda hit: hit.match)
        entries = {e.statement.id: e for hit in group for e in (hit.entry, *hit.copies)}
        entries |= {entry.statement.id: entry for entry in reports}
        del entries[best.entry.statement.id]
        home = homes.get(best.entry.statement.id)
        return replace(
            best,
            copies=tuple(sorted(entries.values(), key=find.order)),
            saying=home and key,
            thread=home and home.thread,
            standing=standing(self.words, best.entry.statement),
        )

    def _reports(self, sayings: Iterable[str], query: Query) -> dict[str, list[Entry]]:
        """The entries of each saying that fit a query."""
        wanted = [id_ for id_ in sayings if id_.startswith("sy_")]
        entries = list(told.entries_in(self.ledger, "saying", wanted, query)) if wanted else []
        homes = told.homes(self.ledger, (entry.statement.id for entry in entries))
        found = defaultdict[str, list[Entry]](list)
        for entry in sorted(entries, key=find.order):
            found[homes[entry.statement.id].saying].append(entry)
        return found

    # --- the same in other words ------------------------------------------------------------------------------------

    def links(self, thread: str) -> list[Link]:
        """What the sayings of a thread are to each other."""
        if thread not in self._links:
            self._links[thread] = told.links_within(self.ledger, thread)
        return self._links[thread]

    def _again(self, hits: list[Hit], query: Query) -> list[Hit]:
        """Sayings whose link to one with the words is sure; not those linked to these in turn: points drift."""
        ours = {hit.saying: hit for hit in hits if hit.saying and hit.standing in FOUND_OPEN}
        found = dict[str, Link]()
        for thread in dict.fromkeys(hit.thread for hit in ours.values() if hit.thread):
            for link in self.links(thread):
                other = link.b if link.a in ours else link.a
                sure = _is_sure(link) and link.relation not in OUT_OF_THREAD
                if sure and (link.a in ours) != (link.b in ours) and link.certainty > _certainty(found.get(other)):
                    found[other] = link
        known = {hit.saying for hit in hits}
        told_by = {id_: (link.relation, link.certainty) for id_, link in found.items() if id_ not in known}
        return list(self._hits(told_by, "thread", query))

    def near(self, query: Query) -> _Near:
        """What is near in sense, by what the words would be to it."""
        best = dict[str, Decision]()
        decisions = dict(self._like(self.words)) if self._like else {}
        homes = told.homes(self.ledger, decisions)
        for id_, decision in decisions.items():
            if id_ in homes and decision.certainty > _certainty(best.get(homes[id_].saying)):
                best[homes[id_].saying] = decision
        groups: dict[str, dict[str, tuple[Relation, float]]] = {"same": {}, "other": {}, "maybe": {}}
        for saying_, decision in best.items():
            if kind := _kind(decision):
                assert decision.relation
                groups[kind][saying_] = decision.relation, decision.certainty
        return _Near(*(tuple(self._hits(groups[kind], "sense", query)) for kind in ("same", "other", "maybe")))

    def _hits(
        self, sayings: dict[str, tuple[Relation, float]], by: Literal["thread", "sense"], query: Query
    ) -> Iterator[Hit]:
        reports = self._reports(sayings, query)
        homes = told.homes(self.ledger, (entries[0].statement.id for entries in reports.values()))
        for id_, entries in reports.items():
            relation, sure = sayings[id_]
            stands = TURNS.get(relation) or "said"
            if by == "thread" and stands == "conditional":
                stands = "said"
            thread = homes[entries[0].statement.id].thread
            yield Hit(entries[0], tuple(entries[1:]), sure, id_, thread, stands, by)

    # --- what else is wanted ----------------------------------------------------------------------------------------

    def elsewhere(self, query: Query) -> tuple[Away | None, tuple[Hit, ...]]:
        """What comes near to an answer, and what keeps it from being one."""
        for away, wider in _wider(query):
            if found := self.found(wider):
                return away, found
        near = self.near(replace(query, by=None, about=None, since=None, until=None))
        if near.other:
            return "other_object", self._linked(near.other)
        return ("near", self._linked(near.maybe)) if near.maybe else (None, ())

    def _linked(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """Hits by day, each with what it is to the nearest one before it that it has a link to."""
        ordered = sorted(hits, key=lambda hit: find.order(hit.entry))
        place = {hit.saying: number for number, hit in enumerate(ordered) if hit.saying}
        return tuple(replace(hit, link=self._to_earlier(hit, place), repeats=repeats(hit.entry)) for hit in ordered)

    def _to_earlier(self, hit: Hit, place: dict[str, int]) -> Link | None:
        """The link to a saying before it: a confirmed one if there is one, the nearest of them."""
        if hit.thread is None:
            return None
        back = (link for link in self.links(hit.thread) if link.b == hit.saying and link.a in place)
        earlier = [link for link in back if place[link.a] < place[link.b]]
        return max(earlier, key=lambda link: (link.level == "confirmed", place[link.a]), default=None)

    def firsts(self, answer: Hits, query: Query) -> tuple[First, ...]:
        """The first saying of each side, of the last one's speaker, and of anyone in these words: on whatever day."""
        ever = self.found(replace(query, since=None, until=None)) if query.since or query.until else answer.hits
        ours = _dated(Hits(answer.words, ever).told)
        if not ours:
            return ()
        sides = {side: hit for hit in reversed(ours) if (side := hit.entry.statement.state.value)}
        found = [First("side", sides[side]) for side in reversed(sides)]
        last = ours[-1].entry.statement
        found += [First("speaker", hit) for hit in ours if same_speaker(hit.entry.statement, last)][:1]
        anyone = self.worded(Query(suggested=query.suggested))
        words = _dated(hit for hit in Hits(answer.words, tuple(anyone)).told if hit.match >= find.CLOSE)
        return (*found, *(First("words", hit) for hit in words[:1]))

    def news(self, answer: Hits) -> tuple[News, ...]:
        """What the last saying has that the one of its side before it, and the first, have not."""
        dated = _dated(answer.told)
        if not dated:
            return ()
        last = dated[-1]
        side = [hit for hit in dated if hit.entry.statement.state.value == last.entry.statement.state.value]
        thread = [hit for hit in side if hit.thread == last.thread]
        before = (thread if len(thread) > 1 else side)[:-1]
        links = self.links(last.thread) if last.thread else []
        against = dict.fromkeys((before[-1].entry.statement.id, before[0].entry.statement.id)) if before else {}
        return tuple(news(hit, last, links) for id_ in against for hit in before if hit.entry.statement.id == id_)


def _wider(query: Query) -> Iterator[tuple[Away, Query]]:
    """The same question with less asked."""
    if query.since or query.until:
        yield "other_days", replace(query, since=None, until=None)
    free = replace(query, since=None, until=None)
    if query.about:
        yield "other_object", replace(free, about=None)
    if query.by:
        yield "other_side", replace(free, by=None)
        yield "other_side", replace(free, by=None, about=None)


def _kind(decision: Decision) -> Literal["same", "other", "maybe"] | None:
    """What a decision makes of a saying near in sense."""
    if decision.relation in (None, "kindred", "answers"):
        return None
    if decision.relation == "other_object":
        return "other" if _is_sure(decision) else None
    return "same" if _is_sure(decision) else "maybe"


def _is_sure(of: Link | Decision) -> bool:
    return of.level == "confirmed" and of.certainty >= SURE


def _certainty(of: Link | Decision | None) -> float:
    return of.certainty if of else 0.0


def _dated(hits: Iterable[Hit]) -> list[Hit]:
    """Those whose day can be told, by day."""
    return sorted((h for h in hits if h.entry.statement.said.to), key=lambda hit: find.order(hit.entry))


def _side(hits: Iterable[Hit], lexicon: Lexicon | None) -> str | None:
    """Whose sayings they are, as a word, if they are of one side."""
    sides = {hit.entry.statement.state.value for hit in hits}
    (side,) = sides if len(sides) == 1 else (None,)
    card = lexicon.states.get(side) if lexicon and side else None
    return card.adjective if card else side


# --- sayings and threads by id ----------------------------------------------------------------------------------------


def saying(ledger: Ledger, id_: str) -> Hit | None:
    """The saying with an id: its reports, where it belongs, and what it is to the nearest one before it."""
    entries = sorted(told.entries_in(ledger, "saying", (id_,)), key=find.order)
    if not entries:
        return None
    home = told.homes(ledger, (entries[0].statement.id,))[entries[0].statement.id]
    opened = history(ledger, home.thread) if home.thread else None
    kept = next((hit for hit in opened.hits if hit.saying == id_), None) if opened else None
    return kept or Hit(entries[0], tuple(entries[1:]), 1.0, id_, home.thread)


def links(ledger: Ledger, saying_: str) -> tuple[Link, ...]:
    """What a saying is to those before it, and what later ones are to it."""
    return tuple(told.links_of(ledger, saying_))


def history(ledger: Ledger, id_: str) -> History | None:
    """The thread that an id leads to: its sayings by day, each with what it is to one before it."""
    thread = ledger.woven.thread(id_)
    if thread is None:
        return None
    search = _Search(ledger, thread.label, None)
    reports = search._reports(thread.sayings, Query())
    hits = [Hit(own[0], tuple(own[1:]), 1.0, name, thread.id, by="thread") for name, own in reports.items()]
    inside = set(thread.sayings)
    beside = [link for name in thread.sayings for link in told.links_of(ledger, name) if {link.a, link.b} - inside]
    return History(thread, search._linked(hits), tuple(beside))


def again(
    ledger: Ledger,
    *,
    by: str | None = None,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
    lexicon: Lexicon | None = None,
    most: int = 20,
) -> Iterator[History]:
    """What was said more than once, said most first: threads with several sayings that fit what is asked."""
    query = find.asked_for(by, about, since, until, lexicon=lexicon)
    return (found for id_ in told.often(ledger, query, most) if (found := history(ledger, id_)))


__all__ = ["again", "history", "links", "saying", "seen"]
