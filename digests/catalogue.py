"""Sources on a terminal, and as JSON: which there are, how each does, and what a look at one showed. Only shapes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from digests import console
from digests.flows.sourcing import Added, State, state
from digests.models import Glance, Source


def source_json(source: Source) -> dict[str, Any]:
    """A source and how it does."""
    return {
        "number": source.id,
        "title": source.title,
        "kind": source.kind.value,
        "location": source.location,
        "state": state(source).value,
        "error": source.error,
        "failures": source.failures,
        "failing_since": console.iso(source.failing_since),
        "last_ok": console.iso(source.last_ok_at),
        "next_check": console.iso(source.next_check_at),
    }


def glance_json(glance: Glance) -> dict[str, Any]:
    """What a look showed."""
    return {
        "title": glance.source.title,
        "kind": glance.source.kind.value,
        "location": glance.source.location,
        "articles": glance.articles,
        "teasers": glance.teasers,
        "newest": console.iso(glance.newest),
        "titles": list(glance.titles),
        "page": glance.page,
        "others": [other.location for other in glance.others],
        "troubles": [{"what": trouble.what, "reason": trouble.reason} for trouble in glance.troubles],
        "error": glance.error,
    }


def added_json(added: Added) -> dict[str, Any]:
    """What adding came to."""
    return {
        "added": [source_json(source) for source in added.new],
        "known": [source_json(source) for source in added.known],
        "look": glance_json(added.glance),
    }


def name_of(source: Source) -> str:
    """A source as it is called in a line: its number and its title, or its address where it has none."""
    return f"{source.id}. {source.title or source.location}"


def show_sources(sources: Sequence[Source], now: datetime) -> RenderableType:
    """All sources as a table, how each does in words."""
    rows = [(str(each.id), each.title or "", each.location, health_words(each, now)) for each in sources]
    return console.show_table(("", "title", "where", "how it does"), rows)


def health_words(source: Source, now: datetime) -> str:
    """How a source does, in words: "failing for 3 h (HTTP 503, no reason given), asked again in 40 min"."""
    kind = state(source)
    if kind is State.OFF:
        return f"switched off: {source.error}" if source.error else "switched off"
    if kind is State.FRESH:
        return "not looked at yet"
    next_look = _ahead(source.next_check_at, now)
    if kind is State.FAILING and source.failing_since:
        looks = "" if source.failures < 2 else f", {source.failures} times in a row"
        return f"failing for {span(now - source.failing_since)}{looks} ({source.error}), asked again {next_look}"
    ago = span(now - source.last_ok_at) if source.last_ok_at else "a while"
    return f"fine, read {ago} ago, next {next_look}"


def span(length: timedelta) -> str:
    """A length of time in one unit: "40 min", "3 h", "12 days"."""
    minutes = max(0, round(length.total_seconds() / 60))
    if minutes < 90:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 36 * 60 else f"{round(minutes / 1440)} days"


def _ahead(when: datetime | None, now: datetime) -> str:
    return f"in {span(when - now)}" if when and when > now else "as soon as the bot runs"


def show_added(added: Added) -> RenderableType:
    """What adding came to, in lines."""
    rows = [Text(f"Added: {name_of(source)}") for source in added.new]
    rows += [Text(f"Already there: {name_of(source)}") for source in added.known]
    return Group(*(rows or [Text("There is no feed in it.")]), *_look(added.glance))


def show_glance(glance: Glance) -> RenderableType:
    """What a look showed, in lines."""
    head = Text.assemble((glance.source.title or "no title", "bold"), f"  {glance.source.location}")
    return Group(head, *_look(glance))


def _look(glance: Glance) -> list[RenderableType]:
    rows: list[RenderableType] = []
    if glance.articles:
        newest = f", newest {glance.newest:%-d %b %Y, %H:%M} UTC" if glance.newest else ", none of them dated"
        rows.append(Text(f"{glance.articles} articles, {glance.teasers} of them teasers{newest}"))
    if glance.page:
        rows.append(Text(f"The page behind a teaser: {glance.page}"))
    rows += [Text(f"  {title}", style="dim") for title in glance.titles]
    rows += [Text(f"{trouble.what}: {trouble.reason}", style="yellow") for trouble in glance.troubles[:5]]
    return rows + _others(glance) if glance.articles else rows


def _others(glance: Glance) -> list[RenderableType]:
    return [Text(f"Another feed of the site: {other.location}", style="dim") for other in glance.others[:5]]
