"""What a page's mark-up tells of the article: JSON-LD, meta elements, times, the address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from sayso.intake.cards import markup, outlet_at
from sayso.intake.dates import stamp_in
from sayso.intake.facts import Page
from sayso.model import DateCandidate

_URL_DAY = re.compile(
    r"[/_-](?P<year>20[0-3]\d)[/_-]?(?P<month>[01]\d|[1-9](?=[/_-]))[/_-]?(?P<day>[0-3]\d|[1-9](?=[/_-]))(?=[/_.-]|$)"
)
_URL_WORD = re.compile(
    r"/(?P<year>20[0-3]\d)/(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(?P<day>\d{1,2})/",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Reportage|LiveBlog\w*|Review)$")
_OUTSIDE = frozenset({"nav", "aside", "footer", "form"})


def page_facts(tree: Any) -> Page:
    """Title, outlet, author, address and days of publication, as the page's mark-up gives them."""
    metas = _metas(tree)
    url = _first(tree, "//link[@rel='canonical']/@href") or metas.get("og:url")
    title = metas.get("og:title") or metas.get("twitter:title") or _text(tree, "//h1") or _text(tree, "//title")
    story = _story(list(_linked_data(tree)), title, url)
    title = _title(tree, story, title)
    return Page(
        title=title,
        outlet=_outlet(story, metas, url),
        author=_author(story, metas),
        url=url,
        dates=tuple(dict.fromkeys(_dates(tree, story, metas, url))),
        changed=_changed(story, metas),
        live=any(kind.startswith("LiveBlog") for kind in _kinds(story)),
        paid=_is_paid(story),
        amp=_is_amp(tree),
    )


def _first(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return str(found[0]).strip() or None if found else None


def _text(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return " ".join(found[0].text_content().split()) or None if found else None


def _metas(tree: Any) -> dict[str, str]:
    """Contents of the meta elements by their name in small letters; of several the first."""
    out: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            out.setdefault(name.strip().lower(), content)
    return out


# --- JSON-LD ---------------------------------------------------------------------------------------------------------


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            data = json.loads(
                re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", script.text or ""), strict=False
            )
        except (ValueError, RecursionError):
            continue
        yield from _objects(data)


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _objects(data.get(name), depth + 1)


def _kinds(data: dict[str, Any]) -> list[str]:
    kinds = data.get("@type")
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds)]


def _story(found: list[dict[str, Any]], title: str | None, url: str | None) -> dict[str, Any]:
    """The object of the page's own article: of several, that whose headline or address is the page's."""
    dated = [data for data in found if data.get("datePublished")]
    stories = [data for data in dated if any(_ARTICLE.search(kind) for kind in _kinds(data))] or dated
    own = [data for data in stories if _alike(data.get("headline"), title) or _alike(_address(data), url)]
    return next(iter(own or stories), {})


def _address(data: dict[str, Any]) -> str | None:
    place = data.get("url") or data.get("mainEntityOfPage") or data.get("@id")
    return (
        str(place.get("@id") or place.get("url"))
        if isinstance(place, dict)
        else place
        if isinstance(place, str)
        else None
    )


def _alike(a: Any, b: str | None) -> bool:
    if not isinstance(a, str) or not b:
        return False
    mine, other = (re.sub(r"\W+", "", words.split("?")[0].lower())[-60:] for words in (a, b))
    return bool(mine) and (mine == other or other.startswith(mine[:30]) or mine.startswith(other[:30]))


def _name_of(data: Any) -> str | None:
    """Names in a JSON-LD value: a string, an object with a name, or a list of such."""
    if isinstance(data, list):
        names = [name for item in data if (name := _name_of(item))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(data, dict):
        data = data.get("name")
    if not isinstance(data, str) or data.startswith(("http", "@")):
        return _name_of(data) if isinstance(data, list) else None
    return " ".join(html.unescape(data).split()) or None


# --- facts -----------------------------------------------------------------------------------------------------------


def _title(tree: Any, story: dict[str, Any], told: str | None) -> str | None:
    """The page's own heading, if it is that of the article; else what the mark-up says."""
    headline = _name_of(story.get("headline"))
    for heading in tree.xpath("//h1"):
        words = " ".join(heading.text_content().split())
        if words and (_alike(words, told) or _alike(words, headline)):
            return words
    return headline or (re.sub(r"\s+[|–—-]\s+[^|–—-]{2,40}$", "", told) if told else None)


def _outlet(story: dict[str, Any], metas: dict[str, str], url: str | None) -> str | None:
    known = outlet_at(url or "")
    return known.name if known else metas.get("og:site_name") or _name_of(story.get("publisher"))


def _author(story: dict[str, Any], metas: dict[str, str]) -> str | None:
    named = _name_of(story.get("author")) or metas.get("author") or metas.get("article:author") or metas.get("byl")
    if not named or named.startswith("http"):
        return None
    return re.sub(r"^(?i:by)\s+", "", named)


def _dates(tree: Any, story: dict[str, Any], metas: dict[str, str], url: str | None) -> Iterator[DateCandidate]:
    for words, where in (
        (story.get("datePublished"), "jsonld"),
        *((content, "meta") for name, content in metas.items() if name in markup().published),
        (_first(tree, "//*[@itemprop='datePublished']/@datetime"), "meta"),
        (_time(tree), "time"),
    ):
        if isinstance(words, str) and (stamp := stamp_in(words)):
            yield DateCandidate(stamp, where)
    if url and (day := _day_of_url(url)):
        yield DateCandidate(day, "url")


def _changed(story: dict[str, Any], metas: dict[str, str]) -> str | None:
    words = story.get("dateModified") or metas.get("article:modified_time")
    return stamp_in(words) if isinstance(words, str) else None


def _is_paid(story: dict[str, Any]) -> bool:
    return str(story.get("isAccessibleForFree", "")).lower() in ("false", "no")


def _is_amp(tree: Any) -> bool:
    """Whether the page is written in AMP: its root says so, with a word or a lightning bolt."""
    return bool({"amp", "\u26a1", "\u26a1\ufe0f"} & {str(name).lower() for name in tree.getroottree().getroot().attrib})


def _time(tree: Any) -> str | None:
    """The first time element of the story."""
    for node in tree.iter("time"):
        if node.get("datetime") and not any(above.tag in _OUTSIDE for above in node.iterancestors()):
            return str(node.get("datetime"))
    return None


def _day_of_url(url: str) -> str | None:
    found = _URL_DAY.search(url)
    if found:
        return stamp_in(f"{found['year']}-{found['month']}-{found['day']}")
    found = _URL_WORD.search(url)
    return stamp_in(f"{found['day']} {found['month']} {found['year']}") if found else None
